package search

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/internal/article"
)

// FuzzFind asks whatever text it is given of the shipped article and a small one.
// Its lines are the question and what was asked before, latest last. No text may
// break the search, and whatever is found must be fit to be quoted.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"", "why?", "how long does black tea steep", "how deep is it\nand to the left?\nno i meant the right one",
		"is 1/2 a cup of 10^400 mL too much", "what's that\x00\xff\xfe", "ﬁnger\u200b\u0301 ＷＨＹ 😀", "and then what\n\n\n\n\n\n\n\nnext",
		"not never without", strings.Repeat("prostate ", 300), "who wrote it\nsays who", "((((((", "tea\r\ntin",
	} {
		f.Add(seed)
	}
	src, err := readShipped()
	if err != nil {
		f.Fatal(err)
	}
	shipped, small := parse(f, src), parse(f, tea)
	x := build(f, shippedSynonyms(f), shipped, small)
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		q := Query{Text: lines[0], Context: inventTurns(lines[1:min(len(lines), turnLimit+1)], shipped, small)}
		r, err := x.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, r)
	})
}

// inventTurns makes turns of questions: by its length each was answered with a
// quote, without one, or not at all, or from an article that is gone.
func inventTurns(questions []string, articles ...*article.Article) []Turn {
	turns := make([]Turn, 0, len(questions))
	for _, text := range questions {
		turn := Turn{Question: text}
		a := articles[len(text)/4%len(articles)]
		switch len(text) % 4 {
		case 0:
			b := a.Blocks[len(text)%len(a.Blocks)]
			turn.Article, turn.Quoted = a.Slug, a.Span(b.Range)
			if len(b.Sentences) > 0 {
				turn.Decisive = b.Sentences[0]
			}
		case 1:
			turn.Article = a.Slug
		case 2:
			turn.Article, turn.Quoted = "gone", article.Span{Range: article.Range{Start: -3, End: math.MaxInt}}
		}
		turns = append(turns, turn)
	}
	return turns
}

// checkResult checks what is true of any result.
func checkResult(t *testing.T, r Result) {
	t.Helper()
	if math.IsNaN(r.Confidence) || r.Confidence < 0 || r.Confidence > 1 {
		t.Fatalf("confidence %v", r.Confidence)
	}
	for i, c := range r.Candidates {
		text, err := c.Article.Text(c.Excerpt)
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.TrimSpace(text) == "" || !utf8.ValidString(text) || text != c.Text():
			t.Fatalf("excerpt %q", text)
		case utf8.RuneCountInString(text) > 400:
			t.Fatalf("excerpt of %d characters", utf8.RuneCountInString(text))
		case c.Decisive.Start < c.Excerpt.Start || c.Decisive.End > c.Excerpt.End || c.Decisive.Len() <= 0:
			t.Fatalf("the deciding sentence %v is outside the excerpt %v", c.Decisive, c.Excerpt)
		case math.IsNaN(c.Score) || math.IsInf(c.Score, 0):
			t.Fatalf("candidate %d scores %v", i, c.Score)
		}
		for j, v := range c.Features.values() {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("candidate %d: feature %d is %v", i, j, v)
			}
		}
	}
}

// TestRankLimit wants any limit to be taken.
func TestRankLimit(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	for limit, want := range map[int]int{math.MinInt: 0, -1: 0, 0: 0, 1: 1, 1 << 20: 3} {
		hits, err := x.Rank(t.Context(), Query{Text: "tea leaves steep water tin"}, limit)
		if err != nil || len(hits) != want {
			t.Errorf("limit %d: %d hits, %v, want %d", limit, len(hits), err, want)
		}
	}
}
