package answer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// manyArticles returns short articles with titles of their own, of authors with
// a biography.
func manyArticles(n int) []string {
	sources := make([]string, n)
	for i := range sources {
		word := wordOf(uint64(i) * 97)
		sources[i] = fmt.Sprintf("---\ntitle: The care of a %s\nauthor: Ann %s\nauthor_bio: Ann keeps bees.\nupdated: 2020-01-02\n---\n\nA %s needs water.\n", word, word, word)
	}
	return sources
}

// TestLongQuestionAboutTheAuthor holds a very long question whose pronoun may
// stand for an author to a few times the time of one without: the titles of all
// articles together are compared with a part of it, once.
func TestLongQuestionAboutTheAuthor(t *testing.T) {
	a := New(newFakeRules(), newLibrary(t, manyArticles(200)...))
	long := strings.Repeat(" and then the neighbours came over", 1<<20/34)
	least := func(question string) time.Duration {
		shortest := time.Hour
		for range 3 {
			start := time.Now()
			if _, err := a.Ask(t.Context(), Question{Text: question}); err != nil {
				t.Fatal(err)
			}
			shortest = min(shortest, time.Since(start))
		}
		return shortest
	}
	plain, pronoun := least("is it licensed to do that"+long), least("is he licensed to do that"+long)
	if pronoun > 5*plain {
		t.Errorf("%v with a pronoun, %v without", pronoun, plain)
	}
}

// TestTitleTellsTheAuthor asks about an author by words of one title out of many.
func TestTitleTellsTheAuthor(t *testing.T) {
	a := New(newFakeRules(), newLibrary(t, append(manyArticles(20), gland)...))
	for question, want := range map[string]string{
		"does he have a diploma, the gland guy":      "the-gland",
		"does he have a diploma, the guy with a dog": "",
	} {
		ans, err := a.Ask(t.Context(), Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if ans.Meta != nil {
			got = ans.Meta.Article
		}
		if got != want {
			t.Errorf("%q: from %q, want %q", question, got, want)
		}
	}
}

// TestEndedWhileTitlesAreCompared ends the context before the titles are looked at.
func TestEndedWhileTitlesAreCompared(t *testing.T) {
	a := New(newFakeRules(), newLibrary(t, manyArticles(2)...))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ans, err := a.Ask(ctx, Question{Text: "who is the author"})
	if !errors.Is(err, context.Canceled) || ans.Notice != noticeUnavailable {
		t.Errorf("%q, %v", ans.Notice, err)
	}
}
