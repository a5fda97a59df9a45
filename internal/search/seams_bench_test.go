package search

import (
	"testing"
)

// BenchmarkSeams times the steps of one question each by itself, over ten
// thousand made-up passages.
func BenchmarkSeams(b *testing.B) {
	s := newSynthesizer(3)
	articles := s.articles(b, 10_000)
	question := s.questions(articles, 1)[0]
	x := build(b, shippedVocabulary(b), articles...)
	q := x.understand(Query{Text: question})
	m := x.newMeter(&q)
	a := newAccumulator(len(x.corpus.passages))
	m.gather(a)
	candidates := a.top(candidateLimit)
	ranked := m.rank(candidateLimit)
	for _, seam := range []struct {
		name string
		step func()
	}{
		{"analysis", func() { x.analyzer.tokens(question) }},
		{"query", func() { x.understand(Query{Text: question}) }},
		{"candidates", func() {
			a.reset()
			m.gather(a)
			a.top(candidateLimit)
		}},
		{"scoring", func() {
			for _, number := range candidates {
				m.measure(int(number))
			}
		}},
		{"re-ranking", func() { m.rank(candidateLimit) }}, // candidates and scoring included
		{"excerpt", func() {
			for _, s := range ranked[:resultLimit] {
				m.excerptOf(s)
			}
		}},
		{"confidence", func() {
			e := m.evidence(ranked[0], m.excerptOf(ranked[0]), ranked[1].score)
			x.weights.confidence(e)
		}},
		{"result", func() { m.result(ranked) }}, // excerpts, duplicates, contradictions, confidence
	} {
		b.Run(seam.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				seam.step()
			}
		})
	}
}
