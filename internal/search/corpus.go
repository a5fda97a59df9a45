package search

import (
	"math"

	"verbatim/internal/article"
)

// unknown is the id of a term that no passage holds.
const unknown int32 = -1

// passage is one retrievable unit with its analysed fields.
type passage struct {
	article   *article.Article
	index     int       // into article.Passages
	sentences [][]int32 // term ids of each sentence, in order
	heading   []int32
	title     []int32
	length    int // terms in all sentences
}

func (p *passage) source() article.Passage { return p.article.Passages[p.index] }

func (p *passage) section() article.Section {
	return p.article.Sections[p.source().Section]
}

// corpus holds the passages with the true statistics that BM25F needs. It is
// not changed once built.
type corpus struct {
	passages []passage
	ids      map[string]int32
	names    []string // the inverse of ids
	df       []int    // passages that hold the term in their text, heading or title
	mean     fieldLengths
}

type fieldLengths struct{ text, heading, title float64 }

func newCorpus(articles []*article.Article, a analyzer) *corpus {
	c := &corpus{ids: map[string]int32{}}
	for _, art := range articles {
		c.addArticle(art, a)
	}
	c.count()
	return c
}

func (c *corpus) addArticle(art *article.Article, a analyzer) {
	title := c.intern(a.terms(art.Meta.Title))
	headings := make([][]int32, len(art.Sections))
	for i, s := range art.Sections {
		headings[i] = c.intern(a.terms(s.Heading))
	}
	for i, src := range art.Passages {
		p := passage{article: art, index: i, heading: headings[src.Section], title: title}
		for _, r := range src.Sentences {
			terms := c.intern(a.terms(art.Canonical[r.Start:r.End]))
			p.sentences = append(p.sentences, terms)
			p.length += len(terms)
		}
		c.passages = append(c.passages, p)
	}
}

func (c *corpus) intern(terms []string) []int32 {
	ids := make([]int32, len(terms))
	for i, t := range terms {
		id, ok := c.ids[t]
		if !ok {
			id = int32(len(c.ids))
			c.ids[t] = id
			c.names = append(c.names, t)
		}
		ids[i] = id
	}
	return ids
}

// count fills the document frequencies and the mean field lengths. A title is
// the same for every passage of its article and tells none of them apart, so
// only a term that occurs nowhere else is counted by titles.
func (c *corpus) count() {
	c.df = make([]int, len(c.ids))
	inTitle := make([]int, len(c.ids))
	last := make([]int, len(c.ids)) // passage number + 1 that last counted the term
	lastTitle := make([]int, len(c.ids))
	for i := range c.passages {
		p := &c.passages[i]
		countOnce(c.df, last, i+1, p.heading)
		for _, terms := range p.sentences {
			countOnce(c.df, last, i+1, terms)
		}
		countOnce(inTitle, lastTitle, i+1, p.title)
		c.mean.text += float64(p.length)
		c.mean.heading += float64(len(p.heading))
		c.mean.title += float64(len(p.title))
	}
	for t := range c.df {
		if c.df[t] == 0 {
			c.df[t] = inTitle[t]
		}
	}
	n := max(1, float64(len(c.passages)))
	c.mean.text, c.mean.heading, c.mean.title = c.mean.text/n, c.mean.heading/n, c.mean.title/n
}

func countOnce(df, last []int, number int, terms []int32) {
	for _, t := range terms {
		if last[t] != number {
			last[t] = number
			df[t]++
		}
	}
}

func (c *corpus) id(term string) int32 {
	if id, ok := c.ids[term]; ok {
		return id
	}
	return unknown
}

// idf is the inverse document frequency of a term, unknown included.
func (c *corpus) idf(id int32) float64 {
	if id == unknown {
		return c.idfOf(0)
	}
	return c.idfOf(c.df[id])
}

// idfOf is the weight of Robertson and Spärck Jones with the +1 inside the
// logarithm that keeps it positive: ln(1 + (N-df+.5)/(df+.5)).
func (c *corpus) idfOf(df int) float64 {
	return math.Log(1 + (float64(len(c.passages)-df)+.5)/(float64(df)+.5))
}
