package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// The examples of each sort of record. n tells them apart.

func golden(n int) library.Golden {
	return library.Golden{
		Question: fmt.Sprint("Q", n), Expect: library.ExpectQuote, Article: "rest", Revision: "r", Start: n, End: n + 5, Tier: "urgent", By: "1",
	}
}

func bank(n int) library.BankQuestion {
	return library.BankQuestion{Question: fmt.Sprint("Q", n), Article: "rest", By: "1"}
}

func synonym(n int) library.Synonym {
	return library.Synonym{Words: []string{"word", fmt.Sprint("word", n)}, Related: n%2 == 1, By: "1"}
}

func correction(n int) library.Correction {
	return library.Correction{
		Answer: fmt.Sprint("a", n), Kind: library.WrongPassage, Preference: "p", Golden: "g", By: "1",
		Hash: fmt.Sprint("h", n), Was: &library.Place{Article: "rest", Revision: "q", Start: n, End: n + 5},
		Right: &library.Place{Article: "rest", Revision: "r", Start: n, End: n + 5},
		Replaced: &library.Replaced{
			Golden:      []library.Record[library.Golden]{{ID: "h", Value: golden(n)}},
			Preferences: []library.Record[library.Preference]{{ID: "q", Value: preference(n)}},
		},
	}
}

func preference(n int) library.Preference {
	return library.Preference{Question: fmt.Sprint("Q", n), Article: "rest", Revision: "r", Start: n, End: n + 5, By: "1"}
}

func draft(n int) library.Draft {
	return library.Draft{Title: fmt.Sprint("T", n), Source: "# T\n\nText.\n", Base: "h", By: "1"}
}

func watch(n int) library.Watch {
	return library.Watch{
		URL: fmt.Sprint("https://example.org/", n), Article: "rest", Page: "h", Every: 36*time.Hour + time.Millisecond,
		Checked: time.UnixMilli(beginning).UTC(), By: "1",
	}
}

func proposal(n int) library.Proposal {
	return library.Proposal{Kind: "add", Topic: fmt.Sprint("topic", n), Body: "a: 1\n", State: "open", By: "1", DecidedBy: "2"}
}

func testRecords(t *testing.T, e Engine) {
	t.Run("golden", func(t *testing.T) {
		records(t, e, Store.Golden, golden, func(v *library.Golden) *time.Time { return &v.At })
	})
	t.Run("bank", func(t *testing.T) {
		records(t, e, Store.Bank, bank, func(v *library.BankQuestion) *time.Time { return &v.At })
	})
	t.Run("synonyms", func(t *testing.T) {
		records(t, e, Store.Synonyms, synonym, func(v *library.Synonym) *time.Time { return &v.At })
	})
	t.Run("corrections", func(t *testing.T) {
		records(t, e, Store.Corrections, correction, func(v *library.Correction) *time.Time { return &v.At })
	})
	t.Run("preferences", func(t *testing.T) {
		records(t, e, Store.Preferences, preference, func(v *library.Preference) *time.Time { return &v.At })
	})
	t.Run("drafts", func(t *testing.T) {
		records(t, e, Store.Drafts, draft, func(v *library.Draft) *time.Time { return &v.At })
	})
	t.Run("watches", func(t *testing.T) {
		records(t, e, Store.Watches, watch, func(v *library.Watch) *time.Time { return &v.At })
	})
	t.Run("proposals", func(t *testing.T) {
		records(t, e, Store.Proposals, proposal, func(v *library.Proposal) *time.Time { return &v.At })
	})
	t.Run("at most so many drafts", func(t *testing.T) { mostDrafts(t, e.open(t)) })
}

// records is the contract of one sort of record.
func records[T any](t *testing.T, e Engine, of func(Store) library.Records[T], example func(int) T, at func(*T) *time.Time) {
	t.Helper()
	d := e.open(t)
	r := of(d)
	ctx := t.Context()

	value := example(1)
	succeed(t, r.Put(ctx, guildA, "one", value, act()))
	*at(&value) = d.clock.kept()
	same(t, "what was put", must[T](t)(r.Get(ctx, guildA, "one")), value)
	d.quiet(t, "putting it again", func() error { return r.Put(ctx, guildA, "one", value, act()) })

	replaced := example(2)
	*at(&replaced) = d.clock.kept().Add(-time.Hour)
	succeed(t, r.Put(ctx, guildA, "one", replaced, act()))
	same(t, "what replaced it", must[T](t)(r.Get(ctx, guildA, "one")), replaced)

	changes, entries := d.changes(t), d.trail(t)
	if len(changes) != 2 || len(entries) != 2 {
		t.Errorf("%d changes in the feed and %d entries in the audit trail, want 2 of each", len(changes), len(entries))
	}
	if entries[0].Before != "" || entries[0].After == "" || entries[1].Before != entries[0].After || entries[1].After == entries[1].Before {
		t.Errorf("hashes in the audit trail: %+v", entries)
	}

	refused(t, "no id", r.Put(ctx, guildA, "", value, act()), article.ErrInvalid)
	_, err := r.Get(ctx, guildA, "none")
	refused(t, "getting what is not there", err, article.ErrNotFound)
	refused(t, "deleting what is not there", r.Delete(ctx, guildA, "none", act()), article.ErrNotFound)
	succeed(t, r.Delete(ctx, guildA, "one", act()))
	_, err = r.Get(ctx, guildA, "one")
	refused(t, "getting what was deleted", err, article.ErrNotFound)
	refused(t, "deleting it again", r.Delete(ctx, guildA, "one", act()), article.ErrNotFound)
	succeed(t, library.VerifyTrail(guildA, library.Entry{}, d.trail(t)))
	listing(t, d, r, example, at)
}

// listing wants records oldest first, those of one moment by id.
func listing[T any](t *testing.T, d *database, r library.Records[T], example func(int) T, at func(*T) *time.Time) {
	t.Helper()
	if all := must[[]library.Record[T]](t)(r.List(t.Context(), guildA)); len(all) != 0 {
		t.Errorf("%v is left", all)
	}
	moment := d.clock.kept()
	want := []string{}
	for i, when := range []time.Time{moment.Add(time.Minute), moment.Add(-time.Minute)} {
		for _, id := range unsorted()[:12] {
			value := example(i)
			*at(&value) = when
			succeed(t, r.Put(t.Context(), guildA, fmt.Sprint(i, id), value, act()))
		}
	}
	for _, i := range []int{1, 0} {
		for _, id := range inBytes() {
			if slices.Contains(unsorted()[:12], id) {
				want = append(want, fmt.Sprint(i, id))
			}
		}
	}
	got := []string{}
	for _, one := range must[[]library.Record[T]](t)(r.List(t.Context(), guildA)) {
		got = append(got, one.ID)
	}
	same(t, "ids", got, want)
}

func mostDrafts(t *testing.T, d *database) {
	for n := range library.MaxDrafts {
		succeed(t, d.Drafts().Put(t.Context(), guildA, fmt.Sprint(n), draft(n), act()))
	}
	refused(t, "one more", d.Drafts().Put(t.Context(), guildA, "more", draft(0), act()), article.ErrTooLarge)
	succeed(t, d.Drafts().Put(t.Context(), guildA, "0", draft(99), act()))
	succeed(t, d.Drafts().Put(t.Context(), guildB, "more", draft(0), act()))
	succeed(t, d.Drafts().Delete(t.Context(), guildA, "1", act()))
	succeed(t, d.Drafts().Put(t.Context(), guildA, "more", draft(0), act()))
}
