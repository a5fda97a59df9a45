package eval

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/search"
)

// PassageRanker ranks passages, best first; [search.Index] is one. It must be safe
// for concurrent use when Options.Workers is above 1.
type PassageRanker interface {
	Rank(ctx context.Context, q search.Query, limit int) ([]search.Hit, error)
}

// System is a ranker under the name that a report has for it.
type System struct {
	Name string
	PassageRanker
}

const (
	passageDepth = 500 // passages that are asked for; several may be of one document
	runDepth     = 100 // documents of a ranking that are kept, as many as any figure looks at
)

// BEIRReport holds the figures of systems that ranked the same collection.
type BEIRReport struct {
	Documents int            `json:"documents"`
	Passages  int            `json:"passages"`
	Empty     int            `json:"empty_documents"` // left out, without a word
	Systems   []SystemReport `json:"systems"`
}

// SystemReport holds the figures of one system: of all queries, and of the two
// halves apart. Run has its rankings.
type SystemReport struct {
	Name   string         `json:"name"`
	All    RankingFigures `json:"all"`
	InView RankingFigures `json:"in_view"`
	Hidden RankingFigures `json:"hidden"`
	Times  *Times         `json:"times,omitempty"` // nil unless queries were asked one by one

	Run Run `json:"-"`
}

// BEIR has each system rank the documents of a collection for each of its queries.
// A document counts with its best passage. It fails when ranking does.
func BEIR(ctx context.Context, c *Collection, systems []System, opts Options) (*BEIRReport, error) {
	r := &BEIRReport{Documents: len(c.Articles), Passages: c.Passages(), Empty: c.Empty}
	for _, s := range systems {
		report, err := rankAll(ctx, c, s, opts)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		r.Systems = append(r.Systems, report)
	}
	return r, nil
}

func rankAll(ctx context.Context, c *Collection, s System, opts Options) (SystemReport, error) {
	var queries []BEIRQuery
	for _, q := range c.Queries {
		if opts.Half.holds(q.ID) {
			queries = append(queries, q)
		}
	}
	run := make(Run, len(queries))
	took := make([]time.Duration, len(queries))
	err := each(ctx, opts.Workers, len(queries), func(ctx context.Context, i int) error {
		start := opts.Now()
		hits, err := s.Rank(ctx, search.Query{Text: queries[i].Text}, passageDepth)
		if err != nil {
			return fmt.Errorf("query %s: %w", queries[i].ID, err)
		}
		took[i] = opts.Now().Sub(start)
		run[i] = QueryRun{Query: queries[i].ID, Documents: documentsOf(c, hits)}
		return nil
	})
	if err != nil {
		return SystemReport{}, err
	}
	r := SystemReport{Name: s.Name, Run: run, Times: timesOf(took, opts.Workers)}
	for i, q := range queries {
		r.add(q, run[i].Documents)
	}
	r.All.finish()
	r.InView.finish()
	r.Hidden.finish()
	return r, nil
}

func (r *SystemReport) add(q BEIRQuery, ranking []RankedDocument) {
	r.All.add(ranking, q.Qrels)
	if InView(q.ID) {
		r.InView.add(ranking, q.Qrels)
	} else {
		r.Hidden.add(ranking, q.Qrels)
	}
}

// documentsOf ranks documents by their best passage.
func documentsOf(c *Collection, hits []search.Hit) []RankedDocument {
	best := map[string]float64{}
	for _, h := range hits {
		id := c.ID(h.Article)
		if score, ok := best[id]; !ok || h.Score > score {
			best[id] = h.Score
		}
	}
	ranking := make([]RankedDocument, 0, len(best))
	for id, score := range best {
		ranking = append(ranking, RankedDocument{ID: id, Score: score})
	}
	sortRanking(ranking)
	return ranking[:min(runDepth, len(ranking))]
}
