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
