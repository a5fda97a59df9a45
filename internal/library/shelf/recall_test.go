package shelf_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// past is an archive in memory.
type past struct {
	revisions map[string][]library.Revision // by guild
	texts     map[article.Revision]string   // shipped
	fail      error
}

func (p *past) History(_ context.Context, guild, key string) ([]library.Revision, error) {
	var found []library.Revision
	for _, r := range p.revisions[guild] {
		if r.Article == key {
			r.Source, r.Canonical = "", ""
			found = append(found, r)
		}
	}
	if p.fail == nil && len(found) == 0 {
		return nil, article.ErrNotFound
	}
	return found, p.fail
}

func (p *past) Revision(_ context.Context, guild, hash string) (library.Revision, error) {
	for _, r := range p.revisions[guild] {
		if r.Hash == hash {
			return r, p.fail
		}
	}
	return library.Revision{}, errors.Join(article.ErrNotFound, p.fail)
}

func (p *past) Text(_ context.Context, guild string, r article.Revision) (library.Text, error) {
	if text, ok := p.texts[r]; ok && guild == library.Shipped {
		return library.Text{Revision: r, Canonical: text}, p.fail
	}
	return library.Text{}, errors.Join(article.ErrNotFound, p.fail)
}

// keep archives a source of an own article, and returns it as it is read.
func (p *past) keep(t testing.TB, guild, key, source string) *article.Article {
	t.Helper()
	a := parse(t, source)
	p.revisions[guild] = append(p.revisions[guild], library.Revision{
		Article: key, Hash: library.HashOf(source), Revision: a.Revision, Source: source, Canonical: a.Canonical,
	})
	return a
}

// place finds a text in an article.
func place(t testing.TB, key string, a *article.Article, text string) library.Place {
	t.Helper()
	start := strings.Index(a.Canonical, text)
	if start < 0 {
		t.Fatalf("%q is not in %q", text, a.Canonical)
	}
	return library.Place{Article: key, Revision: a.Revision, Start: start, End: start + len(text)}
}

// lamp is an article with sections and everything that is shown beside a quote.
func lamp(hours string) string {
	return "---\ntitle: Oil lamps\nauthor: E. Wick\nauthor_bio: A lamp maker.\nupdated: 2024-01-02\nlanguage: en-GB\n" +
		"source_url: https://example.org/lamps\nadapted_from:\n  title: Lamps\n  author: F. Flint\nreviewed:\n  by: G. Glass\n  on: 2025-01-02\n---\n\n" +
		"Lamps burn oil.\n\n## Filling\n\nA lamp burns for " + hours + " hours. Fill it outside.\n\n- Use a funnel.\n\n## Café lamps\n\nThey are small.\n"
}

// recalling makes a rig with an archive.
func recalling(t testing.TB, m *memory) (*rig, *past) {
	t.Helper()
	p := &past{revisions: map[string][]library.Revision{}, texts: map[article.Revision]string{}}
	return newRig(t, m, func(c *shelf.Config) { c.Archive = p }), p
}

func TestRecall(t *testing.T) {
	const key = "lamps"
	for name, c := range map[string]struct {
		now      string // source that the guild is answered from, if any
		withdraw bool
		standing library.Standing
	}{
		"current":   {lamp("two"), false, library.Current},
		"revised":   {lamp("three"), false, library.Revised},
		"withdrawn": {"", true, library.Departed},
		"gone":      {"", false, library.Departed},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			if c.now != "" {
				m.publish("g", key, c.now)
			}
			if c.withdraw {
				m.state("g", key, true, library.Withdrawn)
			}
			r, p := recalling(t, m)
			p.keep(t, "g", key, lamp("one"))
			a := p.keep(t, "g", key, lamp("two"))
			const text = "A lamp burns for two hours."
			at := place(t, key, a, text)
			got, err := r.Recall(t.Context(), "g", at)
			if err != nil {
				t.Fatal(err)
			}
			want := answer.Quote{
				Text: text, Article: key, Title: "Oil lamps", Section: "Filling", Author: "E. Wick", AuthorBio: "A lamp maker.",
				Updated: a.Meta.Updated, Reviewed: a.Meta.Reviewed.On, Language: "en-GB", AdaptedFrom: &article.Adaptation{Title: "Lamps", Author: "F. Flint"},
				SourceURL: "https://example.org/lamps", Span: a.Span(article.Range{Start: at.Start, End: at.End}),
			}
			if diff := cmp.Diff(want, got.Quote); diff != "" {
				t.Error(diff)
			}
			around := got.Article.Canonical[got.Around.Start:got.Around.End]
			if got.Standing != c.standing || got.Article.Revision != a.Revision || got.Article.Slug != key ||
				!strings.HasPrefix(around, text) || !strings.HasSuffix(around, "Use a funnel.") {
				t.Errorf("%s, %.12s, %q", got.Standing, got.Article.Revision, around)
			}
			if _, err := r.Recall(t.Context(), "other", at); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("another guild: %v", err)
			}
		})
	}
}

// TestRecallQuotesAsAnswersDo compares a recalled quote with the answer's.
func TestRecallQuotesAsAnswersDo(t *testing.T) {
	m := newMemory()
	m.publish("g", "lamps", lamp("two"))
	r, _ := recalling(t, m)
	ans, err := r.Ask(t.Context(), "g", question("For how many hours does a lamp burn?"))
	if err != nil || ans.Quote == nil {
		t.Fatalf("%+v, %v", ans, err)
	}
	q := *ans.Quote
	got, err := r.Recall(t.Context(), "g", library.Place{Article: q.Article, Revision: q.Span.Revision, Start: q.Span.Start, End: q.Span.End})
	q.Decisive = article.Range{}
	if diff := cmp.Diff(q, got.Quote); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// TestRecallShipped quotes texts of this version of the program and of an earlier one.
func TestRecallShipped(t *testing.T) {
	m := newMemory()
	m.state("hides", teaKey, false, library.Hidden)
	m.publish("replaces", teaKey, ferret("18"))
	r, p := recalling(t, m)
	const was, old = "Black tea was steeped for five minutes.", article.Revision("old")
	p.texts[old] = "It is drunk hot.\n\n" + was
	steeps := place(t, teaKey, r.shipped[0], "Black tea steeps for four minutes in boiling water.")
	before := library.Place{Article: teaKey, Revision: old, Start: len(p.texts[old]) - len(was), End: len(p.texts[old])}
	for name, c := range map[string]struct {
		guild    string
		at       library.Place
		standing library.Standing
	}{
		"current":            {"g", steeps, library.Current},
		"in direct messages": {library.Direct, steeps, library.Current},
		"hidden":             {"hides", steeps, library.Departed},
		"replaced":           {"replaces", steeps, library.Revised},
		"earlier":            {"g", before, library.Revised},
		"earlier, direct":    {library.Direct, before, library.Revised},
		"earlier, hidden":    {"hides", before, library.Departed},
		"earlier, replaced":  {"replaces", before, library.Revised},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Recall(t.Context(), c.guild, c.at)
			if err != nil || got.Standing != c.standing || got.Quote.Author != "A. Leaf" || got.Article.Revision != c.at.Revision ||
				got.Quote.Text != got.Article.Canonical[c.at.Start:c.at.End] {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	if got, err := r.Recall(t.Context(), "g", before); err != nil || got.Around != (article.Range{Start: 0, End: before.End}) || got.Quote.Text != was {
		t.Errorf("around %+v, %v", got.Around, err)
	}
}

// TestRecallReadOtherwise has a source that is read otherwise than when it was published.
func TestRecallReadOtherwise(t *testing.T) {
	r, p := recalling(t, newMemory())
	const text = "An opening.\n\nFilling\n\nIt burned — for two hours.\n\nTwice.\n\nCafé lamps\n\nSmall."
	p.revisions["g"] = []library.Revision{
		{Article: "lamps", Hash: "h", Revision: "then", Source: lamp("two"), Canonical: text},
		{Article: "lamps", Hash: "broken", Revision: "broken", Source: "no front matter", Canonical: text},
	}
	at := func(from, to string) library.Place {
		return library.Place{Article: "lamps", Revision: "then", Start: strings.Index(text, from), End: strings.Index(text, to) + len(to)}
	}
	for name, c := range map[string]struct {
		at              library.Place
		section, around string
	}{
		"before a heading": {at("An", "opening."), "", "An opening."},
		"in a section":     {at("It", "hours."), "Filling", "It burned — for two hours.\n\nTwice."},
		"the last section": {at("Small", "Small."), "Café lamps", "Small."},
		"over sections":    {at("Twice", "Small."), "", "Twice.\n\nCafé lamps\n\nSmall."},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Recall(t.Context(), "g", c.at)
			if err != nil || got.Quote.Section != c.section || text[got.Around.Start:got.Around.End] != c.around || got.Quote.Text != text[c.at.Start:c.at.End] {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	for name, p := range map[string]library.Place{
		"outside":                  {Article: "lamps", Revision: "then", Start: 0, End: len(text) + 1},
		"before the beginning":     {Article: "lamps", Revision: "then", Start: -1, End: 2},
		"backwards":                {Article: "lamps", Revision: "then", Start: 4, End: 2},
		"nothing":                  {Article: "lamps", Revision: "then", Start: 2, End: 2},
		"within a character":       {Article: "lamps", Revision: "then", Start: strings.Index(text, "—") + 1, End: len(text)},
		"another revision":         {Article: "lamps", Revision: "never", Start: 0, End: 2},
		"another article":          {Article: "wicks", Revision: "then", Start: 0, End: 2},
		"one that cannot be read":  {Article: "lamps", Revision: "broken", Start: 0, End: 2},
		"a shipped one never kept": {Article: teaKey, Revision: "never", Start: 0, End: 2},
		"no place at all":          {},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := r.Recall(t.Context(), "g", p); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	p.fail = article.ErrUnavailable
	if _, err := r.Recall(t.Context(), "g", at("An", "opening.")); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("an archive that fails: %v", err)
	}
}

// TestRecallWithoutArchive knows what the guild is answered from and nothing else.
func TestRecallWithoutArchive(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	at := place(t, teaKey, r.shipped[0], "Black tea")
	if got, err := r.Recall(t.Context(), "g", at); err != nil || got.Quote.Text != "Black tea" {
		t.Errorf("%+v, %v", got, err)
	}
	at.Revision = "old"
	if _, err := r.Recall(t.Context(), "g", at); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
