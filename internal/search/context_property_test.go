package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// TestStandingAlone holds a question that leans on nothing to the same result
// after any conversation, and any question to a result that can be quoted.
func TestStandingAlone(t *testing.T) {
	a := parse(t, sourdough)
	x := build(t, Synonyms{}, a, parse(t, tea))
	words := strings.Fields("why how long and then it that starter flour rye jar tea black steep cold pink knit no i meant not , ? says who where half")
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(rt *rapid.T) {
		var turns []Turn
		for i := range rapid.IntRange(0, 8).Draw(rt, "turns") {
			turn := Turn{Question: text.Draw(rt, fmt.Sprint("question", i)), Article: rapid.SampledFrom([]string{"", a.Slug, "gone"}).Draw(rt, "article")}
			start := rapid.IntRange(-1, len(a.Canonical)).Draw(rt, "start")
			turn.Quoted = a.Span(article.Range{Start: start, End: start + rapid.IntRange(0, 300).Draw(rt, "length")})
			turns = append(turns, turn)
		}
		question := text.Draw(rt, "question")
		with, err := x.Find(t.Context(), Query{Text: question, Context: turns})
		if err != nil {
			rt.Fatal(err)
		}
		for _, c := range with.Candidates {
			checkExcerpt(rt, c.Article, c)
		}
		q := x.understand(Query{Text: question})
		_, corrects := readCorrection(question)
		if corrects || q.leans(question) != standsAlone {
			return
		}
		alone, err := x.Find(t.Context(), Query{Text: question})
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(summary(alone), summary(with)); diff != "" {
			rt.Fatalf("%q differs after %v:\n%s", question, turns, diff)
		}
	})
}

func BenchmarkFindInConversation(b *testing.B) {
	x := build(b, Synonyms{}, parse(b, sourdough))
	turns := []Turn{shownTurn("how often do i feed the starter", talk(b, x, "how often do i feed the starter"))}
	for range turnLimit - 1 {
		turns = append(turns, Turn{Question: "and then?", Article: turns[0].Article, Quoted: turns[0].Quoted, Decisive: turns[0].Decisive})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Find(b.Context(), Query{Text: "and how long does it take", Context: turns}); err != nil {
			b.Fatal(err)
		}
	}
}
