package suggest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/library/suggest"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

// madeUp makes up what a number of articles give: a title, six headings and four
// questions each, of some 20,000 words, few of them often.
func madeUp(articles int) []suggest.Entry {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		n := int(20_000 * random.Float64() * random.Float64() * random.Float64())
		var b []byte
		for range 3 {
			b = append(b, "bdfghjklmnprtvwz"[n%16], "aeiou"[n/16%5])
			n /= 27
		}
		return string(append(b, "bdfghjklmnprtvwz"[n%16]))
	}
	var all []suggest.Entry
	for i := range articles {
		key := fmt.Sprint("a", i)
		all = append(all, title("The "+word()+" and its "+word(), key))
		for range 6 {
			all = append(all, heading("What the "+word()+" says about "+word(), key))
		}
		for range 4 {
			all = append(all, own("How does a "+word()+" "+word()+" when it is "+word()+"?", key))
		}
	}
	return all
}

func shippedWords(t testing.TB) *suggest.Vocabulary {
	t.Helper()
	s, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	return suggest.NewVocabulary(s)
}

// BenchmarkFind types questions key by key at a guild with 2,000 articles, with
// letters left out and words that nothing has, and reports the time that one key in
// a hundred takes longer than.
func BenchmarkFind(b *testing.B) {
	entries := madeUp(2000)
	l, err := suggest.New(b.Context(), entries, shippedWords(b), func(string) bool { return false })
	if err != nil {
		b.Fatal(err)
	}
	var typed []string
	for i := range 20 {
		text := strings.ToLower(entries[i*997].Text)
		for n := range len(text) {
			typed = append(typed, text[:n], text[:n/2]+text[min(n/2+1, n):n], "why would my "+text[:n])
		}
	}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := suggest.Find(context.Background(), suggest.Query{Typed: typed[i%len(typed)], Limit: 25}, l); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

// BenchmarkNew prepares the list of a guild with 2,000 articles.
func BenchmarkNew(b *testing.B) {
	entries, v := madeUp(2000), shippedWords(b)
	var l *suggest.List
	for b.Loop() {
		var err error
		if l, err = suggest.New(b.Context(), entries, v, func(string) bool { return false }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(l.Bytes())/(1<<20), "MB")
}
