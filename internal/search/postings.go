package search

import (
	"math"
	"slices"
)

// posting says how much a passage holds of a term: the weighted and
// length-normalised frequency of BM25F over its fields.
type posting struct {
	passage int32
	tf      float32
}

// norms are the reciprocal length normalisations of a passage's fields, and what
// all terms of its heading and its title weigh.
type norms struct {
	text, heading, title   float32
	headingMass, titleMass float64
}

// postings is the inverted index: for each term the passages that hold it, in
// their order. It is not changed once built.
type postings struct {
	lists [][]posting
	norms []norms
}

func newPostings(c *corpus) *postings {
	p := &postings{lists: make([][]posting, len(c.ids)), norms: make([]norms, len(c.passages))}
	t := newTally(len(c.ids))
	counts := make([]int32, len(c.ids))
	total := 0
	for i := range c.passages {
		for _, term := range t.take(&c.passages[i]) {
			counts[term]++
			total++
		}
	}
	room := make([]posting, total)
	for term, n := range counts {
		p.lists[term], room = room[:0:n], room[n:]
	}
	for i := range c.passages {
		p.norms[i] = c.norms(&c.passages[i])
		for _, term := range t.take(&c.passages[i]) {
			p.lists[term] = append(p.lists[term], posting{int32(i), t.counts[term].frequency(&p.norms[i])})
		}
	}
	return p
}

// fields returns the analysed fields: text, heading, title.
func (p *passage) fields() [3][]int32 { return [3][]int32{p.terms, p.heading, p.title} }

// fieldCounts says how often a passage holds a term in its text, heading and
// title, each at most 255 times.
type fieldCounts [3]uint8

func (c fieldCounts) frequency(n *norms) float32 {
	return float32(c[0])*n.text + float32(c[1])*n.heading + float32(c[2])*n.title
}

// tally counts the terms of one passage after the other.
type tally struct {
	counts []fieldCounts // by term
	terms  []int32       // that the passage in hand has
}

func newTally(terms int) *tally { return &tally{counts: make([]fieldCounts, terms)} }

// take counts a passage and returns its terms, each once. The result is
// overwritten by the next call.
func (t *tally) take(p *passage) []int32 {
	for _, term := range t.terms {
		t.counts[term] = fieldCounts{}
	}
	t.terms = t.terms[:0]
	for field, terms := range p.fields() {
		for _, term := range terms {
			c := &t.counts[term]
			if *c == (fieldCounts{}) {
				t.terms = append(t.terms, term)
			}
			if c[field] < math.MaxUint8 {
				c[field]++
			}
		}
	}
	return t.terms
}

func (c *corpus) norms(p *passage) norms {
	return norms{
		text:    float32(textWeight / lengthNorm(len(p.terms), c.mean.text, textB)),
		heading: float32(headingWeight / lengthNorm(len(p.heading), c.mean.heading, headingB)),
		title:   float32(titleWeight / lengthNorm(len(p.title), c.mean.title, titleB)),

		headingMass: c.massOf(p.heading), titleMass: c.massOf(p.title),
	}
}

// massOf returns the sum of the inverse document frequencies of terms.
func (c *corpus) massOf(terms []int32) float64 {
	var sum float64
	for _, t := range terms {
		sum += c.idf(t)
	}
	return sum
}

// lengthNorm is BM25's normalisation of a field's length.
func lengthNorm(length int, mean, b float64) float64 {
	return 1 - b + b*float64(length)/max(mean, 1e-9)
}

// accumulator adds up the scores of passages, term at a time.
type accumulator struct {
	scores  []float32 // of every passage
	touched []int32   // passages with a score
	tf      []float32 // of the clause in hand
	held    []int32   // passages with a tf
}

func newAccumulator(passages int) *accumulator {
	return &accumulator{scores: make([]float32, passages), tf: make([]float32, passages)}
}

// reset forgets the last question.
func (a *accumulator) reset() {
	for _, i := range a.touched {
		a.scores[i] = 0
	}
	a.touched = a.touched[:0]
}

func (a *accumulator) addFrequency(passage int32, tf float32) {
	if a.tf[passage] == 0 {
		a.held = append(a.held, passage)
	}
	a.tf[passage] += tf
}

// settle turns the frequencies of a clause into scores.
func (a *accumulator) settle(weight float32) {
	for _, i := range a.held {
		a.addScore(i, weight, a.tf[i])
		a.tf[i] = 0
	}
	a.held = a.held[:0]
}

// addScore adds the score of one clause by BM25's saturation.
func (a *accumulator) addScore(passage int32, weight, tf float32) {
	if a.scores[passage] == 0 {
		a.touched = append(a.touched, passage)
	}
	a.scores[passage] += weight * tf / (k1 + tf)
}

// score fills the accumulator with the BM25F of every passage that holds
// something of the question: Robertson, Zaragoza, Taylor, "Simple BM25 Extension
// to Multiple Weighted Fields", 2004. The alternatives of a clause count as one
// term. A phrase counts in a passage that holds all its terms.
func (p *postings) score(clauses []clause, a *accumulator) {
	for i := range clauses {
		c := &clauses[i]
		weight := float32(c.weight * c.idf)
		if term, ok := c.single(); ok {
			for _, at := range p.lists[term] {
				a.addScore(at.passage, weight, float32(c.alternatives[0].weight)*at.tf)
			}
			continue
		}
		for _, alt := range c.alternatives {
			p.frequencies(alt, a)
		}
		a.settle(weight)
	}
}

// single returns the term of a clause that has no other.
func (c *clause) single() (int32, bool) {
	if len(c.alternatives) != 1 || len(c.alternatives[0].terms) != 1 {
		return unknown, false
	}
	return c.alternatives[0].terms[0], true
}

func (p *postings) frequencies(alt alternative, a *accumulator) {
	rarest := slices.MinFunc(alt.terms, func(x, y int32) int { return len(p.lists[x]) - len(p.lists[y]) })
	weight := float32(alt.weight)
	for _, at := range p.lists[rarest] {
		if len(alt.terms) == 1 || p.holdsAll(at.passage, alt.terms) {
			a.addFrequency(at.passage, weight*at.tf)
		}
	}
}

func (p *postings) holdsAll(passage int32, terms []int32) bool {
	for _, t := range terms {
		_, ok := slices.BinarySearchFunc(p.lists[t], passage, func(at posting, want int32) int { return int(at.passage - want) })
		if !ok {
			return false
		}
	}
	return true
}
