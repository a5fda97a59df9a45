package bench_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
	"verbatim/internal/search"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// A guild and two moderators.
const (
	pondGuild = "100000000000000001"
	alice     = "200000000000000001"
	bob       = "200000000000000002"
)

func by(who string) library.Act { return library.Act{Actor: who} }

// press is a workbench over a database, whose guild is answered from a real index.
type press struct {
	*bench.Bench

	store   *store.Store
	ledger  *posted
	shelves *pressShelves
	desk    *library.Desk
}

// barrels is the article that came with the program.
const barrels = "---\ntitle: Rain barrels\nauthor: Sam Roe\nauthor_bio: Sam Roe digs ponds.\nupdated: 2025-05-06\nlicense: CC0-1.0\n---\n\n" +
	"A rain barrel holds two hundred litres of water. Cover a rain barrel with a net against mosquitoes.\n"

// pond is the source of an article of the guild's, with a paragraph for each text.
func pond(sentences ...string) string {
	return "---\ntitle: Garden ponds\nauthor: Sam Roe\nauthor_bio: Sam Roe digs ponds.\nupdated: 2025-05-06\nlicense: CC0-1.0\n---\n\n" +
		strings.Join(sentences, "\n\n") + "\n"
}

func newPress(t testing.TB) *press {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC) }
	s, err := store.Open(t.Context(), store.Config{URL: storetest.SQLite(t), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	shipped := []*article.Article{parsed(t, barrels)}
	p := &press{store: s, ledger: &posted{}, shelves: &pressShelves{book: s, shipped: shipped}, desk: library.NewDesk(s, s, s, shipped, now)}
	ids := 0
	p.Bench = bench.New(bench.Config{
		Desk: p.desk, Book: s, Trail: s, Settings: s, Ledger: p.ledger, Pages: s, Golden: s.Golden(), Bank: s.Bank(), Drafts: s.Drafts(),
		Shelves: p.shelves, Now: now, NewID: func() string { ids++; return fmt.Sprintf("id%04d", ids) },
		Questions: []library.BankQuestion{{Question: "How much water does a rain barrel hold?", Article: "rain-barrels"}},
	})
	return p
}

func parsed(t testing.TB, source string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(source), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// put publishes a source in place of whatever there is.
func (p *press) put(t testing.TB, source string) library.Receipt {
	t.Helper()
	a := parsed(t, source)
	got, err := p.desk.Publish(t.Context(), pondGuild, "", a, library.AnyBase, by(alice))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// golden adds a golden question that wants words of the guild's article, or with none
// that nothing is quoted.
func (p *press) golden(t testing.TB, question, words string) string {
	t.Helper()
	g := library.Golden{Question: question, Expect: library.ExpectAbstain}
	if words != "" {
		at := p.place(t, "garden-ponds", words)
		g = library.Golden{Question: question, Expect: library.ExpectQuote, Article: at.Article, Revision: at.Revision, Start: at.Start, End: at.End}
	}
	id, err := p.AddGolden(t.Context(), pondGuild, g, by(alice))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// place finds words in an article as it is now.
func (p *press) place(t testing.TB, key, words string) library.Place {
	t.Helper()
	all, err := p.shelves.Articles(t.Context(), pondGuild)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if i := strings.Index(a.Canonical, words); a.Slug == key && i >= 0 {
			return library.Place{Article: key, Revision: a.Revision, Start: i, End: i + len(words)}
		}
	}
	t.Fatalf("%q is not in %s", words, key)
	return library.Place{}
}

// posted is a ledger that knows what quotes what.
type posted struct {
	library.Ledger

	all []library.Posted
}

func (l *posted) Quoting(_ context.Context, _, key, after string, limit int) ([]library.Posted, error) {
	var page []library.Posted
	for _, p := range l.all {
		quotes := p.Quoted.Article == key || slices.ContainsFunc(p.Against, func(at library.Place) bool { return at.Article == key })
		if p.ID > after && quotes && len(page) < limit {
			page = append(page, p)
		}
	}
	return page, nil
}

// pressShelves answers from what a book has at the moment.
type pressShelves struct {
	bench.Shelves // for what these tests have no use for

	book    library.Book
	shipped []*article.Article
	fails   error // of every answer, when set
}

func (s *pressShelves) Articles(ctx context.Context, guild string) ([]*article.Article, error) {
	shelf, err := s.book.Shelf(ctx, guild)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(s.shipped)
	for _, p := range shelf.Publications {
		switch {
		case p.Own && p.State == library.Published:
			a, err := article.Parse([]byte(shelf.Sources[p.Hash]), article.Options{})
			if err != nil {
				return nil, err
			}
			a.Slug = p.Article
			all = append(all, a)
		case p.State == library.Hidden:
			all = slices.DeleteFunc(all, func(a *article.Article) bool { return a.Slug == p.Article })
		}
	}
	return all, nil
}

func (s *pressShelves) Ask(ctx context.Context, guild string, q answer.Question) (answer.Answer, error) {
	all, err := s.Articles(ctx, guild)
	if err != nil {
		return answer.Answer{}, err
	}
	return s.trial(all).Ask(ctx, q)
}

func (s *pressShelves) trial(all []*article.Article) pressTrial {
	index, err := search.Build(context.Background(), all, search.Synonyms{})
	if err != nil {
		return pressTrial{err: err}
	}
	return pressTrial{answer.New(fewRules{}, index), all, s.fails}
}

func (s *pressShelves) Try(ctx context.Context, guild string, c bench.Change) (bench.Trial, error) {
	all, err := s.Articles(ctx, guild)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a *article.Article) bool { return a.Slug == c.Key })
	if c.Article != nil {
		all = append(all, c.Article)
	}
	return s.trial(all), nil
}

func (*pressShelves) Recall(context.Context, string, library.Place) (library.Recalled, error) {
	return library.Recalled{}, article.ErrNotFound
}

func (*pressShelves) Explain(context.Context, string, answer.Question) (bench.Explanation, error) {
	return bench.Explanation{Needed: 0.5}, nil
}

func (*pressShelves) Passages(context.Context, string, string, int) ([]bench.ExplainedPassage, error) {
	return nil, nil
}

func (*pressShelves) Settled(context.Context, string) error { return nil }

type pressTrial struct {
	*answer.Answerer

	all []*article.Article
	err error
}

func (t pressTrial) Ask(ctx context.Context, q answer.Question) (answer.Answer, error) {
	if t.err != nil {
		return answer.Answer{}, t.err
	}
	return t.Answerer.Ask(ctx, q)
}

func (t pressTrial) Articles() []*article.Article { return t.all }

func (pressTrial) Close() {}

// fewRules fire on one word.
type fewRules struct{}

func (fewRules) Triage(text string) safety.Decision {
	if strings.Contains(text, "drown") {
		return safety.Decision{Tier: safety.TierEmergency, Matches: []safety.Match{{Topic: "drowning", Tier: safety.TierEmergency}}}
	}
	return safety.Decision{}
}

func (fewRules) Cards(d safety.Decision) []safety.Card {
	return make([]safety.Card, len(d.Matches))
}

func (fewRules) Disclaimer() safety.Card { return safety.Card{} }

func (fewRules) Technique(string) bool { return false }

// noonOf is a day of the year of the tests.
func noonOf(month, day int) time.Time {
	return time.Date(2026, time.Month(month), day, 12, 0, 0, 0, time.UTC)
}
