package search

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// Limits of what counts as a duplicate.
const (
	duplicateJaccard = 0.8 // share of the words of both texts that each of them has
	duplicateWords   = 6   // a shorter text is said of many things
	duplicateShare   = 0.7 // share of the best one's score from which another may stand in its place
)

// compared sets the candidates of a result against each other: one is left of
// those that say the same, and those that contradict the first are its Conflicts.
func compared(question string, r Result) Result {
	r.Candidates = groupDuplicates(question, r.Candidates)
	r.Conflicts = conflicts(question, r.Candidates)
	return r
}

// words returns the words that a question is about, with those carried over.
func (q *query) words() string {
	var b strings.Builder
	for _, c := range q.clauses {
		b.WriteString(c.surface + " ")
	}
	return b.String()
}

// groupDuplicates leaves one candidate of those that say the same words in
// different articles: of a reviewed article before one that is not, then of the
// one updated last, then the one with the best score. It takes the rank and the
// score of the best of its group; the others become its Duplicates. Texts that
// differ in a number, a negation or a word of the question do not say the same.
func groupDuplicates(question string, candidates []Candidate) []Candidate {
	if !severalArticles(candidates) {
		return candidates
	}
	asked := wordsOf(question)
	var groups [][]saying
	for _, c := range candidates {
		s := newSaying(c)
		at := slices.IndexFunc(groups, func(g []saying) bool { return joins(g, s, asked) })
		if at < 0 {
			groups = append(groups, []saying{s})
			continue
		}
		groups[at] = append(groups[at], s)
	}
	out := make([]Candidate, len(groups))
	for i, g := range groups {
		out[i] = prefer(g)
	}
	return out
}

func severalArticles(candidates []Candidate) bool {
	return slices.ContainsFunc(candidates, func(c Candidate) bool { return c.Article != candidates[0].Article })
}

// saying is a candidate with the words that it is compared by.
type saying struct {
	Candidate
	whole, decisive wording
	pointsBack      bool // the subject of the decisive sentence may be in the one before
}

func newSaying(c Candidate) saying {
	s := saying{Candidate: c, whole: newWording(c.Text()), pointsBack: pointsBack.MatchString(c.decisiveText())}
	s.decisive = s.whole
	if c.Decisive != c.Excerpt.Range {
		s.decisive = newWording(c.decisiveText())
	}
	return s
}

func (c Candidate) decisiveText() string { return textOf(c.Article, c.Decisive) }

func textOf(a *article.Article, r article.Range) string { return a.Canonical[r.Start:r.End] }

// joins reports whether a saying repeats the best of a group, from an article
// that the group does not have yet.
func joins(group []saying, s saying, asked map[string]bool) bool {
	sameArticle := func(member saying) bool { return member.Article == s.Article }
	if slices.ContainsFunc(group, sameArticle) {
		return false
	}
	best := group[0]
	return best.whole.repeats(s.whole, asked) ||
		!s.pointsBack && best.decisive.repeats(s.decisive, asked)
}

// pointsBack recognises a sentence whose subject may be in the one before.
var pointsBack = regexp.MustCompile(`^["“'‘]?(?i:it|its|this|that|these|those|they|their|he|she|his|her|such|both|neither|one|another|there|here|yes|no)\b`)

// prefer returns the candidate of a group that is shown, with the others.
func prefer(group []saying) Candidate {
	best := group[0].Candidate
	order := make([]Candidate, len(group))
	for i, s := range group {
		order[i] = s.Candidate
	}
	slices.SortStableFunc(order, func(a, b Candidate) int {
		return cmp.Or(
			trueFirst(a.Score >= duplicateShare*best.Score, b.Score >= duplicateShare*best.Score),
			trueFirst(a.Article.Meta.Reviewed != nil, b.Article.Meta.Reviewed != nil),
			trueFirst(a.Article.Meta.Updated.After(b.Article.Meta.Updated), b.Article.Meta.Updated.After(a.Article.Meta.Updated)),
		)
	})
	first := order[0]
	first.Score = best.Score
	first.Duplicates = order[1:]
	if len(order) == 1 {
		first.Duplicates = nil
	}
	return first
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
