package baseline

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

func parse(t *testing.T, title, body string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte("---\ntitle: "+title+"\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\n"+body+"\n"), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func ponds(t *testing.T) []*article.Article {
	t.Helper()
	return []*article.Article{
		parse(t, "Ponds", "A pond needs shade.\n\n## Water\n\nA pump moves it."),
		parse(t, "Fish", "Herons eat fish. Fish eat the flies of a pond."),
		parse(t, "Twin", "Herons eat fish. Fish eat the flies of a pond."),
	}
}

type builder func(context.Context, []*article.Article, Scoring) (*Index, error)

func build1(t *testing.T, b builder, articles []*article.Article, s Scoring) *Index {
	t.Helper()
	x, err := b(t.Context(), articles, s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func TestRank(t *testing.T) {
	for name, tc := range map[string]struct {
		build    builder
		question string
		want     []string // title and, of a passage, its heading
	}{
		"passages by text":      {Passages, "does the pump move", []string{"Ponds/Water"}},
		"passages by heading":   {Passages, "waters", []string{"Ponds/Water"}},
		"articles by their sum": {Articles, "pond pump", []string{"Ponds", "Fish", "Twin"}},
		"equals in order":       {Articles, "herons", []string{"Fish", "Twin"}},
		"nothing":               {Articles, "moon", nil},
	} {
		for _, s := range []Scoring{Default, BM25} {
			x := build1(t, tc.build, ponds(t), s)
			hits, err := x.Rank(t.Context(), search.Query{Text: tc.question}, 10)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, h := range hits {
				label := h.Article.Meta.Title
				if heading := h.Article.Sections[h.Article.Passages[h.Passage].Section].Heading; heading != "" {
					label += "/" + heading
				}
				got = append(got, label)
				if i > 0 && h.Score > hits[i-1].Score {
					t.Errorf("%s %q: scores rise", name, s)
				}
			}
			if strings.Join(got, " ") != strings.Join(tc.want, " ") {
				t.Errorf("%s %q: %q, want %q", name, s, got, tc.want)
			}
		}
	}
}

// TestScoringsDiffer wants the second scoring to be another one: a mapping that
// ignored its name would compare bleve with itself.
func TestScoringsDiffer(t *testing.T) {
	var scores []float64
	for _, s := range []Scoring{Default, BM25} {
		hits, err := build1(t, Articles, ponds(t), s).Rank(t.Context(), search.Query{Text: "pond"}, 1)
		if err != nil || len(hits) != 1 {
			t.Fatal(hits, err)
		}
		scores = append(scores, hits[0].Score)
	}
	if scores[0] == scores[1] {
		t.Errorf("both give %v", scores[0])
	}
}

func TestRankLimitAndContext(t *testing.T) {
	x := build1(t, Passages, ponds(t), Default)
	if hits, err := x.Rank(t.Context(), search.Query{Text: "pond fish"}, 2); err != nil || len(hits) != 2 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Rank(ctx, search.Query{Text: "pond"}, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("rank: %v", err)
	}
	if _, err := Passages(ctx, ponds(t), Default); !errors.Is(err, context.Canceled) {
		t.Errorf("build: %v", err)
	}
}

func TestUnknownScoring(t *testing.T) {
	if _, err := Passages(t.Context(), ponds(t), "best"); err == nil {
		t.Error("a scoring that bleve does not have was taken")
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Leaves fall é into the water all autumn long, as they did before. ", 20) + "Only a heron wades. " +
		strings.Repeat("Snow lies — on the ice for weeks and keeps the light out. ", 20)
	x := build1(t, Articles, []*article.Article{parse(t, "Winter", long), parse(t, "Spring", "Frogs call.")}, Default)
	for question, want := range map[string]string{
		"what wades":    "Only a heron wades.",
		"do frogs call": "Frogs call.",
		"about winters": "Leaves fall", // only the title matches, so it starts at the beginning
		"moon":          "",
	} {
		got, err := x.Excerpt(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got, want) || (want == "") != (got == "") || len(got) > excerptLimit || !utf8.ValidString(got) {
			t.Errorf("%s: %d bytes %q", question, len(got), got)
		}
		if !strings.Contains(x.units[0].text+x.units[1].text, got) {
			t.Errorf("%s: %q is no piece of the text", question, got)
		}
	}
}
