package search

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"verbatim/internal/article"
)

// newCorpus analyses articles, several at a time. The same articles give the same
// corpus, down to the ids of the terms. It fails when ctx ends.
func newCorpus(ctx context.Context, articles []*article.Article, a analyzer) (*corpus, error) {
	drafts := make([]draft, len(articles))
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range min(len(articles), runtime.GOMAXPROCS(0)) {
		g.Go(func() error {
			w := writer{analyzer: a, termTable: newTermTable()}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(articles) {
					return nil
				}
				drafts[i] = w.draft(articles[i])
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	c := &corpus{termTable: newTermTable()}
	for i := range drafts {
		c.add(&drafts[i])
	}
	c.count()
	return c, nil
}

// draft is an analysed article with the ids of its writer.
type draft struct {
	writer   *writer
	title    []int32
	headings [][]int32
	passages []passage
}

// writer analyses articles one after the other and numbers their terms in a way
// of its own.
type writer struct {
	termTable

	analyzer analyzer
	final    []int32 // the corpus's id of each term, + 1; 0 where it has none yet

	// of the article in hand
	terms  []int32
	shapes []shape
	ends   []int32
	cues   []cues
	leans  []bool
	asks   []bool
}

func (w *writer) draft(art *article.Article) draft {
	d := draft{writer: w, title: w.field(art.Meta.Title), passages: make([]passage, len(art.Passages))}
	for _, s := range art.Sections {
		d.headings = append(d.headings, w.field(s.Heading))
	}
	w.terms, w.shapes, w.ends = w.terms[:0], w.shapes[:0], w.ends[:0]
	w.cues, w.leans, w.asks = w.cues[:0], w.leans[:0], w.asks[:0]
	for _, src := range art.Passages {
		from := len(w.terms)
		for _, r := range src.Sentences {
			w.sentence(art.Canonical[r.Start:r.End], from)
		}
	}
	w.share(art, &d)
	return d
}

// field analyses a heading or a title.
func (w *writer) field(text string) []int32 {
	terms := w.analyzer.terms(text)
	ids := make([]int32, len(terms))
	for i, t := range terms {
		ids[i] = w.number(t)
	}
	return ids
}

// sentence analyses a sentence of the passage whose terms begin at from.
func (w *writer) sentence(text string, from int) {
	for i, t := range w.analyzer.tokens(text) {
		w.terms = append(w.terms, w.number(t.term))
		w.shapes = append(w.shapes, shapeOf(text[t.start:t.end], i > 0))
	}
	w.ends = append(w.ends, int32(len(w.terms)-from))
	w.cues = append(w.cues, cuesOf(text))
	w.leans = append(w.leans, opensElsewhere.MatchString(text))
	w.asks = append(w.asks, isQuestion(text))
}

// isQuestion reports whether a sentence ends in a question mark, closing quotation
// marks and markup left aside.
func isQuestion(sentence string) bool {
	return strings.HasSuffix(strings.TrimRight(sentence, "\"')*_ ”’»"), "?")
}

// share gives each passage its part of what was written, which is copied to be
// no larger than it needs to be.
func (w *writer) share(art *article.Article, d *draft) {
	terms, shapes := slices.Clone(w.terms), slices.Clone(w.shapes)
	ends, cues, leans, asks := slices.Clone(w.ends), slices.Clone(w.cues), slices.Clone(w.leans), slices.Clone(w.asks)
	for i, src := range art.Passages {
		n := len(src.Sentences)
		size := 0
		if n > 0 {
			size = int(ends[n-1])
		}
		p := passage{article: art, index: i, heading: d.headings[src.Section], title: d.title}
		p.terms, terms = divide(terms, size)
		p.shapes, shapes = divide(shapes, size)
		p.ends, ends = divide(ends, n)
		p.cues, cues = divide(cues, n)
		p.leans, leans = divide(leans, n)
		p.asks, asks = divide(asks, n)
		d.passages[i] = p
	}
}

// divide divides a slice in two.
func divide[T any](all []T, n int) (head, tail []T) { return all[:n:n], all[n:] }

// add appends a draft's passages, with the corpus's own ids.
func (c *corpus) add(d *draft) {
	d.writer.adopt(c, d.title)
	for _, heading := range d.headings {
		d.writer.adopt(c, heading)
	}
	for i := range d.passages {
		d.writer.adopt(c, d.passages[i].terms)
	}
	c.passages = append(c.passages, d.passages...)
}

// adopt turns a writer's ids into those of the corpus.
func (w *writer) adopt(c *corpus, ids []int32) {
	if w.final == nil {
		w.final = make([]int32, len(w.names))
	}
	for i, id := range ids {
		if w.final[id] == 0 {
			w.final[id] = c.number(w.names[id]) + 1
		}
		ids[i] = w.final[id] - 1
	}
}
