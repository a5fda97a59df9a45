package search

import (
	"context"
	"slices"
	"strings"
)

// Titles compares questions with the titles of an index's articles, which are
// analysed once. It is not changed once made and is safe for concurrent use.
type Titles struct {
	probe   *Index    // its corpus knows the words of the titles and nothing else
	terms   [][]int32 // of each title
	holders [][]int32 // the titles that hold a term, by its id
}

// Titles prepares the titles of the articles, in the order of [Index.Articles].
func (x *Index) Titles() *Titles {
	own := &corpus{termTable: newTermTable()}
	t := &Titles{probe: &Index{analyzer: x.analyzer, corpus: own, lexicon: x.lexicon}}
	for _, a := range x.articles {
		t.terms = append(t.terms, own.numbers(x.analyzer.terms(a.Meta.Title)))
	}
	own.count()
	t.holders = make([][]int32, len(own.ids))
	for i, terms := range t.terms {
		for _, term := range terms {
			if h := t.holders[term]; len(h) == 0 || h[len(h)-1] != int32(i) {
				t.holders[term] = append(h, int32(i))
			}
		}
	}
	return t
}

// Held returns the share of the question's words that each title has, from 0 to
// 1, weighed as [Index.Support] weighs them, where words that mean the same in any
// title count once; the error is that of ctx, when it ends. The question is
// analysed once, and a title costs nothing unless it has one of the words.
func (t *Titles) Held(ctx context.Context, question string) ([]float64, error) {
	if len(t.terms) == 0 {
		return nil, ctx.Err()
	}
	held, masses := make([]float64, len(t.terms)), make([]float64, len(t.terms))
	best := make([]float64, len(t.terms))
	var mass float64 // of the clauses so far for a title that has none of them
	for _, c := range t.probe.clauses(searched(question)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		full, absent := c.titleWeights()
		mass += absent
		for _, i := range t.holding(&c, best) {
			held[i] += full * best[i]
			masses[i] += full - absent
			best[i] = 0
		}
	}
	for i := range held {
		if held[i] > 0 {
			held[i] /= mass + masses[i]
		}
	}
	return held, nil
}

// titleWeights returns what a clause weighs for a title that has it, and for one
// that does not: a common word that is missing says little.
func (c *clause) titleWeights() (full, absent float64) {
	word := strings.ToLower(c.surface)
	switch {
	case lightWords[word]:
		return lightWeight, lightWeight
	case commonWords[word]:
		return 1, lightWeight
	}
	return 1, 1
}

// holding returns the titles that have a clause, each once, and leaves in best
// the weight of the best alternative for each.
func (t *Titles) holding(c *clause, best []float64) []int32 {
	var found []int32
	for _, alt := range c.alternatives {
		if len(alt.terms) == 0 {
			continue
		}
		for _, i := range t.holders[alt.terms[0]] {
			if alt.weight <= best[i] || !containsAll(t.terms[i], alt.terms[1:]) {
				continue
			}
			if best[i] == 0 {
				found = append(found, i)
			}
			best[i] = alt.weight
		}
	}
	return found
}

func containsAll(have, want []int32) bool {
	return !slices.ContainsFunc(want, func(t int32) bool { return !slices.Contains(have, t) })
}
