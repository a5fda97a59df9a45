package safety

import (
	"cmp"
	"slices"
)

// coverage answers whether a span lies inside one of many.
type coverage struct {
	spans   []span // sorted by start; empty when there is nothing to answer
	longest int
	clauses []span // of each token, the clause that it stands in
}

func newCoverage(spans []span, tokens []token) coverage {
	if len(spans) == 0 {
		return coverage{}
	}
	c := coverage{spans: spans, clauses: clausesOf(tokens)}
	slices.SortFunc(c.spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	c.spans = slices.Compact(c.spans)
	for _, s := range c.spans {
		c.longest = max(c.longest, s.end-s.start)
	}
	return c
}

// holds reports whether one of the spans holds all of at and reaches into no
// other clause than at does, so that a message put before or after another one
// cannot cover what that one says. The work is bounded by the longest span.
func (c coverage) holds(at span) bool {
	if len(c.spans) == 0 {
		return false
	}
	first := max(c.clauses[at.start].start, at.end-c.longest)
	last := c.clauses[at.end-1].end
	i, _ := slices.BinarySearchFunc(c.spans, first, func(s span, start int) int { return cmp.Compare(s.start, start) })
	for ; i < len(c.spans) && c.spans[i].start <= at.start; i++ {
		if end := c.spans[i].end; at.end <= end && end <= last {
			return true
		}
	}
	return false
}

// clausesOf returns for each token the clause that it stands in.
func clausesOf(tokens []token) []span {
	clauses := make([]span, len(tokens))
	for start := 0; start < len(tokens); {
		at := clauseAt(tokens, start)
		for i := at.start; i < at.end; i++ {
			clauses[i] = at
		}
		start = at.end
	}
	return clauses
}

// clauseAt returns the clause that begins with the given token.
func clauseAt(tokens []token, start int) span {
	end := start + 1
	for end < len(tokens) && !tokens[end].breaks {
		end++
	}
	return span{start, end}
}

// marks are tokens that something touches; nil when there are none.
type marks []bool

func (m marks) add(at span, tokens int) marks {
	if m == nil {
		m = make(marks, tokens)
	}
	for i := at.start; i < at.end; i++ {
		m[i] = true
	}
	return m
}

func (m marks) touches(at span) bool { return m != nil && slices.Contains(m[at.start:at.end], true) }
