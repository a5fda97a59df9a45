package search

import "math"

// evidence is what the confidence is judged by: the features of the best
// candidate, and how much of the question the corpus knows at all.
type evidence struct {
	Features
	margin  float64 // score of the best candidate less that of the second
	unknown float64 // share of the question's words that no passage has
	strange float64 // their number, up to 3, over 3
	matched float64 // rare words matched in the best sentence, up to 3, over 3
}

// confidence turns the evidence into the probability that the excerpt answers
// the question, by logistic regression.
type confidence struct {
	bias, bm25f, passage, sentence, cue, margin, unknown, strange, matched float64
}

// defaultConfidence is a logistic regression over four sets pooled with equal
// weight, each with its own unanswerable questions and with those of the others
// as off-topic ones: questions about the first article, those that ship with
// the project, SQuAD 2.0 and COVID-QA. Area under the ROC curve: .75, .98, .71,
// .73 on a set's own questions, .95 to .99 against off-topic ones,
// as measured when it was fitted.
var defaultConfidence = confidence{
	bias: -2.56, bm25f: -1.2, passage: 1.08, sentence: 1.21, cue: 0.36,
	margin: 4.39, unknown: 0.36, strange: -1.35, matched: 0.98,
}

// Threshold is the confidence from which a quote is shown.
const Threshold = 0.26

// strangeLimit is the share of unknown words from which a question is not about
// these articles, however well the rest of it matches.
const strangeLimit = 0.6

// of returns a number from 0 to 1.
func (c confidence) of(e evidence) float64 {
	z := c.bias + c.bm25f*e.BM25F + c.passage*e.Passage + c.sentence*e.Sentence + c.cue*e.Cue +
		c.margin*e.margin + c.unknown*e.unknown + c.strange*e.strange + c.matched*e.matched
	return 1 / (1 + math.Exp(-z))
}

// weigh gathers the evidence for the best of the ranked candidates.
func (x *Index) weigh(q *query, ranked []scored) evidence {
	best := ranked[0]
	e := evidence{Features: best.features, margin: best.score}
	if len(ranked) > 1 {
		e.margin -= ranked[1].score
	}
	var words, unheard, matched float64
	rare := x.corpus.idfOf(1)
	for _, c := range q.clauses {
		if c.hint {
			continue
		}
		words += c.weight
		if len(c.alternatives) == 0 {
			unheard += c.weight
		}
		matched += c.weight * c.found(best.passage.sentences[best.sentence:best.sentence+1]) * c.idf / rare
	}
	e.unknown = unheard / (words + 0.5)
	e.strange = min(unheard, 3) / 3
	e.matched = min(matched, 3) / 3
	return e
}

// confidence returns 0 when nothing of the question was found, or most of its
// words are in no passage.
func (x *Index) confidence(q *query, ranked []scored) float64 {
	if len(ranked) == 0 || ranked[0].features.BM25F == 0 {
		return 0
	}
	e := x.weigh(q, ranked)
	if c := defaultConfidence.of(e); e.unknown < strangeLimit {
		return c
	}
	return 0
}
