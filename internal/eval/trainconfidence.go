package eval

import (
	"cmp"
	"context"
	"slices"

	"verbatim/internal/search"
)

// sort is how a question of a trial relates to the articles it was asked of.
type sort string

const (
	sortAnswerable sort = "answerable"
	sortOwn        sort = "own unanswerable"
	sortRemoved    sort = "removed article"
	sortOffTopic   sort = "off-topic"
)

// sortWeight is how much all questions of a sort count in a set: as much for the
// answerable ones as for the others together.
func sortWeight(s sort) float64 {
	switch s {
	case sortAnswerable:
		return 4
	case sortOffTopic:
		return 2
	case sortOwn, sortRemoved:
	}
	return 1
}

// crowdWeight is what a set counts where its articles stand among others.
const crowdWeight = 0.3

// doubt is one question asked to learn the confidence.
type doubt struct {
	trial
	set, id string
	crowd   bool // the set's articles stand among others
	sort    sort
	factor  float64 // what the confidence is multiplied by; 0 without a candidate
}

// doubts asks, of every set of questions, its answerable ones, its unanswerable
// ones, those whose article is taken away, and those of sets on other topics.
func (t Trainer) doubts(ctx context.Context, sets trainedSets, w search.Weights) ([]doubt, error) {
	var out []doubt
	for i, s := range sets.with(w) {
		if s.set.Collection != nil {
			continue
		}
		d, err := t.doubtsOf(ctx, sets, i, s, w)
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	weigh(out)
	return out, nil
}

func (d doubt) confidence(w []float64, bias float64) float64 {
	if d.factor == 0 {
		return 0
	}
	return d.factor * logistic(dot(w, d.values)+bias)
}

// fitTrials leaves out answerable questions whose best excerpt is the wrong one:
// they are neither an example of what is answered nor of what cannot be.
func fitTrials(doubts []doubt, use func(id string) bool) (weights []float64, bias float64) {
	var trials []trial
	for _, d := range doubts {
		wrong := d.sort == sortAnswerable && !d.right
		if d.factor == 1 && !wrong && use(d.id) {
			trials = append(trials, d.trial)
		}
	}
	return fitLogistic(trials, confidenceDescent())
}

// doubtsOf asks the questions of one set, and those of the sets on other topics.
func (t Trainer) doubtsOf(ctx context.Context, sets trainedSets, at int, s trained, w search.Weights) ([]doubt, error) {
	answerable := s.set.taughtQuestions()
	var others, strangers []Question
	for _, q := range s.set.Questions {
		if !q.answerable() {
			others = append(others, q)
		}
	}
	for i, o := range sets {
		if i != at && !s.set.crowd && !o.set.crowd && o.set.Topic != s.set.Topic && o.set.Collection == nil {
			strangers = append(strangers, o.set.taughtQuestions()...)
		}
	}
	var out []doubt
	for _, part := range []struct {
		sort      sort
		questions []Question
	}{{sortAnswerable, answerable}, {sortOwn, others}, {sortOffTopic, strangers}} {
		d, err := t.ask(ctx, s, part.questions, part.sort)
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	removed, err := t.askRemoved(ctx, s, answerable, w)
	return append(out, removed...), err
}

func (t Trainer) ask(ctx context.Context, s trained, questions []Question, as sort) ([]doubt, error) {
	out := make([]doubt, len(questions))
	err := each(ctx, t.Workers, len(questions), func(ctx context.Context, i int) error {
		e, err := s.index.Examine(ctx, questions[i].Text, 1)
		out[i] = doubt{set: s.set.Name, crowd: s.set.crowd, id: questions[i].ID, sort: as, factor: e.Factor}
		out[i].values = e.Evidence
		out[i].right = as == sortAnswerable && e.Evidence != nil && containsAny(e.Result.Candidates[0].Text(), questions[i].Answers)
		return err
	})
	return out, err
}

// askRemoved asks each question of the set's articles without the one it is about.
func (t Trainer) askRemoved(ctx context.Context, s trained, questions []Question, w search.Weights) ([]doubt, error) {
	lib := Library{Articles: s.set.Articles}
	var out []doubt
	for i, a := range s.set.Articles {
		about := slices.DeleteFunc(slices.Clone(questions), func(q Question) bool { return q.Article != a.Name })
		if len(about) == 0 || len(s.set.Articles) == 1 || s.set.crowd {
			continue
		}
		rest := lib.others(i)
		index, err := search.Build(ctx, rest, t.Synonyms)
		if err != nil {
			return nil, err
		}
		d, err := t.ask(ctx, trained{s.set, index.With(w)}, about, sortRemoved)
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	return out, nil
}

// weigh gives each sort of each set its weight, whatever its number of rows.
func weigh(doubts []doubt) {
	type key struct {
		set  string
		sort sort
	}
	count := map[key]float64{}
	for _, d := range doubts {
		if d.factor == 1 {
			count[key{d.set, d.sort}]++
		}
	}
	for i, d := range doubts {
		if n := count[key{d.set, d.sort}]; n > 0 {
			doubts[i].weight = sortWeight(d.sort) / n
			if d.crowd {
				doubts[i].weight *= crowdWeight
			}
		}
	}
}

// threshold returns the lowest confidence from which the share of right quotes
// among those shown is at least the precision wanted, over the answerable and the
// unanswerable questions of the sets that ask as members do, every confidence
// coming from the fold that did not see the question.
func (t Trainer) threshold(folds [2]*fitted) float64 {
	asMembers := map[string]bool{}
	for _, s := range t.Sets {
		asMembers[s.Name] = s.Members
	}
	var shown []judged
	for h, f := range folds {
		for _, d := range f.doubts {
			if asMembers[d.set] && d.factor > 0 && fold2(d.id) == h && (d.sort == sortAnswerable || d.sort == sortOwn) {
				shown = append(shown, judged{d.confidence(f.weights.Confidence, f.weights.Bias), d.right})
			}
		}
	}
	return lowestPrecise(shown, t.Precision)
}

// judged is one reply: how sure, and whether right.
type judged struct {
	confidence float64
	right      bool
}

// lowestPrecise returns the lowest confidence from which at least the given share
// is right, 1 if there is none.
func lowestPrecise(shown []judged, precision float64) float64 {
	slices.SortStableFunc(shown, func(a, b judged) int { return cmp.Compare(b.confidence, a.confidence) })
	threshold, right := 1.0, 0.0
	for i, s := range shown {
		right += truth(s.right)
		if right/float64(i+1) >= precision {
			threshold = s.confidence
		}
	}
	return threshold
}
