package answer

import (
	"slices"

	"verbatim/internal/search"
)

// What is offered beside the quote: at most two further excerpts, each with at
// least this share of the best one's score or saying the same as the quote, and
// one that contradicts it.
const (
	moreLimit       = 2
	moreShare       = 0.7
	contradictLimit = 1
)

// beside fills what is shown with the quote: what another article says against
// it, then what others say to the same effect, then what else was found. Nothing
// is shown twice, and each piece must pass the gate by itself.
func (ans *Answer) beside(found search.Result, g gate) {
	for _, c := range found.Conflicts {
		if c, reason := g.choose(c); reason == "" && len(ans.Contradicts) < contradictLimit && !ans.holds(c) {
			ans.Contradicts = append(ans.Contradicts, quoteOf(c))
		}
	}
	best := found.Candidates[0]
	ans.offer(best, g)
	for _, d := range best.Duplicates {
		ans.offer(d, g)
	}
	for _, c := range found.Candidates[1:] {
		if c.Score >= moreShare*best.Score {
			ans.offer(c, g)
		}
	}
}

// offer adds a candidate to More, if it may be shown and is not shown yet.
func (ans *Answer) offer(c search.Candidate, g gate) {
	if len(ans.More) < moreLimit && g.refuses(c) == "" && !ans.holds(c) {
		ans.More = append(ans.More, quoteOf(c))
	}
}

// holds reports whether the answer already shows a candidate.
func (ans *Answer) holds(c search.Candidate) bool {
	same := func(q Quote) bool { return q.Article == c.Article.Slug && q.Span == c.Excerpt }
	return same(*ans.Quote) || slices.ContainsFunc(ans.Contradicts, same) || slices.ContainsFunc(ans.More, same)
}
