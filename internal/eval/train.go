package eval

import (
	"context"
	"fmt"
	"math"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// TrainingSet is questions with the articles that answer them, or a test
// collection; one of Questions and Collection is set.
type TrainingSet struct {
	Name       string
	Topic      string // questions of sets on another topic are off-topic here
	Members    bool   // asked as members of a community ask
	Articles   []Named
	Questions  []Question
	Collection *Collection
}

// Trainer fits the weights of the search.
type Trainer struct {
	Sets     []TrainingSet
	Synonyms search.Synonyms
	Workers  int
	// Precision is the share of the quotes shown that must be right where the
	// threshold is set.
	Precision float64
	// Progress is told what is being done; nil is allowed.
	Progress func(string)
}

// TrainReport says how good the weights are where they were fitted and, by two
// folds, where they were not: answer-in-excerpt at 1 for sets of questions,
// nDCG@10 for collections.
type TrainReport struct {
	Origin     string             `json:"origin"`
	Sets       []TrainFits        `json:"sets"`
	Confidence []FitsOfConfidence `json:"confidence"`
}

// TrainFits is one set's figures.
type TrainFits struct {
	Name      string  `json:"name"`
	Metric    string  `json:"metric"`
	Rows      int     `json:"rows"`
	Fitted    float64 `json:"fitted"`
	CrossFold float64 `json:"cross_validated"`
}

// Train fits the choice of the sentence, then the re-ranker with that choice,
// then the confidence with both. Sets of questions count the same, whatever their
// size, and collections less. The same sets give the same weights.
func (t Trainer) Train(ctx context.Context) (search.Weights, *TrainReport, error) {
	w, err := search.ShippedWeights()
	if err != nil {
		return w, nil, err
	}
	w.Ranking, w.Sentence = firstRanking(), firstSentence()
	w.Origin = t.origin()
	indexes, err := t.build(ctx)
	if err != nil {
		return w, nil, err
	}
	defer indexes.close()

	t.say("the choice of the sentence")
	sentences, err := t.sentenceLists(ctx, indexes.with(w))
	if err != nil {
		return w, nil, err
	}
	w.Sentence = fitListwise(sentences, sentenceDescent())

	t.say("the re-ranker")
	rankings, err := t.rankingLists(ctx, indexes.with(w))
	if err != nil {
		return w, nil, err
	}
	report := t.foldRankings(rankings)
	w.Ranking = fitListwise(flatten(rankings), rankingDescent())
	report.fill(rankings, w.Ranking)

	t.say("the confidence")
	report.Origin = w.Origin
	err = t.fitConfidence(ctx, indexes, &w, report)
	return w, report, err
}

func (t Trainer) say(what string) {
	if t.Progress != nil {
		t.Progress(what)
	}
}

func (t Trainer) origin() string {
	names := make([]string, len(t.Sets))
	for i, set := range t.Sets {
		names[i] = set.Name
	}
	return "verbatim eval train on " + strings.Join(names, ", ")
}

// firstRanking is what the re-ranker starts from when the sentences are chosen:
// BM25F with the coverage by the passage and its best sentence.
func firstRanking() []float64 { return named3(search.RankingNames(), "bm25f", "passage", "sentence") }

func firstSentence() []float64 {
	return named3(search.SentenceNames(), "coverage", "cue_coverage", "dense")
}

func named3(names []string, ones ...string) []float64 {
	w := make([]float64, len(names))
	for i, name := range names {
		for _, one := range ones {
			if name == one {
				w[i] = 1
			}
		}
	}
	return w
}

// rankingDescent keeps every feature but the length from counting against a
// candidate: each of them is meant to speak for it.
func rankingDescent() descent {
	return descent{steps: 300, rate: .3, decay: 1e-3, floors: floors(search.RankingNames(), "length")}
}

func sentenceDescent() descent {
	return descent{steps: 300, rate: .3, decay: 1e-3, floors: floors(search.SentenceNames())}
}

func confidenceDescent() descent {
	return descent{steps: 800, rate: .2, decay: 1e-3, floors: floors(search.EvidenceNames(), "absent", "unheard", "particular", "size", "thin")}
}

// floors returns zero for every weight but the free ones.
func floors(names []string, free ...string) []float64 {
	out := make([]float64, len(names))
	for i, name := range names {
		for _, f := range free {
			if name == f {
				out[i] = math.Inf(-1)
			}
		}
	}
	return out
}

// trained is the index of one training set.
type trained struct {
	set   *TrainingSet
	index *search.Index
}

type trainedSets []trained

func (t Trainer) build(ctx context.Context) (trainedSets, error) {
	var out trainedSets
	for i := range t.Sets {
		set := &t.Sets[i]
		t.say("indexing " + set.Name)
		index, err := search.Build(ctx, set.articles(), t.Synonyms)
		if err != nil {
			out.close()
			return nil, fmt.Errorf("%s: %w", set.Name, err)
		}
		out = append(out, trained{set, index})
	}
	return out, nil
}

func (s *TrainingSet) articles() []*article.Article {
	if s.Collection != nil {
		return s.Collection.Articles
	}
	out := make([]*article.Article, len(s.Articles))
	for i, n := range s.Articles {
		out[i] = n.Article
	}
	return out
}

func (ts trainedSets) close() {
	for _, t := range ts {
		_ = t.index.Close() // in memory
	}
}

// with returns the same sets ranked by other weights.
func (ts trainedSets) with(w search.Weights) trainedSets {
	out := make(trainedSets, len(ts))
	for i, t := range ts {
		out[i] = trained{t.set, t.index.With(w)}
	}
	return out
}
