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
	if s == sortAnswerable {
		return 3
	}
	return 1
}

// doubt is one question asked to learn the confidence.
type doubt struct {
	trial
	set, id string
	sort    sort
	factor  float64 // what the confidence is multiplied by; 0 without a candidate
}

// FitsOfConfidence are areas under the ROC curve of a set's answerable questions
// against others.
type FitsOfConfidence struct {
	Name    string `json:"name"`
	Against string `json:"against"`
	Rows    int    `json:"rows"`

	Fitted    float64 `json:"fitted"`
	CrossFold float64 `json:"cross_validated"`
}

// fitConfidence learns the confidence from every set of questions: from its
// answerable ones, its unanswerable ones, those asked without the article that
// answers them, and those of sets on other topics.
func (t Trainer) fitConfidence(ctx context.Context, sets trainedSets, w *search.Weights, r *TrainReport) error {
	var doubts []doubt
	for i, s := range sets.with(*w) {
		if s.set.Collection != nil {
			continue
		}
		d, err := t.doubtsOf(ctx, sets, i, s, *w)
		if err != nil {
			return err
		}
		doubts = append(doubts, d...)
	}
	weigh(doubts)
	w.Confidence, w.Bias = fitTrials(doubts, func(doubt) bool { return true })
	var folds [2]func(doubt) float64
	for h := range folds {
		c, bias := fitTrials(doubts, func(d doubt) bool { return fold2(d.id) != h })
		folds[h] = func(d doubt) float64 { return d.confidence(c, bias) }
	}
	crossed := func(d doubt) float64 { return folds[fold2(d.id)](d) }
	fitted := func(d doubt) float64 { return d.confidence(w.Confidence, w.Bias) }
	r.Confidence = separations(doubts, fitted, crossed)
	w.Threshold = t.threshold(doubts, crossed)
	return nil
}

func (d doubt) confidence(w []float64, bias float64) float64 {
	if d.factor == 0 {
		return 0
	}
	return d.factor * logistic(dot(w, d.values)+bias)
}

// fitTrials leaves out answerable questions whose best excerpt is the wrong one:
// they are neither an example of what is answered nor of what cannot be.
func fitTrials(doubts []doubt, use func(doubt) bool) (weights []float64, bias float64) {
	var trials []trial
	for _, d := range doubts {
		wrong := d.sort == sortAnswerable && !d.right
		if d.factor == 1 && !wrong && use(d) {
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
		if i != at && o.set.Topic != s.set.Topic && o.set.Collection == nil {
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
		out[i] = doubt{set: s.set.Name, id: questions[i].ID, sort: as, factor: e.Factor}
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
		if len(about) == 0 || len(s.set.Articles) == 1 {
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
		}
	}
}

func separations(doubts []doubt, fitted, crossed func(doubt) float64) []FitsOfConfidence {
	type sides struct{ fitted, crossed []float64 }
	by := map[string]map[sort]*sides{}
	var order []string
	for _, d := range doubts {
		if by[d.set] == nil {
			by[d.set] = map[sort]*sides{}
			order = append(order, d.set)
		}
		if by[d.set][d.sort] == nil {
			by[d.set][d.sort] = &sides{}
		}
		s := by[d.set][d.sort]
		s.fitted, s.crossed = append(s.fitted, fitted(d)), append(s.crossed, crossed(d))
	}
	var out []FitsOfConfidence
	for _, set := range order {
		answerable := by[set][sortAnswerable]
		for _, against := range []sort{sortOwn, sortRemoved, sortOffTopic} {
			if s := by[set][against]; s != nil && answerable != nil {
				out = append(out, FitsOfConfidence{
					Name: set, Against: string(against), Rows: len(s.fitted),
					Fitted: AUROC(answerable.fitted, s.fitted), CrossFold: AUROC(answerable.crossed, s.crossed),
				})
			}
		}
	}
	return out
}

// threshold returns the lowest confidence from which the share of right quotes
// among those shown is at least the precision wanted, over the answerable and the
// unanswerable questions of the sets that ask as members do, every confidence
// coming from the fold that did not see the question.
func (t Trainer) threshold(doubts []doubt, confidence func(doubt) float64) float64 {
	asMembers := map[string]bool{}
	for _, s := range t.Sets {
		asMembers[s.Name] = s.Members
	}
	var shown []doubt
	for _, d := range doubts {
		if asMembers[d.set] && d.factor > 0 && (d.sort == sortAnswerable || d.sort == sortOwn) {
			shown = append(shown, d)
		}
	}
	slices.SortStableFunc(shown, func(a, b doubt) int { return cmp.Compare(confidence(b), confidence(a)) })
	threshold, right := 1.0, 0.0
	for i, d := range shown {
		right += truth(d.right)
		if right/float64(i+1) >= t.Precision {
			threshold = confidence(d)
		}
	}
	return threshold
}
