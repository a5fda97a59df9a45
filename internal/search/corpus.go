package search

import (
	"math"
	"unicode"
	"unicode/utf8"

	"verbatim/internal/article"
)

// unknown is the id of a term that no passage holds.
const unknown int32 = -1

// passage is one retrievable unit with its analysed fields.
type passage struct {
	article *article.Article
	index   int     // into article.Passages
	terms   []int32 // of all sentences, in order
	shapes  []shape // of each of them
	ends    []int32 // where each sentence ends in terms
	cues    []cues  // of each sentence
	leans   []bool  // the sentence opens with a word that points back
	asks    []bool  // the sentence is a question
	heading []int32
	title   []int32
}

func (p *passage) source() article.Passage { return p.article.Passages[p.index] }

func (p *passage) section() article.Section {
	return p.article.Sections[p.source().Section]
}

// sentence returns the terms of the i-th sentence.
func (p *passage) sentence(i int) []int32 {
	if i == 0 {
		return p.terms[:p.ends[0]]
	}
	return p.terms[p.ends[i-1]:p.ends[i]]
}

// text returns the words of the i-th sentence.
func (p *passage) text(i int) string {
	r := p.source().Sentences[i]
	return p.article.Canonical[r.Start:r.End]
}

// corpus holds the passages with the true statistics that BM25F needs. It is
// not changed once built.
type corpus struct {
	termTable

	passages []passage
	df       []int32 // passages that hold the term in their text, heading or title
	idfs     []float64
	mean     fieldLengths
	offers   [32]int // passages with a sentence that has the cue, by bit
}

type fieldLengths struct{ text, heading, title float64 }

// shape says what a word looks like.
type shape uint8

const (
	shapeName   shape = 1 << iota // a capital inside a sentence
	shapeNumber                   // opens with a digit
)

func shapeOf(word string, inside bool) shape {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.IsDigit(r):
		return shapeNumber
	case inside && len(word) > 1 && unicode.IsUpper(r):
		return shapeName
	}
	return 0
}

// count fills the document frequencies and the mean field lengths. A title is
// the same for every passage of its article and tells none of them apart, so
// only a term that occurs nowhere else is counted by titles.
func (c *corpus) count() {
	c.df = make([]int32, len(c.ids))
	inTitle := make([]int32, len(c.ids))
	last := make([]int32, len(c.ids)) // passage number + 1 that last counted the term
	lastTitle := make([]int32, len(c.ids))
	for i := range c.passages {
		p := &c.passages[i]
		number := int32(i + 1)
		countOnce(c.df, last, number, p.heading)
		countOnce(c.df, last, number, p.terms)
		countOnce(inTitle, lastTitle, number, p.title)
		c.countCues(p)
		c.mean.text += float64(len(p.terms))
		c.mean.heading += float64(len(p.heading))
		c.mean.title += float64(len(p.title))
	}
	for t := range c.df {
		if c.df[t] == 0 {
			c.df[t] = inTitle[t]
		}
	}
	c.idfs = make([]float64, len(c.df))
	for t, df := range c.df {
		c.idfs[t] = c.idfOf(int(df))
	}
	n := max(1, float64(len(c.passages)))
	c.mean.text, c.mean.heading, c.mean.title = c.mean.text/n, c.mean.heading/n, c.mean.title/n
}

func countOnce(df, last []int32, number int32, terms []int32) {
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
	return c.idfs[id]
}

// idfOf is the weight of Robertson and Spärck Jones with the +1 inside the
// logarithm that keeps it positive: ln(1 + (N-df+.5)/(df+.5)).
func (c *corpus) idfOf(df int) float64 {
	return math.Log(1 + (float64(len(c.passages)-df)+.5)/(float64(df)+.5))
}

func (c *corpus) countCues(p *passage) {
	var all cues
	for _, one := range p.cues {
		all |= one
	}
	for i := range c.offers {
		if all&(1<<i) != 0 {
			c.offers[i]++
		}
	}
}

// cueIDF is the inverse document frequency of passages with any of the cues,
// taken to be independent of each other.
func (c *corpus) cueIDF(wanted cues) float64 {
	without := 1.0
	n := float64(len(c.passages))
	for i, df := range c.offers {
		if wanted&(1<<i) != 0 {
			without *= 1 - float64(df)/max(n, 1)
		}
	}
	return c.idfOf(int(math.Round(n * (1 - without))))
}
