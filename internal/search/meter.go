package search

import "math"

// scored is a passage with its features, its best sentence and its score.
type scored struct {
	passage   *passage
	number    int // of the passage in the corpus
	sentence  int
	features  Features
	score     float64
	sentences []float64 // the score of each sentence
	held      []float64 // the weight with which its text holds each clause
}

// cueWeight is how much the sort of thing that is asked for counts beside a word
// of the question of the same rarity.
const cueWeight = 0.6

// meter measures passages against one question. Not safe for concurrent use.
type meter struct {
	index   *Index
	query   *query
	matcher *matcher
	hint    *matcher  // nil without hints
	mass    float64   // weight times idf of all clauses
	cueMass float64   // the same for the sort of thing that is asked for
	weight  []float64 // mass of each clause over the mass of all

	// of the passage in hand
	tf    []float64
	held  []float64 // by the passage, heading included
	title []float64 // by the title
	spots []hit     // in the passage's text
	hints []hit     // in the passage's text, of the hint

	// of two sentences, and of a window
	sentence, before, window []float64

	fetched int32 // keeps fetch from being left out

	spare []float64 // room for what candidates keep
}

func (x *Index) newMeter(q *query) *meter {
	n := len(q.clauses)
	m := &meter{index: x, query: q, matcher: newMatcher(q.clauses), mass: q.mass()}
	room := make([]float64, 7*n)
	for _, p := range []*[]float64{&m.weight, &m.tf, &m.held, &m.title, &m.sentence, &m.before, &m.window} {
		*p, room = room[:n:n], room[n:]
	}
	for i, c := range q.clauses {
		m.weight[i] = c.weight * c.idf / max(m.mass, 1e-9)
	}
	if q.hint != nil {
		m.hint = newMatcher([]clause{*q.hint})
	}
	if q.kind != nil && q.kind.wants != 0 {
		m.cueMass = cueWeight * x.corpus.cueIDF(q.kind.wants)
	}
	return m
}

// coverage returns the share of the question that the weights held stand for.
func (m *meter) coverage(held []float64) float64 {
	var sum float64
	for i, h := range held {
		sum += m.weight[i] * h
	}
	return sum
}

// hold keeps the greatest weight with which each clause was found.
func hold(held []float64, hits []hit) {
	for _, h := range hits {
		if h.weight > held[h.clause] {
			held[h.clause] = h.weight
		}
	}
}

// heldBy returns the weight with which the terms hold each clause.
func (m *meter) heldBy(terms []int32) []float64 {
	held := make([]float64, len(m.weight))
	hold(held, m.matcher.scan(terms))
	return held
}

// withCue returns a coverage in which what the kind of question asks for counts
// as one more word of it.
func (m *meter) withCue(coverage, cue float64) float64 {
	return (coverage*m.mass + cue*m.cueMass) / (m.mass + m.cueMass + 1e-9)
}

// measure fills the features of a passage.
func (m *meter) measure(number int) scored {
	p := &m.index.corpus.passages[number]
	s := scored{passage: p, number: number, sentences: m.room(len(p.ends)), held: m.room(len(m.weight))}
	clear(m.tf)
	n := &m.index.postings.norms[number]
	m.spots = append(m.spots[:0], m.matcher.scan(p.terms)...)
	hold(s.held, m.spots)
	copy(m.held, s.held)
	m.count(m.spots, n.text)
	f := &s.features
	f.Heading, f.HeadingNamed = m.field(p.heading, m.held, n.heading, n.headingMass)
	clear(m.title)
	f.Title, f.TitleNamed = m.field(p.title, m.title, n.title, n.titleMass)
	for i, tf := range m.tf {
		f.BM25F += m.weight[i] * tf / (k1 + tf)
	}
	f.Passage = m.coverage(m.held)
	f.Rest = m.rest()
	f.Order, f.Window = m.order(), m.widest()
	f.Length = math.Log1p(float64(len(p.terms)) / max(m.index.corpus.mean.text, 1))
	f.Early = 1 / (1 + float64(p.index))
	if m.hint != nil {
		f.HintHeading = presence(m.hint.scan(p.heading))
	}
	m.sentences(&s)
	f.Hint = presence(m.hints)
	return s
}

// room returns zeros to be kept, cut from a block.
func (m *meter) room(n int) []float64 {
	const block = 256
	if len(m.spare) < n {
		m.spare = make([]float64, max(n, block))
	}
	var out []float64
	out, m.spare = m.spare[:n:n], m.spare[n:]
	return out
}

// count adds the length-normalised frequencies of a field.
func (m *meter) count(hits []hit, norm float32) {
	for _, h := range hits {
		m.tf[h.clause] += h.weight * float64(norm)
	}
}

// field measures a heading or a title: how much of the question it covers, and
// how much of its own mass the question names.
func (m *meter) field(terms []int32, held []float64, norm float32, mass float64) (covered, named float64) {
	hits := m.matcher.scan(terms)
	if len(hits) == 0 {
		return 0, 0
	}
	hold(held, hits)
	m.count(hits, norm)
	clear(m.window)
	hold(m.window, hits)
	var found float64
	last := -1
	for _, h := range hits {
		if h.position != last {
			found += m.index.corpus.idf(terms[h.position])
			last = h.position
		}
	}
	return m.coverage(m.window), found / max(mass, 1e-9)
}

// rest returns how much of what the title does not cover the passage does.
func (m *meter) rest() float64 {
	var all, found float64
	for i, w := range m.weight {
		if m.title[i] == 0 {
			all += w
			found += w * m.held[i]
		}
	}
	if all < 1e-9 {
		return 0
	}
	return found / all
}

func presence(hits []hit) float64 {
	if len(hits) > 0 {
		return 1
	}
	return 0
}
