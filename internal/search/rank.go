package search

import (
	"cmp"
	"slices"
)

// Features are the parts of a candidate's score, each from 0 to 1. They are what
// a moderator is shown when asking why an answer was chosen.
type Features struct {
	BM25F    float64 // over the most that the question could score
	Passage  float64 // coverage of the question by the passage with its heading
	Sentence float64 // coverage by the best sentence alone
	Cue      float64 // 1 when that sentence has the sort of thing that was asked for
}

// ranking holds the weights of the linear re-ranker.
type ranking struct{ bm25f, passage, sentence, cue float64 }

var defaultRanking = ranking{bm25f: 0.35, passage: 0.2, sentence: 0.35, cue: 0.1}

func (w ranking) score(f Features) float64 {
	return w.bm25f*f.BM25F + w.passage*f.Passage + w.sentence*f.Sentence + w.cue*f.Cue
}

// scored is a passage with its features and its best sentence.
type scored struct {
	passage  *passage
	sentence int
	features Features
	score    float64
}

// rerankLimit is how many passages, the best by BM25F, are measured in full.
const rerankLimit = 30

// rank scores the candidates exactly and orders the best of them by all features,
// best first; ties keep the order of the corpus.
func (x *Index) rank(q *query, candidates []int) []scored {
	mass := q.mass()
	out := make([]scored, 0, len(candidates))
	for _, i := range candidates {
		p := &x.corpus.passages[i]
		s := scored{passage: p}
		if mass > 0 {
			s.features.BM25F = min(1, x.bm25f(q, p)/mass)
		}
		s.score = s.features.BM25F
		out = append(out, s)
	}
	byScore := func(a, b scored) int { return cmp.Compare(b.score, a.score) }
	slices.SortStableFunc(out, byScore)
	out = out[:min(rerankLimit, len(out))]
	for i := range out {
		measure(q, &out[i])
	}
	slices.SortStableFunc(out, byScore)
	return out
}

// measure fills the features that look into sentences, and the score.
func measure(q *query, s *scored) {
	p := s.passage
	s.sentence, s.features.Sentence, s.features.Cue = bestSentence(q, p)
	s.features.Passage = q.coverage(append(slices.Clip(p.sentences), p.heading)...)
	s.score = defaultRanking.score(s.features)
}

// bestSentence returns the sentence that holds most of the question, preferring
// one with the cue that the kind of question asks for, and the earlier of equals.
func bestSentence(q *query, p *passage) (best int, coverage, cue float64) {
	top := -1.0
	source := p.source()
	for i, terms := range p.sentences {
		r := source.Sentences[i]
		held, fit := q.coverage(terms), 0.0
		if held > 0 && q.kind.fits(p.article.Canonical[r.Start:r.End]) {
			fit = 1
		}
		if total := held + 0.25*fit*held; total > top {
			top, best, coverage, cue = total, i, held, fit
		}
	}
	return best, coverage, cue
}
