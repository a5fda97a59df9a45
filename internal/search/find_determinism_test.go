package search

import (
	"fmt"
	"sync"
	"testing"

	"verbatim/internal/article"
)

// TestFindIsDeterministic wants the same results from the same articles, however
// many ask at a time and however often the index is built.
func TestFindIsDeterministic(t *testing.T) {
	src, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	articles := []*article.Article{parse(t, src), parse(t, tea)}
	synonyms := shippedSynonyms(t)
	questions := shippedQuestions(t)
	if len(questions) < 20 {
		t.Fatalf("only %d questions", len(questions))
	}
	questions = questions[:20]
	first := build(t, synonyms, articles...)
	want := make([]string, len(questions))
	for i := range questions {
		want[i] = rendered(t, first, questions, i)
	}
	for range 3 {
		x := build(t, synonyms, articles...)
		for i := range questions {
			if got := rendered(t, x, questions, i); got != want[i] {
				t.Errorf("%q: another build finds\n%s\nand the first\n%s", questions[i], got, want[i])
			}
		}
	}
	var askers sync.WaitGroup
	for asker := range 4 {
		askers.Go(func() {
			for n := range 50 * len(questions) / 4 {
				i := (asker*7 + n) % len(questions) // each in an order of its own
				if got := rendered(t, first, questions, i); got != want[i] {
					t.Errorf("%q: found in parallel\n%s\nand alone\n%s", questions[i], got, want[i])
					return
				}
			}
		})
	}
	askers.Wait()
}

// rendered asks a question, every third one with the one before it as context, and
// returns all of the result as text, numbers with all their digits.
func rendered(t *testing.T, x *Index, questions []string, i int) string {
	t.Helper()
	q := Query{Text: questions[i]}
	if i%3 == 2 {
		q.Context = []Turn{{Question: questions[i-1], Article: x.Articles()[0].Slug}}
	}
	r, err := x.Find(t.Context(), q)
	if err != nil {
		t.Error(err)
		return ""
	}
	text := fmt.Sprint(r.Confidence, r.Threshold, len(r.Conflicts))
	for _, c := range r.Candidates {
		text += fmt.Sprintf("\n%s %v %v %v %v %d", c.Article.Slug, c.Excerpt, c.Decisive, c.Score, c.Features, len(c.Duplicates))
	}
	return text
}
