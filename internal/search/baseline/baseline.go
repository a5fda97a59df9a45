// Package baseline is bleve as it comes, for evaluation to compare with: its
// English analyzer, its scoring and its highlighter, with nothing of ours added.
//
// It exists so that a comparison is made in the same run, on the same articles and
// the same questions, as what it is compared with.
//
// Invariants:
//   - nothing is tuned: a match query over text, heading and title, each as bleve
//     weighs them;
//   - hits of equal score are in the order of their article and passage;
//   - an [Index] is not changed once built and is safe for concurrent use.
package baseline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	blevesearch "github.com/blevesearch/bleve/v2/search"

	"verbatim/internal/article"
)

// Scoring is one of bleve's scoring models, by its name in bleve's mapping.
type Scoring string

// The scoring models: what bleve does unless told otherwise, and what it calls
// BM25.
const (
	Default Scoring = ""
	BM25    Scoring = "bm25"
)

// The fields of a unit.
const (
	fieldText    = "text"
	fieldHeading = "heading"
	fieldTitle   = "title"
)

// A unit is what is indexed and found: a passage, or a whole article.
type unit struct {
	article *article.Article
	passage int
	text    string
}

// fields are what bleve is given of a unit. The heading of a whole article is empty.
func (u unit) fields(heading string) map[string]any {
	return map[string]any{fieldText: u.text, fieldHeading: heading, fieldTitle: u.article.Meta.Title}
}

// Index is one bleve index in memory.
type Index struct {
	bleve bleve.Index
	units []unit
}

// Passages indexes each passage of the articles. Close releases the index.
func Passages(ctx context.Context, articles []*article.Article, s Scoring) (*Index, error) {
	var units []unit
	for _, a := range articles {
		for i, p := range a.Passages {
			units = append(units, unit{a, i, a.Canonical[p.Start:p.End]})
		}
	}
	return build(ctx, units, s, func(u unit) string {
		return u.article.Sections[u.article.Passages[u.passage].Section].Heading
	})
}

// Articles indexes each article as one document; its hits are for passage 0. Close
// releases the index.
func Articles(ctx context.Context, articles []*article.Article, s Scoring) (*Index, error) {
	units := make([]unit, len(articles))
	for i, a := range articles {
		units[i] = unit{a, 0, a.Canonical}
	}
	return build(ctx, units, s, func(unit) string { return "" })
}

// batchSize is how many units are handed to bleve at a time.
const batchSize = 1000

func build(ctx context.Context, units []unit, s Scoring, heading func(unit) string) (*Index, error) {
	store, err := bleve.NewUsing("", newMapping(s), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	x := &Index{bleve: store, units: units}
	for from := 0; from < len(units); from += batchSize {
		if err := x.load(ctx, from, min(from+batchSize, len(units)), heading); err != nil {
			return nil, errors.Join(err, x.Close())
		}
	}
	return x, nil
}

// load indexes the units of the numbers from, up to but not including to.
func (x *Index) load(ctx context.Context, from, to int, heading func(unit) string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	batch := x.bleve.NewBatch()
	for i := from; i < to; i++ {
		if err := batch.Index(strconv.Itoa(i), x.units[i].fields(heading(x.units[i]))); err != nil {
			return fmt.Errorf("index: %w", err)
		}
	}
	if err := x.bleve.Batch(batch); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

// newMapping returns bleve's mapping for its English analyzer. Texts are not
// stored, since they are at hand; term vectors are, since the highlighter needs them.
func newMapping(s Scoring) *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldText, fieldHeading, fieldTitle} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer, field.Store, field.IncludeInAll, field.DocValues = en.AnalyzerName, false, false, false
		doc.AddFieldMappingsAt(name, field)
	}
	m.DefaultMapping, m.DefaultAnalyzer, m.ScoringModel = doc, en.AnalyzerName, string(s)
	return m
}

// Close releases the index. No search may be under way.
func (x *Index) Close() error { return x.bleve.Close() }

// A match is a hit of bleve's with the number of its unit.
type match struct {
	*blevesearch.DocumentMatch
	number int
}

// match asks bleve for the units that share a word with the text, with the places
// of the words when located is true.
func (x *Index) match(ctx context.Context, text string, limit int, located bool) ([]match, error) {
	either := bleve.NewDisjunctionQuery()
	for _, name := range []string{fieldText, fieldHeading, fieldTitle} {
		q := bleve.NewMatchQuery(text)
		q.SetField(name)
		either.AddQuery(q)
	}
	request := bleve.NewSearchRequestOptions(either, limit, 0, false)
	request.IncludeLocations = located
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: search: %w", article.ErrUnavailable, err)
	}
	matches := make([]match, len(result.Hits))
	for i, hit := range result.Hits {
		number, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("unit number: %w", err)
		}
		matches[i] = match{hit, number}
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.number, b.number))
	})
	return matches, nil
}
