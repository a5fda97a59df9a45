package shelf_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// bankOf reads the questions of a store.
type bankOf struct{ *store.Store }

func (b bankOf) Questions(ctx context.Context, guild string) ([]library.Record[library.BankQuestion], error) {
	return b.Bank().List(ctx, guild)
}

// TestOverAStore goes through recalling, reviews and suggestions with a database.
func TestOverAStore(t *testing.T) {
	const guild, key = "100000000000000001", "lamps"
	ctx := t.Context()
	act := library.Act{Actor: "200000000000000001"}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	now := &clock{now: time.Date(2026, 6, 7, 8, 9, 10, 0, time.UTC)}
	s, err := store.Open(ctx, store.Config{URL: storetest.SQLite(t), Now: now.Now})
	must(err)
	defer func() { must(s.Close()) }()
	publish := func(source, base string) *article.Article {
		t.Helper()
		a := parse(t, source)
		_, err := s.Publish(ctx, guild, library.Revision{
			Article: key, Hash: library.HashOf(source), Revision: a.Revision, Source: source, Canonical: a.Canonical, Title: a.Meta.Title, By: act.Actor,
		}, base, act)
		must(err)
		return a
	}
	first := publish(lamp("two"), "")
	r := newRig(t, nil, func(c *shelf.Config) { c.Source, c.Archive, c.Bank = s, s, bankOf{s} })
	must(s.KeepText(ctx, library.Shipped, library.Text{Revision: "old", Canonical: "Tea was tea."}))
	r.follow(t)
	settle := func() {
		t.Helper()
		head, err := s.Head(ctx)
		must(err)
		r.until(t, guild, head)
	}
	settle()
	recall := func(p library.Place, want library.Standing) library.Recalled {
		t.Helper()
		got, err := r.Recall(ctx, guild, p)
		must(err)
		if got.Standing != want {
			t.Errorf("%s, want %s", got.Standing, want)
		}
		return got
	}
	at := place(t, key, first, "A lamp burns for two hours.")
	recall(at, library.Current)
	publish(lamp("three"), library.HashOf(lamp("two")))
	must(s.AddReview(ctx, guild, library.Review{Article: key, Hash: library.HashOf(lamp("three")), By: act.Actor, On: article.Date{Year: 2026, Month: 5, Day: 6}}, act))
	must(s.AddReview(ctx, guild, library.Review{Article: teaKey, Hash: library.HashOf(r.shipped[0].Source), By: act.Actor, On: article.Date{Year: 2026, Month: 5, Day: 7}}, act))
	must(s.Bank().Put(ctx, guild, "q", library.BankQuestion{Question: "How do I fill a lamp?", Article: key}, act))
	settle()
	if got := recall(at, library.Revised); got.Quote.Text != "A lamp burns for two hours." || got.Quote.Section != "Filling" {
		t.Errorf("%+v", got.Quote)
	}
	recall(library.Place{Article: teaKey, Revision: "old", Start: 0, End: 3}, library.Revised)
	articles, err := r.Articles(ctx, guild)
	must(err)
	if a := articles[0].Meta.Reviewed; a == nil || a.On.Day != 7 {
		t.Errorf("%s is reviewed: %+v", articles[0].Slug, a)
	}
	if a := articles[len(articles)-1].Meta.Reviewed; a == nil || a.On.Day != 6 {
		t.Errorf("%s is reviewed: %+v", articles[len(articles)-1].Slug, a)
	}
	suggested := func(want ...string) {
		t.Helper()
		got, err := r.Suggest(ctx, guild, answer.General, "lamp", 25)
		must(err)
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	suggested("How do I fill a lamp?", "Oil lamps", "Café lamps")
	must(s.Bank().Put(ctx, guild, "q", library.BankQuestion{Question: "How is a lamp lit?", Article: key}, act))
	settle()
	suggested("How is a lamp lit?", "Oil lamps", "Café lamps")
	_, err = s.SetState(ctx, guild, key, true, library.Withdrawn, act)
	must(err)
	settle()
	recall(at, library.Departed)
	suggested()
}
