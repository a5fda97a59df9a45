package baseline

import (
	"context"

	"verbatim/internal/search"
)

// Rank returns the units that match a question, best first, at most limit. What was
// asked before plays no part. It fails when ctx ends, or as ErrUnavailable.
func (x *Index) Rank(ctx context.Context, q search.Query, limit int) ([]search.Hit, error) {
	found, err := x.match(ctx, q.Text, limit, false)
	if err != nil {
		return nil, err
	}
	hits := make([]search.Hit, 0, len(found))
	for _, m := range found {
		u := x.units[m.number]
		hits = append(hits, search.Hit{Article: u.article, Passage: u.passage, Score: m.Score})
	}
	return hits, nil
}
