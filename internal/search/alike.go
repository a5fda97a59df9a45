package search

import (
	"cmp"
	"slices"
)

// alikeThreshold is from where on two questions count as the same. It was chosen on
// examples of our own, TestAlike: a question in which every word is a synonym of the
// other's has synonymWeight, .85, and must pass; what is lost below that is words
// that only one of them has, and of those only empty ones are allowed at all. Two
// empty words beside three that matter leave .88, four beside two leave .71.
const alikeThreshold = 0.8

// Asked are questions that others are compared with, analysed once over an index,
// whose vocabulary says what means the same and whose statistics say what a word
// weighs. It is not changed once made and is safe for concurrent use.
type Asked struct {
	index     *Index
	questions []asking
}

// Alike is a question of [Asked] that another one is like.
type Alike struct {
	Number int     // into what Asked was made of
	Share  float64 // from the threshold to 1: of the words of both, what the other has too
}

// Asked prepares questions for being compared with others.
func (x *Index) Asked(questions []string) *Asked {
	a := &Asked{index: x, questions: make([]asking, len(questions))}
	for i, text := range questions {
		a.questions[i] = x.asking(text)
	}
	return a
}

// Like returns the questions that another one is like, the most alike first, of
// equals the first. Only its own words count.
//
// Two questions are alike when they ask for the same in the same way: no word of
// content stands in one alone, both have the same question words, the same small
// words that turn a sense ("not", "before", "more"), those of direction before the
// same word, and no different kinds. How alike is the share of both that the other
// one has, the coefficient of Dice (1945) with each word weighed by its inverse
// document frequency, and synonymWeight for a word of the same sense. Words are
// compared by their stems; a misspelt word, which may be another name, is one that
// the other question does not have.
func (a *Asked) Like(question string) []Alike {
	if len(a.questions) == 0 {
		return nil
	}
	q := a.index.asking(question)
	var found []Alike
	for i := range a.questions {
		if share := q.share(&a.questions[i]); share >= alikeThreshold {
			found = append(found, Alike{i, share})
		}
	}
	slices.SortStableFunc(found, func(a, b Alike) int { return cmp.Compare(b.Share, a.Share) })
	return found
}

// share returns how alike two questions are, 0 when they ask for different things.
func (q *asking) share(other *asking) float64 {
	if q.mass == 0 || other.mass == 0 || q.otherKind(other) || !slices.Equal(q.small, other.small) {
		return 0
	}
	mine, ok := q.heldBy(other)
	if !ok {
		return 0
	}
	theirs, ok := other.heldBy(q)
	if !ok || !q.points(other) || !other.points(q) {
		return 0
	}
	return (mine + theirs) / (q.mass + other.mass)
}

// otherKind reports whether both ask for something in particular, and not for the
// same. That a yes or no is asked for is told by the words as well.
func (q *asking) otherKind(other *asking) bool {
	return !q.kind.general() && !other.kind.general() && q.kind != other.kind
}

// general reports whether a question asks for nothing in particular, or for a yes or no.
func (k *kind) general() bool { return k.undecided() || k.name == yesNo }

// yesNo is the name of the kind that asks for a yes or no.
const yesNo = "yes/no"

// heldBy adds up what another question has of this one. It is false when a word of
// content is missing there.
func (q *asking) heldBy(other *asking) (sum float64, ok bool) {
	for i := range q.ideas {
		held := other.holds(&q.ideas[i])
		if held == 0 && !q.ideas[i].empty {
			return 0, false
		}
		sum += held * q.ideas[i].weight
	}
	return sum, true
}

// holds returns 1 when a question has the words of an idea, synonymWeight when it has
// others for it, else 0.
func (q *asking) holds(i *idea) float64 {
	if q.has(i.terms) {
		return 1
	}
	if slices.ContainsFunc(i.others, q.has) {
		return synonymWeight
	}
	return 0
}

func (q *asking) has(terms []string) bool {
	return !slices.ContainsFunc(terms, func(t string) bool { return !slices.Contains(q.terms, t) })
}

// points reports whether each word of direction stands before the same idea in
// another question.
func (q *asking) points(other *asking) bool {
	for _, d := range q.directed {
		if !slices.ContainsFunc(other.directed, func(o directed) bool {
			return o.word == d.word && q.to(d).means(other.to(o))
		}) {
			return false
		}
	}
	return true
}

// to returns what a word of direction stands before, nil for nothing.
func (q *asking) to(d directed) *idea {
	if d.idea >= len(q.ideas) {
		return nil
	}
	return &q.ideas[d.idea]
}

func (i *idea) means(other *idea) bool {
	if i == nil || other == nil {
		return i == other
	}
	same := func(terms []string) bool { return slices.Equal(terms, other.terms) }
	return same(i.terms) || slices.ContainsFunc(i.others, same)
}
