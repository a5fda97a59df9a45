package search

import (
	"context"
	"slices"

	"verbatim/internal/article"
)

// Chosen is an excerpt that somebody chose as the answer to a question: a range of the
// canonical text of an article of the index, within one section.
type Chosen struct {
	Article *article.Article
	article.Range
}

// findChosen finds what else there is for a question whose answer was chosen, and puts
// that first. It is certain, and scores as much as the best of the others.
func (x *Index) findChosen(ctx context.Context, q *query, chosen Chosen) (Result, error) {
	found, err := x.find(ctx, q)
	if err != nil {
		return Result{}, err
	}
	first := chosen.among(found.Candidates)
	if len(found.Candidates) > 0 {
		first.Score = max(first.Score, found.Candidates[0].Score)
	}
	others := slices.DeleteFunc(found.Candidates, func(c Candidate) bool {
		return c.Article == first.Article && c.Excerpt.Start < first.Excerpt.End && first.Excerpt.Start < c.Excerpt.End
	})
	found.Candidates = slices.Concat([]Candidate{first}, others[:min(len(others), resultLimit-1)])
	found.Conflicts = conflicts(q.words(), found.Candidates)
	found.Confidence = 1
	return found, nil
}

// among returns the chosen excerpt as a candidate: the one that was found, or one of
// which all decides the question.
func (c Chosen) among(found []Candidate) Candidate {
	for _, f := range found {
		if f.Article == c.Article && f.Excerpt.Range == c.Range {
			f.Duplicates = nil
			return f
		}
	}
	return Candidate{Article: c.Article, Section: c.section(), Excerpt: c.Article.Span(c.Range), Decisive: c.Range}
}

// section returns the heading that the chosen excerpt stands under.
func (c Chosen) section() string {
	for _, p := range c.Article.Passages {
		if p.Start <= c.Start && c.Start < p.End {
			return c.Article.Sections[p.Section].Heading
		}
	}
	return ""
}
