package eval

import (
	"cmp"
	"context"
	"slices"

	"verbatim/internal/search"
)

// trainDepth is how many candidates of a question are learned from.
const trainDepth = 200

// taught is the list of one question of one set.
type taught struct {
	list
	set       string
	id        string
	documents []string  // of a collection's candidates
	ideal     []float64 // gains of a perfect ranking, of a collection
}

// sentenceLists returns, for every passage that holds an answer, its sentences,
// of which those that hold it are right.
func (t Trainer) sentenceLists(ctx context.Context, sets trainedSets, use func(id string) bool) ([]list, error) {
	var out []list
	for _, s := range sets {
		if s.set.crowd {
			continue
		}
		questions := slices.DeleteFunc(s.set.taughtQuestions(), func(q Question) bool { return !use(q.ID) })
		found := make([][]list, len(questions))
		err := each(ctx, t.Workers, len(questions), func(ctx context.Context, i int) error {
			e, err := s.index.Examine(ctx, questions[i].Text, trainDepth)
			for _, c := range e.Candidates {
				found[i] = append(found[i], sentenceList(questions[i], c)...)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, weighted(slices.Concat(found...))...)
	}
	return out, nil
}

// sentenceList returns nothing for a passage in which no single sentence holds
// the answer, or every one does.
func sentenceList(q Question, c search.Examined) []list {
	var l list
	right := 0
	for _, s := range c.Sentences {
		gain := truth(containsAny(c.Article.Canonical[s.Range.Start:s.Range.End], q.Answers))
		right += int(gain)
		l.values, l.gain = append(l.values, s.Values), append(l.gain, gain)
	}
	if right == 0 || right == len(l.gain) {
		return nil
	}
	return []list{l}
}

// weighted gives all lists of a set the weight of one together.
func weighted(lists []list) []list {
	for i := range lists {
		lists[i].weight = 1 / float64(len(lists))
	}
	return lists
}

// taughtQuestions returns the questions that the articles' text answers.
func (s *TrainingSet) taughtQuestions() []Question {
	var out []Question
	for _, q := range s.Questions {
		if len(q.Answers) > 0 && q.Meta == "" && metaRight(q.Kind) == nil {
			out = append(out, q)
		}
	}
	return out
}

// rankingLists returns the candidates of every question of every set.
func (t Trainer) rankingLists(ctx context.Context, sets trainedSets) ([][]taught, error) {
	out := make([][]taught, len(sets))
	for i, s := range sets {
		if s.set.crowd {
			continue
		}
		var err error
		if s.set.Collection != nil {
			out[i], err = t.collectionLists(ctx, s)
		} else {
			out[i], err = t.answerLists(ctx, s)
		}
		if err != nil {
			return nil, err
		}
		for j := range out[i] {
			out[i][j].weight = s.set.weight() / float64(len(out[i]))
		}
	}
	return out, nil
}

// collectionWeight is what a collection counts beside a set of questions: its
// documents are judged as a whole, and what is fitted here is what to quote.
const collectionWeight = 0.4

func (s *TrainingSet) weight() float64 {
	if s.Collection != nil {
		return collectionWeight
	}
	return 1
}

// answerLists: a candidate is right when its excerpt holds an answer.
func (t Trainer) answerLists(ctx context.Context, s trained) ([]taught, error) {
	questions := s.set.taughtQuestions()
	out := make([]taught, len(questions))
	err := each(ctx, t.Workers, len(questions), func(ctx context.Context, i int) error {
		q := questions[i]
		e, err := s.index.Examine(ctx, q.Text, trainDepth)
		out[i] = taught{set: s.set.Name, id: q.ID}
		for _, c := range e.Candidates {
			out[i].values = append(out[i].values, c.Values)
			out[i].gain = append(out[i].gain, truth(containsAny(c.Text(), q.Answers)))
		}
		return err
	})
	return out, err
}

// collectionLists: a candidate is right by the grade of its document.
func (t Trainer) collectionLists(ctx context.Context, s trained) ([]taught, error) {
	c := s.set.Collection
	out := make([]taught, len(c.Queries))
	err := each(ctx, t.Workers, len(c.Queries), func(ctx context.Context, i int) error {
		q := c.Queries[i]
		e, err := s.index.Examine(ctx, q.Text, trainDepth)
		out[i] = taught{set: s.set.Name, id: q.ID}
		for _, grade := range q.Qrels {
			out[i].ideal = append(out[i].ideal, float64(max(grade, 0)))
		}
		slices.SortFunc(out[i].ideal, func(a, b float64) int { return cmp.Compare(b, a) })
		for _, cand := range e.Candidates {
			id := c.ID(cand.Article)
			out[i].values = append(out[i].values, cand.Values)
			out[i].gain = append(out[i].gain, float64(max(q.Qrels[id], 0)))
			out[i].documents = append(out[i].documents, id)
		}
		return err
	})
	return out, err
}

func flatten(sets [][]taught, use func(id string) bool) []list {
	var out []list
	for _, set := range sets {
		for _, t := range set {
			if use(t.id) {
				out = append(out, t.list)
			}
		}
	}
	return out
}

// quality returns the list's own measure under the weights: nDCG@10 for a
// collection, else 1 when the first candidate is right.
func (t taught) quality(w []float64) float64 {
	order := make([]int, len(t.values))
	scores := make([]float64, len(t.values))
	for i, v := range t.values {
		order[i], scores[i] = i, dot(w, v)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	switch {
	case len(t.ideal) > 0:
		return t.ndcg(order)
	case len(order) > 0:
		return t.gain[order[0]]
	}
	return 0
}

func (t taught) ndcg(order []int) float64 {
	var ranking []RankedDocument
	qrels := Qrels{}
	seen := map[string]bool{}
	for _, i := range order {
		if id := t.documents[i]; !seen[id] {
			seen[id] = true
			ranking = append(ranking, RankedDocument{ID: id})
			qrels[id] = int(t.gain[i])
		}
	}
	var ideal, got float64
	for i, grade := range t.ideal[:min(10, len(t.ideal))] {
		ideal += gain(int(grade), i)
	}
	for i, d := range ranking[:min(10, len(ranking))] {
		got += gain(qrels[d.ID], i)
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

// fold2 returns 0 for a row in view and 1 for a hidden one.
func fold2(id string) int {
	if InView(id) {
		return 0
	}
	return 1
}
