package search

import (
	"context"

	"verbatim/internal/article"
)

// Word is one idea of a question as the search understood it.
type Word struct {
	Text   string
	Weight float64
	IDF    float64 // inverse document frequency
	Known  bool    // an article has it, or a word for it
}

// ExaminedSentence is a sentence of a candidate with the values that the choice
// of the sentence saw, in the order of [SentenceNames].
type ExaminedSentence struct {
	Range  article.Range
	Values []float64
}

// Examined is a candidate with the values that the re-ranker saw, in the order
// of [RankingNames].
type Examined struct {
	Candidate
	Passage   int // into Article.Passages
	Values    []float64
	Sentences []ExaminedSentence
}

// Examination shows how a question was answered: what a moderator who asks why,
// and what the training of the weights, need to see. Evidence is in the order of
// [EvidenceNames], and nil when nothing fit to be judged was found; Factor is what
// the confidence from it was multiplied by.
type Examination struct {
	Kind       string // of question; empty for none in particular
	Words      []Word
	Candidates []Examined
	Evidence   []float64
	Factor     float64
	Result     Result
}

// Examine answers a question, without what was asked before it, and shows the
// steps for at most limit candidates. It fails only when ctx has ended.
func (x *Index) Examine(ctx context.Context, text string, limit int) (Examination, error) {
	if err := ctx.Err(); err != nil {
		return Examination{}, err
	}
	q := x.understand(Query{Text: text})
	m := x.newMeter(&q)
	ranked := m.rank(max(limit, candidateLimit))
	var e Examination
	if q.kind != nil {
		e.Kind = q.kind.name
	}
	for _, c := range q.clauses {
		e.Words = append(e.Words, Word{c.surface, c.weight, c.idf, c.known})
	}
	for _, s := range ranked[:min(limit, len(ranked))] {
		e.Candidates = append(e.Candidates, m.examined(s))
	}
	var j assessment
	if e.Result, j = m.result(ranked); j.factor > 0 {
		values := j.evidence.values()
		e.Evidence, e.Factor = values[:], j.factor
	}
	return e, nil
}

func (m *meter) examined(s scored) Examined {
	values := s.features.values()
	out := Examined{Candidate: m.candidate(s), Passage: s.passage.index, Values: values[:]}
	m.spots = append(m.spots[:0], m.matcher.scan(s.passage.terms)...)
	m.eachSentence(s.passage, func(i int, f SentenceFeatures) {
		values := f.values()
		out.Sentences = append(out.Sentences, ExaminedSentence{s.passage.source().Sentences[i], values[:]})
	})
	return out
}
