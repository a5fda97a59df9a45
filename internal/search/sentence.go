package search

// denseTerms is the length, in terms, at which a sentence's coverage counts half
// for being dense.
const denseTerms = 12

// sentences scores each sentence of the passage in hand and chooses the best,
// the earlier of equals.
func (m *meter) sentences(s *scored) {
	top := 0.0
	m.eachSentence(s.passage, func(i int, f SentenceFeatures) {
		values := f.values()
		score := linear(m.index.weights.Sentence, values[:])
		s.sentences[i] = score
		if f.Cue > 0 {
			s.features.CueShare += 1 / float64(len(s.sentences))
		}
		if i == 0 {
			s.features.FirstCue = f.Cue
		}
		if i == 0 || score > top {
			top, s.sentence = score, i
			s.features.Sentence = f.Coverage + f.Leaning
			s.features.Cue, s.features.CueMass, s.features.Novel = f.Cue, f.CueMass, f.Novel
		}
	})
}

// eachSentence measures the sentences of the passage in hand one after the other.
func (m *meter) eachSentence(p *passage, visit func(int, SentenceFeatures)) {
	clear(m.sentence)
	var held float64 // coverage by the sentence before
	if m.hint != nil {
		m.hints = m.hint.scan(p.terms)
	}
	start, spots, hints := 0, m.spots, m.hints
	for i, e := range p.ends {
		end := int(e)
		m.sentence, m.before = m.before, m.sentence
		clear(m.sentence)
		var here, hinted []hit
		here, spots = until(spots, end)
		hinted, hints = until(hints, end)
		hold(m.sentence, here)
		f := SentenceFeatures{
			Before: held,
			Cue:    m.query.kind.fit(p.cues[i]),
			Novel:  m.novel(p, start, end),
			Hint:   presence(hinted),
			First:  1 / (1 + float64(i)),
		}
		if len(here) > 0 {
			f.Coverage = m.coverage(m.sentence)
			f.Before = m.gain()
		}
		held = f.Coverage
		f.CueMass = m.withCue(0, f.Cue)
		f.Dense = f.Coverage / (1 + float64(end-start)/denseTerms)
		if i > 0 && p.leans[i] {
			f.Leaning = f.Before
		}
		if p.asks[i] {
			f = SentenceFeatures{First: f.First} // a question is no answer
		}
		visit(i, f)
		start = end
	}
}

// until cuts hits at a position.
func until(hits []hit, position int) (head, tail []hit) {
	n := 0
	for n < len(hits) && hits[n].position < position {
		n++
	}
	return hits[:n], hits[n:]
}

// gain returns how much the sentence before would add to the coverage.
func (m *meter) gain() float64 {
	var sum float64
	for i, w := range m.weight {
		if more := m.before[i] - m.sentence[i]; more > 0 {
			sum += w * more
		}
	}
	return sum
}

// novel returns 1 when the terms from start to end of a passage hold a name or a
// number that the question does not have, if it asks for one.
func (m *meter) novel(p *passage, start, end int) float64 {
	wanted := m.query.kind.offered()
	if wanted == 0 {
		return 0
	}
	for i, shape := range p.shapes[start:end] {
		if shape&wanted != 0 && !m.query.asked[p.terms[start+i]] {
			return 1
		}
	}
	return 0
}
