package search

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	blevequery "github.com/blevesearch/bleve/v2/search/query"

	"verbatim/internal/article"
)

// candidates asks bleve for the passages that share a term with the question, in
// bleve's own order, which decides only who is scored and not how.
func (x *Index) candidates(ctx context.Context, q *query) ([]int, error) {
	var disjuncts []blevequery.Query
	for _, c := range q.clauses {
		for _, alt := range c.alternatives {
			for _, t := range alt.terms {
				disjuncts = append(disjuncts, x.termQueries(t, c.weight*alt.weight)...)
			}
		}
	}
	if len(disjuncts) == 0 {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(disjuncts...), candidateLimit, 0, false)
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: search: %w", article.ErrUnavailable, err)
	}
	ids := make([]int, 0, len(result.Hits))
	for _, hit := range result.Hits {
		id, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("passage id: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (x *Index) termQueries(t int32, weight float64) []blevequery.Query {
	fields := []struct {
		name   string
		weight float64
	}{{fieldText, textWeight}, {fieldHeading, headingWeight}, {fieldTitle, titleWeight}}
	queries := make([]blevequery.Query, len(fields))
	for i, f := range fields {
		tq := bleve.NewTermQuery(x.corpus.names[t])
		tq.SetField(f.name)
		tq.SetBoost(weight * f.weight)
		queries[i] = tq
	}
	return queries
}
