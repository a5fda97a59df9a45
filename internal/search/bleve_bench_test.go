package search

import (
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"verbatim/internal/article"
)

// bleveBatch is how many passages bleve gets at a time. An index in memory keeps
// a segment for each batch, and many small ones are slow to search.
const bleveBatch = 10_000

// bareBleve indexes the text of the passages with bleve and nothing of ours: its
// English analyzer, nothing stored, no term vectors.
func bareBleve(b *testing.B, articles []*article.Article) bleve.Index {
	b.Helper()
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = en.AnalyzerName, false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer = doc, en.AnalyzerName
	x, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = x.Close() })
	batch, number := x.NewBatch(), 0
	for _, a := range articles {
		for _, p := range a.Passages {
			if err := batch.Index(strconv.Itoa(number), map[string]any{"text": a.Canonical[p.Start:p.End]}); err != nil {
				b.Fatal(err)
			}
			number++
		}
		if batch.Size() >= bleveBatch {
			flush(b, x, batch)
		}
	}
	flush(b, x, batch)
	return x
}

func flush(b *testing.B, x bleve.Index, batch *bleve.Batch) {
	b.Helper()
	if err := x.Batch(batch); err != nil {
		b.Fatal(err)
	}
	batch.Reset()
}

// topTen asks bleve for its ten best passages.
func topTen(b *testing.B, x bleve.Index, question string) {
	b.Helper()
	q := bleve.NewMatchQuery(question)
	q.SetField("text")
	if _, err := x.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(q, 10, 0, false)); err != nil {
		b.Fatal(err)
	}
}
