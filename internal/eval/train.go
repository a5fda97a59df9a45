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

	crowd bool // the articles stand among those of other sets; for the confidence only
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

// Train fits the choice of the sentence, then the re-ranker with that choice,
// then the confidence with both. Sets of questions count the same, whatever their
// size, and collections less. The same sets give the same weights. For the report
// all three are fitted on each half of the rows too, and measured on the other.
func (t Trainer) Train(ctx context.Context) (search.Weights, *TrainReport, error) {
	start, err := search.ShippedWeights()
	if err != nil {
		return start, nil, err
	}
	start.Ranking, start.Sentence = firstRanking(), firstSentence()
	start.Origin = t.origin()
	indexes, err := t.build(ctx)
	if err != nil {
		return start, nil, err
	}

	t.say("fitting")
	whole, err := t.fit(ctx, indexes, start, func(string) bool { return true })
	if err != nil {
		return start, nil, err
	}
	var folds [2]*fitted
	for h := range folds {
		t.say(fmt.Sprintf("fitting without half %d, to measure on it", h+1))
		if folds[h], err = t.fit(ctx, indexes, start, func(id string) bool { return fold2(id) != h }); err != nil {
			return start, nil, err
		}
	}
	whole.weights.Threshold = t.threshold(folds)
	return whole.weights, t.report(whole, folds), nil
}

// fitted is the weights of one fit with all rows as those weights rank them.
type fitted struct {
	weights  search.Weights
	rankings [][]taught // by set
	doubts   []doubt
}

// fit learns from the rows whose ids use lets through.
func (t Trainer) fit(ctx context.Context, indexes trainedSets, w search.Weights, use func(id string) bool) (*fitted, error) {
	sentences, err := t.sentenceLists(ctx, indexes.with(w), use)
	if err != nil {
		return nil, err
	}
	w.Sentence = fitListwise(sentences, sentenceDescent())
	rankings, err := t.rankingLists(ctx, indexes.with(w))
	if err != nil {
		return nil, err
	}
	w.Ranking = fitListwise(flatten(rankings, use), rankingDescent())
	doubts, err := t.doubts(ctx, indexes, w)
	if err != nil {
		return nil, err
	}
	w.Confidence, w.Bias = fitTrials(doubts, use)
	return &fitted{w, rankings, doubts}, nil
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
			return nil, fmt.Errorf("%s: %w", set.Name, err)
		}
		out = append(out, trained{set, index})
	}
	return t.crowd(ctx, out)
}

// crowd adds the sets that members ask once more, their articles among those of
// all other sets of questions: that there is much else to read is no reason not to
// be sure.
func (t Trainer) crowd(ctx context.Context, sets trainedSets) (trainedSets, error) {
	out := sets
	for _, s := range sets {
		if !s.set.Members {
			continue
		}
		crowded := *s.set
		crowded.Name, crowded.crowd, crowded.Members = s.set.Name+" among others", true, false
		all := crowded.articles()
		for _, o := range sets {
			if o.set.Topic != s.set.Topic && o.set.Collection == nil {
				all = append(all, o.set.articles()...)
			}
		}
		index, err := search.Build(ctx, all, t.Synonyms)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", crowded.Name, err)
		}
		out = append(out, trained{&crowded, index})
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

// with returns the same sets ranked by other weights.
func (ts trainedSets) with(w search.Weights) trainedSets {
	out := make(trainedSets, len(ts))
	for i, t := range ts {
		out[i] = trained{t.set, t.index.With(w)}
	}
	return out
}
