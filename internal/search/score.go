package search

import "slices"

// BM25F parameters. k1 and b are those of a textbook BM25 tuned for short
// passages (k1 0.9, b 0.4); the field weights say how much a word in the
// heading or the title counts beside one in the text.
const (
	k1            = 0.9
	textB         = 0.4
	headingB      = 0.3
	titleB        = 0.3
	textWeight    = 1.0
	headingWeight = 0.5
	titleWeight   = 0.2
)

// bm25f scores a passage by BM25F (Robertson, Zaragoza, Taylor: "Simple BM25
// Extension to Multiple Weighted Fields", 2004) with true corpus statistics.
// A clause counts with its best alternative, and a phrase with its rarest term.
func (x *Index) bm25f(q *query, p *passage) float64 {
	var sum float64
	for _, c := range q.clauses {
		var best float64
		for _, alt := range c.alternatives {
			best = max(best, alt.weight*x.phraseScore(alt.terms, p))
		}
		sum += c.weight * best
	}
	return sum
}

func (x *Index) phraseScore(terms []int32, p *passage) float64 {
	rarest, score := 0.0, 0.0
	for _, t := range terms {
		tf := x.fieldFrequency(t, p)
		if tf == 0 {
			return 0
		}
		if idf := x.corpus.idf(t); idf > rarest {
			rarest, score = idf, idf*tf/(k1+tf)
		}
	}
	return score
}

// fieldFrequency is the weighted and length-normalised term frequency of BM25F.
func (x *Index) fieldFrequency(t int32, p *passage) float64 {
	mean := x.corpus.mean
	var inText int
	for _, s := range p.sentences {
		inText += count(s, t)
	}
	return normalised(inText, p.length, mean.text, textB)*textWeight +
		normalised(count(p.heading, t), len(p.heading), mean.heading, headingB)*headingWeight +
		normalised(count(p.title, t), len(p.title), mean.title, titleB)*titleWeight
}

func normalised(tf, length int, mean, b float64) float64 {
	if tf == 0 {
		return 0
	}
	return float64(tf) / (1 - b + b*float64(length)/mean)
}

func count(terms []int32, t int32) int {
	n := 0
	for _, u := range terms {
		if u == t {
			n++
		}
	}
	return n
}

// coverage returns how much of the query's mass the given term lists hold, from
// 0 to 1: the sum of the idf of the clauses found, over the sum of all.
func (q *query) coverage(fields ...[]int32) float64 {
	mass := q.mass()
	if mass == 0 {
		return 0
	}
	var sum float64
	for _, c := range q.clauses {
		sum += c.weight * c.idf * c.found(fields)
	}
	return sum / mass
}

// found returns the weight of the best alternative that the fields hold.
func (c *clause) found(fields [][]int32) float64 {
	var best float64
	for _, alt := range c.alternatives {
		if alt.weight > best && holdsAll(fields, alt.terms) {
			best = alt.weight
		}
	}
	return best
}

func holdsAll(fields [][]int32, terms []int32) bool {
	for _, t := range terms {
		if !slices.ContainsFunc(fields, func(f []int32) bool { return slices.Contains(f, t) }) {
			return false
		}
	}
	return true
}
