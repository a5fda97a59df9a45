// Package search finds the passage that answers a question, the sentences of it
// to quote, and how sure that is.
//
// The steps stay apart so that each can be replaced: analysis (text to terms),
// the query (clauses with synonyms, the kind of question, what carries over from
// the turn before), candidates (bleve), scoring (exact BM25F), re-ranking (a
// linear model over few features), the excerpt, and the confidence.
//
// Invariants:
//   - an excerpt is a range of the canonical text, at most 400 bytes, made of
//     whole sentences of one passage; only a sentence longer than that is cut;
//   - the same articles and question give the same result;
//   - an [Index] is a cache of the articles it was built from: it is not changed
//     after Build and is safe for concurrent use, with no lock held across a search.
package search

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"verbatim/internal/article"
)

// candidateLimit is how many passages bleve hands to the exact scoring.
const candidateLimit = 200

// resultLimit is how many candidates a result carries.
const resultLimit = 5

// Index answers questions from a fixed set of articles.
type Index struct {
	articles []*article.Article
	bleve    bleve.Index
	analyzer analyzer
	corpus   *corpus
	lexicon  *lexicon
}

// Build indexes articles in memory. Close releases it.
func Build(ctx context.Context, articles []*article.Article, synonyms Synonyms) (*Index, error) {
	m, a, err := newMapping()
	if err != nil {
		return nil, err
	}
	store, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	x := &Index{articles: articles, bleve: store, analyzer: a, corpus: newCorpus(articles, a), lexicon: newLexicon(synonyms, a)}
	if err := x.load(ctx); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// batchSize is how many passages are handed to bleve at a time.
const batchSize = 1000

func (x *Index) load(ctx context.Context) error {
	batch := x.bleve.NewBatch()
	for i := range x.corpus.passages {
		p := &x.corpus.passages[i]
		src := p.source()
		err := batch.Index(strconv.Itoa(i), map[string]any{
			fieldText:    p.article.Canonical[src.Start:src.End],
			fieldHeading: p.section().Heading,
			fieldTitle:   p.article.Meta.Title,
		})
		if err != nil {
			return fmt.Errorf("index passage: %w", err)
		}
		if batch.Size() == batchSize || i == len(x.corpus.passages)-1 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := x.bleve.Batch(batch); err != nil {
				return fmt.Errorf("index passages: %w", err)
			}
			batch.Reset()
		}
	}
	return nil
}

// Close releases the index. No search may be under way.
func (x *Index) Close() error { return x.bleve.Close() }

// Query is a question with what was asked before it.
type Query struct {
	Text    string
	Earlier []string // the questions of earlier turns, latest last
}

// Candidate is a passage with the excerpt that would be quoted from it.
type Candidate struct {
	Article  *article.Article
	Section  string // heading
	Excerpt  article.Span
	Decisive article.Range // the sentence of the excerpt that answers
	Score    float64
	Features Features
}

// Text returns the excerpt's words.
func (c Candidate) Text() string { return c.Article.Canonical[c.Excerpt.Start:c.Excerpt.End] }

// Result is what was found, best first. Confidence is the probability that the
// first candidate's excerpt answers the question.
type Result struct {
	Candidates []Candidate
	Confidence float64
}

// Sure reports whether the first candidate is good enough to be quoted.
func (r Result) Sure() bool { return len(r.Candidates) > 0 && r.Confidence >= Threshold }

// Find returns the best candidates for a question; none is not an error. It
// fails when ctx ends, or as ErrUnavailable when the index does. A question that
// may lean on earlier ones is asked with and without them, and the result that
// is more sure counts.
func (x *Index) Find(ctx context.Context, q Query) (Result, error) {
	alone := x.understand(Query{Text: q.Text})
	result, err := x.find(ctx, &alone)
	if err != nil || len(q.Earlier) == 0 || !leansOnContext(searched(q.Text), alone.clauses) {
		return result, err
	}
	within := x.understand(q)
	other, err := x.find(ctx, &within)
	if err != nil || other.Confidence < result.Confidence {
		return result, err
	}
	return other, nil
}

func (x *Index) find(ctx context.Context, q *query) (Result, error) {
	ids, err := x.candidates(ctx, q)
	if err != nil {
		return Result{}, err
	}
	ranked := x.rank(q, ids)
	result := Result{}
	for _, s := range ranked[:min(resultLimit, len(ranked))] {
		result.Candidates = append(result.Candidates, x.candidate(q, s))
	}
	if len(ranked) > 0 && q.kind.accepts(result.Candidates[0].Text()) {
		result.Confidence = x.confidence(q, ranked)
	}
	return result, nil
}

func (x *Index) candidate(q *query, s scored) Candidate {
	e := x.excerptOf(q, s)
	return Candidate{
		Article:  s.passage.article,
		Section:  s.passage.section().Heading,
		Excerpt:  s.passage.article.Span(e.whole),
		Decisive: e.decisive,
		Score:    s.score,
		Features: s.features,
	}
}
