package search

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// plainWeights are round numbers, so that the goldens of the seams do not change
// when the shipped weights are trained anew.
func plainWeights() Weights {
	pick := func(names []string, weights map[string]float64) []float64 {
		out := make([]float64, len(names))
		for i, name := range names {
			out[i] = weights[name]
		}
		return out
	}
	return Weights{
		Ranking:    pick(RankingNames(), map[string]float64{"bm25f": 4, "sentence": 2, "heading": 1, "window": 1}),
		Sentence:   pick(SentenceNames(), map[string]float64{"coverage": 4, "cue": 1, "dense": 2}),
		Confidence: pick(EvidenceNames(), map[string]float64{"bm25f": 2, "words": 2, "unheard": -1}),
		Bias:       -2, Threshold: 0.5,
	}
}

// potter is a small article with what the seams have to deal with.
const potter = `---
title: Pottery at home
author: B. Clay
updated: 2021-04-05
---

Clay is earth that turns hard in a fire. It shrinks by a tenth as it dries.

## Firing

Fire the pots at 1,000 degrees for eight hours. This makes them hard. Do not open the kiln before it
has cooled, since cold air cracks the pots.

## Tools

A beginner needs three tools:

- a wire to cut the clay
- a sponge
- a needle

## Café and Co.

Dr. Müller's café in Zürich sells clay. Why there? The owner's sister is a potter.
`

func seamIndex(t testing.TB) *Index {
	t.Helper()
	synonyms := Synonyms{Groups: [][]string{{"fire", "bake"}, {"shrink", "get smaller"}, {"tool", "utensil"}}}
	return build(t, synonyms, parse(t, potter), parse(t, tea)).With(plainWeights())
}

// questions of the seams.
var seamQuestions = []string{
	"how long do i bake the pots", "does clay get smaller", "which utensils do i need", "who is müller",
	"why do pots crack", "can i glaze a violin", "hi there",
}

// TestAnalysis shows the terms of texts.
func TestAnalysis(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	for _, text := range []string{
		"The potter's pots, fired at 1,000 degrees.", "Café Zürich ÅNGSTRÖM naïve", "prostatitis prostates urinating urinated",
		"well-being e-mail 3.5 mg/day 50%", "Don't you’ll can't", "日本語 русский слова", "", "...",
	} {
		fmt.Fprintf(&b, "%q\n ", text)
		for _, token := range x.analyzer.tokens(text) {
			fmt.Fprintf(&b, " %s[%d:%d]", token.term, token.start, token.end)
		}
		b.WriteString("\n")
	}
	golden(t, "seams/analysis.golden", b.String())
}

// TestQuery shows the clauses of questions.
func TestQuery(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	for _, question := range seamQuestions {
		q := x.understand(Query{Text: question})
		kind := "none in particular"
		if q.kind != nil {
			kind = q.kind.name
		}
		fmt.Fprintf(&b, "%s: %s\n", question, kind)
		for _, c := range q.clauses {
			fmt.Fprintf(&b, "  %q weight %.2f idf %.2f", c.surface, c.weight, c.idf)
			for _, alt := range c.alternatives {
				fmt.Fprintf(&b, " | %s %.2f", x.names(alt.terms), alt.weight)
			}
			b.WriteString("\n")
		}
	}
	golden(t, "seams/query.golden", b.String())
}

func (x *Index) names(terms []int32) string {
	names := make([]string, len(terms))
	for i, t := range terms {
		names[i] = x.corpus.names[t]
	}
	return strings.Join(names, "+")
}

// TestCandidates shows which passages are gathered, with their BM25F.
func TestCandidates(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	for _, question := range seamQuestions {
		q := x.understand(Query{Text: question})
		a := newAccumulator(len(x.corpus.passages))
		x.postings.score(q.clauses, a)
		fmt.Fprintf(&b, "%s\n", question)
		for _, i := range a.top(candidateLimit) {
			p := x.corpus.passages[i]
			fmt.Fprintf(&b, "  %.3f %s, passage %d\n", a.scores[i], p.article.Slug, p.index)
		}
	}
	golden(t, "seams/candidates.golden", b.String())
}

// TestReranking shows the order of the candidates after measuring.
func TestReranking(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	for _, question := range seamQuestions {
		q := x.understand(Query{Text: question})
		fmt.Fprintf(&b, "%s\n", question)
		for _, s := range x.newMeter(&q).rank(candidateLimit) {
			values := s.features.values()
			fmt.Fprintf(&b, "  %.3f %s, passage %d: %s\n", s.score, s.passage.article.Slug, s.passage.index,
				shares(RankingNames(), x.weights.Ranking, values[:]))
		}
	}
	golden(t, "seams/reranking.golden", b.String())
}

// TestSentence shows the scores of the sentences of the best passage.
func TestSentence(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	eachBest(x, func(question string, _ *meter, ranked []scored) {
		fmt.Fprintf(&b, "%s\n", question)
		for i, score := range ranked[0].sentences {
			chosen := " "
			if i == ranked[0].sentence {
				chosen = ">"
			}
			fmt.Fprintf(&b, "  %s %.3f %q\n", chosen, score, ranked[0].passage.text(i))
		}
	})
	golden(t, "seams/sentence.golden", b.String())
}

// TestExcerptSeam shows the excerpt around the best sentence of each of the best
// passages.
func TestExcerptSeam(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	eachBest(x, func(question string, m *meter, ranked []scored) {
		fmt.Fprintf(&b, "%s\n", question)
		for _, s := range ranked[:min(2, len(ranked))] {
			fmt.Fprintf(&b, "  %s\n", indented(marked(m.candidate(s)), 2))
		}
	})
	golden(t, "seams/excerpt.golden", b.String())
}

// TestConfidence shows the evidence and what it comes to.
func TestConfidence(t *testing.T) {
	x := seamIndex(t)
	var b strings.Builder
	for _, question := range seamQuestions {
		e, err := x.Examine(context.Background(), question, 1)
		if err != nil {
			t.Fatal(err)
		}
		verdict := "quiet"
		if e.Result.Sure() {
			verdict = "quoted"
		}
		fmt.Fprintf(&b, "%s\n  %s at %.3f, factor %.2f:", question, verdict, e.Result.Confidence, e.Factor)
		for i, value := range e.Evidence {
			fmt.Fprintf(&b, " %s %.2f", EvidenceNames()[i], value)
		}
		b.WriteString("\n")
	}
	golden(t, "seams/confidence.golden", b.String())
}

// eachBest ranks for each question that finds anything.
func eachBest(x *Index, visit func(question string, m *meter, ranked []scored)) {
	for _, question := range seamQuestions {
		q := x.understand(Query{Text: question})
		m := x.newMeter(&q)
		if ranked := m.rank(candidateLimit); len(ranked) > 0 {
			visit(question, m, ranked)
		}
	}
}
