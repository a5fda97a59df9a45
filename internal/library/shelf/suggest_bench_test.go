package shelf_test

import (
	"slices"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// BenchmarkSuggest types at a guild with 2,000 articles of ten sections and 500
// questions, outside age-restricted channels, so that every text is judged once.
func BenchmarkSuggest(b *testing.B) {
	bank := &asked{of: map[string][]library.Record[library.BankQuestion]{}}
	r := newRig(b, filled(b, 20_000), func(c *shelf.Config) {
		c.Synonyms, c.Bank, c.Memory = vocabulary(b), bank, 1<<30
	})
	articles, err := r.Articles(b.Context(), "g")
	if err != nil {
		b.Fatal(err)
	}
	var typed []string
	for i := range 500 {
		heading := articles[2+i].Sections[i%10].Heading
		bank.put("g", "What about "+heading, articles[2+i].Slug)
		for n := range len(heading) {
			typed = append(typed, heading[:n], "what about "+heading[:n])
		}
	}
	start := time.Now()
	r.suggested(b, "")
	first := time.Since(start)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := r.Suggest(b.Context(), "g", answer.General, typed[i*37%len(typed)], 25); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkTechnique judges one text.
func BenchmarkTechnique(b *testing.B) {
	rules, err := shippedRules()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		rules.Technique("What is the main purpose of the pond behind the garden shed?")
	}
}
