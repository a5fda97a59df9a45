package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

var _ library.Mover = (*store.Store)(nil)

const (
	fromGuild  = "123456789012345670"
	otherGuild = "123456789012345671"
	mover      = "223456789012345678"
)

// movers are the engines between which libraries move.
func movers() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
}

// openURL opens a database until the end of the test. Each look at its clock is a
// second later.
func openURL(t *testing.T, url string) *store.Store {
	t.Helper()
	ticks := 0
	now := func() time.Time { ticks++; return summer().Add(time.Duration(ticks) * time.Second) }
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// noted does something as a moderator.
func noted(reason string) library.Act { return library.Act{Actor: mover, Reason: reason} }

// oddIDs are ids that engines and languages sort in different ways.
func oddIDs() []string {
	return []string{"b", "B", "a", "A", "ä", "z", "_", "-", "a b", "ab", "10", "9", "池", "😀"}
}

// writeDown keeps something in every table of a library.
func writeDown(t *testing.T, s *store.Store, guild string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	for _, key := range []string{"newts", "Ponds", "ponds"} {
		base := ""
		for n := range 3 {
			a, err := article.Parse(fmt.Appendf(nil, "---\ntitle: %s\nauthor: Ada\nupdated: 2001-02-03\n---\n\nText %d of %s & <b>more</b>.\n", key, n, key), article.Options{})
			must(err)
			r := library.Revision{
				Article: key, Hash: library.HashOf(a.Source), Revision: a.Revision, Source: a.Source, Canonical: a.Canonical, Title: key, By: mover,
			}
			_, err = s.Publish(ctx, guild, r, base, noted("why not"))
			must(err)
			must(s.AddReview(ctx, guild, library.Review{Article: key, Hash: r.Hash, By: mover, On: article.Date{Year: 2027, Month: 1, Day: 2}}, noted("")))
			base = r.Hash
		}
	}
	_, err := s.SetState(ctx, guild, "newts", true, library.Withdrawn, noted(""))
	must(err)
	_, err = s.SetState(ctx, guild, "shipped", false, library.Hidden, noted(""))
	must(err)
	page, err := s.KeepPage(ctx, guild, []byte("<p>\x00\xff</p>"))
	must(err)
	must(s.SetSetting(ctx, guild, "language", "de", noted("")))
	for _, id := range oddIDs() {
		must(s.Golden().Put(ctx, guild, id, library.Golden{Question: "q\u2028" + id, Expect: library.ExpectAbstain}, noted("")))
		must(s.Bank().Put(ctx, guild, id, library.BankQuestion{Question: id}, noted("")))
		must(s.Synonyms().Put(ctx, guild, id, library.Synonym{Words: []string{"pond", id}, Related: id == "a"}, noted("")))
		must(s.Corrections().Put(ctx, guild, id, library.Correction{Answer: id, Right: &library.Place{Article: id, Revision: "r", End: 2}}, noted("")))
		must(s.Preferences().Put(ctx, guild, id, library.Preference{Question: id, Article: "ponds"}, noted("")))
		must(s.Drafts().Put(ctx, guild, id, library.Draft{Title: id, Source: "x\r\n"}, noted("")))
		must(s.Watches().Put(ctx, guild, id, library.Watch{URL: id, Page: page, Every: time.Hour}, noted("")))
		must(s.Proposals().Put(ctx, guild, id, library.Proposal{Kind: library.ProposalKind(id)}, noted("")))
	}
}

func exportOf(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := library.Export(t.Context(), s, fromGuild, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func importInto(t *testing.T, s *store.Store, guild string, data []byte) library.Summary {
	t.Helper()
	a, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	summary, err := a.Import(t.Context(), s, s, guild, library.ImportOptions{Act: noted("moved"), Whole: true})
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// TestLibrariesMoveBetweenEngines: a library that went from one engine to another and
// back is the same to the byte, and so is what the ports say of it.
func TestLibrariesMoveBetweenEngines(t *testing.T) {
	for from, fromURL := range movers() {
		for to, toURL := range movers() {
			t.Run(from+" to "+to, func(t *testing.T) {
				a, b := openURL(t, fromURL(t)), openURL(t, toURL(t))
				writeDown(t, a, fromGuild)
				data := exportOf(t, a)
				head, err := b.Head(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if summary := importInto(t, b, fromGuild, data); !summary.Whole {
					t.Error("the library was not taken over whole")
				}
				once := exportOf(t, b)
				if added, _ := importInto(t, b, fromGuild, data).Totals(); added != 0 || !bytes.Equal(once, exportOf(t, b)) {
					t.Errorf("importing again added %d rows", added)
				}
				same(t, a, b)
				if e, err := b.LastEntry(t.Context(), fromGuild); err != nil || e.Action != library.ImportAction {
					t.Errorf("the trail ends with %+v, %v", e, err)
				}
				sameTables(t, a, b)
				heard(t, b, head)
				if m, err := library.Contents(t.Context(), b, otherGuild); err != nil || m.Rows() != 0 {
					t.Errorf("another guild has %d rows, %v", m.Rows(), err)
				}
			})
		}
	}
}

// sameTables compares all rows but those of the trail, whose last entry has its own time.
func sameTables(t *testing.T, a, b *store.Store) {
	t.Helper()
	for _, table := range a.Tables() {
		if table == "audit" {
			continue
		}
		before, err := a.Rows(t.Context(), fromGuild, table, 0, 1000)
		must(t, err)
		after, err := b.Rows(t.Context(), fromGuild, table, 0, 1000)
		must(t, err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
}

// same compares what two stores say of the guild.
func same(t *testing.T, a, b *store.Store) {
	t.Helper()
	look := func(s *store.Store) (all []any) {
		ctx := t.Context()
		shelf, err := s.Shelf(ctx, fromGuild)
		shelf.Seq = 0
		history, err2 := s.History(ctx, fromGuild, "Ponds")
		reviews, err3 := s.Reviews(ctx, fromGuild, "Ponds")
		trail, err4 := s.Audit(ctx, fromGuild, 0, 1000)
		trail = withoutImport(t, trail)
		watches, err5 := s.Watches().List(ctx, fromGuild)
		if err := errors.Join(err, err2, err3, err4, err5, library.VerifyTrail(fromGuild, library.Entry{}, trail)); err != nil {
			t.Fatal(err)
		}
		return []any{shelf, history, reviews, trail, watches}
	}
	if diff := cmp.Diff(look(a), look(b)); diff != "" {
		t.Error(diff)
	}
}

// withoutImport takes the entry off the end of a trail that says that it was imported.
func withoutImport(t *testing.T, trail []library.Entry) []library.Entry {
	t.Helper()
	last := trail[len(trail)-1]
	if last.Action != library.ImportAction {
		return trail
	}
	if last.Actor != mover || last.Reason != "moved" || last.Subject != fromGuild {
		t.Errorf("the import is entered as %+v", last)
	}
	return trail[:len(trail)-1]
}

// heard wants followers of the feed to have been told of what was loaded.
func heard(t *testing.T, s *store.Store, after int64) {
	t.Helper()
	changes, err := s.Changes(t.Context(), after, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []library.Change{
		{Kind: library.ChangedArticle, Subject: "ponds"},
		{Kind: library.ChangedArticle, Subject: "shipped"},
		{Kind: library.ChangedSetting, Subject: "language"},
		{Kind: library.ChangedSynonym, Subject: "ä"},
		{Kind: library.ChangedPreference, Subject: "池"},
		{Kind: library.ChangedRecord, Subject: "B"},
	} {
		if !slices.ContainsFunc(changes, func(c library.Change) bool {
			return c.Guild == fromGuild && c.Kind == want.Kind && c.Subject == want.Subject
		}) {
			t.Errorf("nobody was told of %s %q", want.Kind, want.Subject)
		}
	}
}

// TestStillSeesOneMoment: what is changed while a library is read is not in it.
func TestStillSeesOneMoment(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			writeDown(t, s, fromGuild)
			before := exportOf(t, s)
			busy := meddling{s, t}
			var b bytes.Buffer
			if _, err := library.Export(t.Context(), busy, fromGuild, &b); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, b.Bytes()) {
				t.Error("the export holds what was changed after it began")
			}
			if bytes.Equal(before, exportOf(t, s)) {
				t.Error("nothing was changed")
			}
		})
	}
}

// meddling changes the library before each look at a table.
type meddling struct {
	*store.Store
	t *testing.T
}

func (m meddling) Still(ctx context.Context, guild string, read func(library.RowsFunc) error) error {
	return m.Store.Still(ctx, guild, func(rows library.RowsFunc) error {
		first := true
		return read(func(table string, from, limit int) ([]library.Row, error) {
			if !first { // a moment begins with the first look
				id := fmt.Sprint(table, from)
				if err := m.Bank().Put(ctx, guild, id, library.BankQuestion{Question: id}, noted("")); err != nil {
					m.t.Error(err)
				}
			}
			first = false
			return rows(table, from, limit)
		})
	})
}

// TestRowsArePaged: pages of any size put together are the whole table, in its order.
func TestRowsArePaged(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			writeDown(t, s, otherGuild)
			for _, table := range s.Tables() {
				whole, err := s.Rows(t.Context(), otherGuild, table, 0, 1000)
				if err != nil || len(whole) == 0 {
					t.Fatalf("%s has %d rows, %v", table, len(whole), err)
				}
				for _, size := range []int{1, 2, 7} {
					if diff := cmp.Diff(whole, paged(t, s, table, size)); diff != "" {
						t.Errorf("%s by %d rows (-whole +paged):\n%s", table, size, diff)
					}
				}
			}
		})
	}
}

// paged reads a table so many rows at a time, and once beyond its end.
func paged(t *testing.T, s *store.Store, table string, size int) (all []library.Row) {
	t.Helper()
	err := s.Still(t.Context(), otherGuild, func(read library.RowsFunc) error {
		for {
			rows, err := read(table, len(all), size)
			if all = append(all, rows...); err != nil || len(rows) == 0 {
				return err
			}
		}
	})
	must(t, err)
	return all
}
