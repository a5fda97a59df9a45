package search

import "math/bits"

// hit is one place where a sequence of terms holds a clause of the question.
type hit struct {
	clause   int
	position int     // in the sequence
	weight   float64 // of the alternative that was found
}

// matcher finds the clauses of one question in sequences of terms. It is made
// for one search and is not safe for concurrent use.
type matcher struct {
	maybe  [16]uint64 // the terms by their low ten bits; most others are told by it
	slots  []slot     // a hash table with open addressing, at most a quarter full
	shift  uint       // of the hash of a term, to a place in slots
	refs   []ref
	alts   []altState
	hits   []hit
	opened []int // alternatives of several terms that the current sequence touched
}

// slot leads from a term to the alternatives that need it.
type slot struct {
	key         int32 // the term + 1; 0 is a free slot
	first, last int32 // into refs, + 1
}

// ref is one alternative that needs a term.
type ref struct {
	alt  int
	next int32  // into refs, + 1; 0 at the end
	part uint16 // the bit of the term in an alternative of several
}

// altState is an alternative while a sequence is read.
type altState struct {
	clause int
	weight float64
	whole  uint16 // the bits of all its terms; 0 for a single term
	seen   uint16
}

// maxAlternativeTerms is how many terms of a phrase are looked for.
const maxAlternativeTerms = 16

func newMatcher(clauses []clause) *matcher {
	alternatives, terms := 0, 0
	for i := range clauses {
		alternatives += len(clauses[i].alternatives)
		for _, alt := range clauses[i].alternatives {
			terms += len(alt.terms)
		}
	}
	size := bits.Len(uint(4*terms + 1))
	m := &matcher{
		slots: make([]slot, 1<<size), shift: 32 - uint(size),
		refs: make([]ref, 0, terms), alts: make([]altState, 0, alternatives),
	}
	for i := range clauses {
		for _, alt := range clauses[i].alternatives {
			m.add(i, alt)
		}
	}
	return m
}

func (m *matcher) add(clause int, alt alternative) {
	state := altState{clause: clause, weight: alt.weight}
	terms := alt.terms[:min(len(alt.terms), maxAlternativeTerms)]
	for i, t := range terms {
		bit := uint16(1) << i
		if len(terms) > 1 {
			state.whole |= bit
		}
		m.refer(t, ref{alt: len(m.alts), part: bit})
	}
	m.alts = append(m.alts, state)
}

// refer adds a reference behind those that the term has.
func (m *matcher) refer(term int32, r ref) {
	m.maybe[term>>6&15] |= 1 << (term & 63)
	m.refs = append(m.refs, r)
	number := int32(len(m.refs))
	s := m.slot(term)
	if s.key == 0 {
		*s = slot{key: term + 1, first: number, last: number}
		return
	}
	m.refs[s.last-1].next = number
	s.last = number
}

// slot returns the term's slot, or the free one where it would stand. The hash is
// Knuth's multiplicative one, "The Art of Computer Programming", volume 3, 6.4.
func (m *matcher) slot(term int32) *slot {
	const golden = 2654435769 // 2^32 over the golden ratio
	mask := uint32(len(m.slots) - 1)
	for at := uint32(term) * golden >> m.shift; ; at++ {
		if s := &m.slots[at&mask]; s.key == term+1 || s.key == 0 {
			return s
		}
	}
}

// scan returns where the sequence holds clauses, in order of position. A phrase
// counts at its last term, once all its terms were seen in any order. The result
// is overwritten by the next scan.
func (m *matcher) scan(terms []int32) []hit {
	m.hits = m.hits[:0]
	for i, t := range terms {
		if m.maybe[t>>6&15]&(1<<(t&63)) == 0 {
			continue
		}
		for n := m.slot(t).first; n != 0; n = m.refs[n-1].next {
			m.touch(&m.refs[n-1], i)
		}
	}
	for _, i := range m.opened {
		m.alts[i].seen = 0
	}
	m.opened = m.opened[:0]
	return m.hits
}

// touch takes note of a term at a position, and of the hit if that completes its
// alternative.
func (m *matcher) touch(r *ref, position int) {
	a := &m.alts[r.alt]
	if a.whole != 0 {
		if a.seen == 0 {
			m.opened = append(m.opened, r.alt)
		}
		if a.seen |= r.part; a.seen != a.whole {
			return
		}
	}
	m.found(hit{a.clause, position, a.weight})
}

// found records a hit, once for each clause and position, with the best weight.
func (m *matcher) found(h hit) {
	for i := len(m.hits) - 1; i >= 0 && m.hits[i].position == h.position; i-- {
		if m.hits[i].clause == h.clause {
			m.hits[i].weight = max(m.hits[i].weight, h.weight)
			return
		}
	}
	m.hits = append(m.hits, h)
}
