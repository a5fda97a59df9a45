// Package search finds the passage that answers a question, the sentences of it
// to quote, and how sure that is.
//
// The steps stay apart so that each can be replaced: analysis (text to terms,
// with bleve's tokenizer and stemmer), the query (clauses with synonyms, the kind
// of question, what carries over from the turn before), candidates (an inverted
// index, scored by exact BM25F), re-ranking (a linear model over measured
// features), the excerpt, duplicates and contradictions among the candidates, and
// the confidence. The numbers of the models are data: weights.json.
//
// Invariants:
//   - an excerpt is a range of the canonical text, at most 400 characters, made of
//     whole sentences of one section; only a sentence longer than that is cut;
//   - the same articles and question give the same result;
//   - an [Index] is a cache of the articles it was built from: it is not changed
//     after Build and is safe for concurrent use, with no lock held across a search.
package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"verbatim/internal/article"
)

// resultLimit is how many candidates a result carries, groupedLimit how many are
// looked through for duplicates before that.
const (
	resultLimit  = 5
	groupedLimit = 50
)

// Index answers questions from a fixed set of articles.
type Index struct {
	articles []*article.Article
	analyzer analyzer
	corpus   *corpus
	lexicon  *lexicon
	speller  *speller
	postings *postings
	weights  Weights

	accumulators *sync.Pool // of *accumulator
}

// Build indexes articles in memory, with the weights that ship with the program.
// It fails when ctx ends.
func Build(ctx context.Context, articles []*article.Article, synonyms Synonyms) (*Index, error) {
	a, err := newAnalyzer()
	if err != nil {
		return nil, fmt.Errorf("analysis chain: %w", err)
	}
	weights, err := ShippedWeights()
	if err != nil {
		return nil, err
	}
	c, err := newCorpus(ctx, articles, a)
	if err != nil {
		return nil, err
	}
	synonyms = synonyms.With(definitions(articles))
	return &Index{
		articles: articles, analyzer: a, corpus: c, lexicon: newLexicon(synonyms, a), speller: newSpeller(c, synonyms, a),
		postings: newPostings(c), weights: weights,
		accumulators: &sync.Pool{New: func() any { return newAccumulator(len(c.passages)) }},
	}, nil
}

// With returns an index over the same articles that ranks and judges by other
// weights. Both may be used at the same time.
func (x *Index) With(w Weights) *Index {
	other := *x
	other.weights = w.clone()
	return &other
}

// Weights returns a copy of the weights that the index ranks and judges by.
func (x *Index) Weights() Weights { return x.weights.clone() }

// Query is a question with what was asked before it.
type Query struct {
	Text    string
	Context []Turn  // what was asked before, latest last; the last six count
	Chosen  *Chosen // put first, and taken for certain; the context does not count then
}

// Candidate is a passage with the excerpt that would be quoted from it.
type Candidate struct {
	Article  *article.Article
	Section  string // heading
	Excerpt  article.Span
	Decisive article.Range // the sentence of the excerpt that answers
	Score    float64
	Features Features

	Duplicates []Candidate // other articles' candidates that say the same

	rank int // where it stood before duplicates were set aside
}

// Text returns the excerpt's words.
func (c Candidate) Text() string { return c.Article.Canonical[c.Excerpt.Start:c.Excerpt.End] }

// Result is what was found, best first. Confidence is the probability that the
// first candidate's excerpt answers the question. Conflicts are the candidates of
// other articles that say otherwise than the first, best first.
type Result struct {
	Candidates []Candidate
	Confidence float64
	Conflicts  []Candidate
	Threshold  float64 // the confidence from which a quote is shown; 0 stands for one half
}

// Sure reports whether the first candidate is good enough to be quoted.
func (r Result) Sure() bool { return len(r.Candidates) > 0 && r.Confidence >= cmp.Or(r.Threshold, 0.5) }

// Find returns the best candidates for a question; none is not an error. It fails
// when ctx ends. A question that means the same by itself is answered by itself. Of
// one that may lean on what was said before, the surer result counts, with the
// context or without; one that has no words of its own is answered from the
// context or not at all.
func (x *Index) Find(ctx context.Context, q Query) (Result, error) {
	alone := x.understand(Query{Text: q.Text})
	if q.Chosen != nil {
		return x.findChosen(ctx, &alone, *q.Chosen)
	}
	if len(q.Context) == 0 {
		return x.find(ctx, &alone)
	}
	return x.findLeaning(ctx, q, alone)
}

func (x *Index) find(ctx context.Context, q *query) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	m := x.newMeter(q)
	result, _ := m.result(m.rank(candidateLimit))
	return result, nil
}

// result turns a ranking into what is shown, with the evidence for the first
// candidate; without a candidate that holds anything of the question there is none.
func (m *meter) result(ranked []scored) (Result, assessment) {
	var result Result
	for i, s := range ranked[:min(groupedLimit, len(ranked))] {
		if i >= 2*resultLimit && s.score < duplicateShare*ranked[0].score {
			break // too weak to stand in the place of the best
		}
		c := m.candidate(s)
		c.rank = i
		result.Candidates = append(result.Candidates, c)
	}
	result = compared(m.query.words(), result)
	result.Candidates = result.Candidates[:min(resultLimit, len(result.Candidates))]
	result.Threshold = m.index.weights.Threshold
	var j assessment
	if len(ranked) > 0 {
		best := ranked[result.Candidates[0].rank]
		best.score = result.Candidates[0].Score // that of the duplicate whose place it takes, if any
		j = m.judge(best, result)
		result.Confidence = j.factor * m.index.weights.confidence(j.evidence)
	}
	return result, j
}

// assessment is the evidence for the best candidate, what the confidence from it
// is multiplied by, and the score of the next rival.
type assessment struct {
	evidence Evidence
	factor   float64
	rival    float64
}

func (m *meter) judge(best scored, r Result) assessment {
	e := m.evidence(best, m.excerptOf(best), r.rival())
	switch {
	case e.BM25F == 0:
		return assessment{}
	case m.query.strange() || m.query.kind.demands() && best.features.Cue == 0:
		return assessment{e, unfitFactor, r.rival()}
	}
	return assessment{e, 1, r.rival()}
}

// rival returns the score of the best candidate that is about something else
// than the first, 0 if there is none.
func (r Result) rival() float64 {
	for _, c := range r.Candidates[1:] {
		conflicting := slices.ContainsFunc(r.Conflicts, func(o Candidate) bool { return o.Excerpt == c.Excerpt })
		if !conflicting {
			return c.Score
		}
	}
	return 0
}

func (m *meter) candidate(s scored) Candidate {
	e := m.excerptOf(s)
	return Candidate{
		Article:  s.passage.article,
		Section:  s.passage.section().Heading,
		Excerpt:  s.passage.article.Span(e.whole),
		Decisive: e.decisive,
		Score:    s.score,
		Features: s.features,
	}
}
