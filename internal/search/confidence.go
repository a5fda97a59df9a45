package search

import "math"

const (
	// strangeLimit is the share of unknown words from which a question is not about
	// these articles, however well the rest of it matches.
	strangeLimit = 0.6
	// unfitFactor is what is left of the confidence when the question is strange, or
	// the excerpt lacks what a question of its kind must be answered with.
	unfitFactor = 0.2
	// leadLimit is the lead over the next rival beyond which more says nothing.
	leadLimit = 4
	// sizeLimit is where Size stops to grow, at a thousand passages: a larger
	// library was not there to learn from.
	sizeLimit = 0.6
	// thickWords is how many rare words in one sentence are no chance match in a
	// library of any size.
	thickWords = 2
)

// confidence turns evidence into the probability that the excerpt answers the
// question, by logistic regression.
func (w Weights) confidence(e Evidence) float64 {
	values := e.values()
	return 1 / (1 + math.Exp(-w.Bias-linear(w.Confidence, values[:])))
}

// evidence gathers what speaks for the best candidate. rival is the score of the
// next candidate that is about something else.
func (m *meter) evidence(best scored, e excerpt, rival float64) Evidence {
	p := best.passage
	first, last := p.within(e.whole)
	inExcerpt := m.heldBy(p.between(first, last))
	inSentence := m.heldBy(p.sentence(best.sentence))
	rare := m.index.corpus.idfOf(1)
	var out Evidence
	var words, matched float64
	for i, c := range m.query.clauses {
		words += c.weight
		out.Words += c.weight * inExcerpt[i]
		matched += c.weight * inSentence[i] * c.idf / rare
		switch {
		case c.known:
		case c.concept:
			out.Absent += c.weight
		default:
			out.Unheard += c.weight
		}
	}
	f := best.features
	out.BM25F = m.withCue(f.BM25F, f.Cue)
	out.Words /= words + .5
	out.Absent, out.Unheard = min(out.Absent, 2)/2, min(out.Unheard, 2)/2
	out.Order, out.Score = f.Order, best.score
	out.Lead = lead(best.score - rival)
	out.Size = min(math.Log10(float64(len(m.index.corpus.passages)+1))/5, sizeLimit)
	out.Thin = out.Size * (1 - min(matched, thickWords)/thickWords)
	if m.query.kind != nil {
		out.Particular = 1
	}
	return out
}

// lead scales what the best candidate is ahead of the next rival to 0..1.
func lead(ahead float64) float64 { return min(max(ahead, 0), leadLimit) / leadLimit }

// strange reports whether most words of the question that say something are in
// no article.
func (q *query) strange() bool {
	var words, unknown float64
	for _, c := range q.clauses {
		if c.weight >= 1 {
			words++
			if !c.known {
				unknown++
			}
		}
	}
	return unknown/(words+.5) >= strangeLimit
}
