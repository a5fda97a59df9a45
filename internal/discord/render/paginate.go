package render

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
)

// PageRange is a page of an article: a range of its canonical text that ends no
// later than the section does which it is from. The headings before that section's
// text belong to the page.
type PageRange struct {
	Section int // index into Article.Sections
	Range   article.Range
}

// pageRoom is how many characters the text of a page has at most as it is shown,
// so that the longest attribution fits below it.
const pageRoom = 1500

// Paginate cuts an article into pages that [Renderer.Page] shows whole. They are the
// canonical text when joined. A page ends with its section, else with a block of
// text, else with a sentence, and within a sentence only when that is longer than a
// page. It takes time in proportion to the article.
func Paginate(a *article.Article) []PageRange {
	c := newCutter(a)
	var pages []PageRange
	add := func(section, end int) {
		for c.at < end {
			from := c.at
			c.at = c.next(end)
			pages = append(pages, PageRange{section, article.Range{Start: from, End: c.at}})
		}
	}
	for i, s := range a.Sections {
		if s.Len() > 0 {
			add(i, s.End)
		}
	}
	if n := len(pages); n > 0 && pageText(a.Canonical[c.at:]) == "" {
		pages[n-1].Range.End = len(a.Canonical)
		return pages
	}
	add(max(0, len(a.Sections)-1), len(a.Canonical))
	return pages
}

// cutter cuts a text from its beginning to its end.
type cutter struct {
	text      string
	at        int   // where the next page begins
	blocks    []int // where blocks begin
	sentences []int // where sentences begin
}

func newCutter(a *article.Article) *cutter {
	c := &cutter{text: a.Canonical}
	for _, b := range a.Blocks {
		c.blocks = append(c.blocks, b.Start)
		for _, s := range b.Sentences {
			c.sentences = append(c.sentences, s.Start)
		}
	}
	c.sentences = append(c.sentences, c.blocks...)
	slices.Sort(c.blocks)
	slices.Sort(c.sentences)
	return c
}

// next returns where the page that begins at c.at ends, at or before end.
func (c *cutter) next(end int) int {
	if c.fits(end) {
		return end
	}
	if cut, ok := c.last(c.blocks); ok && pageSize(c.text[c.at:cut]) >= pageRoom/2 {
		return cut
	}
	if cut, ok := c.last(c.sentences); ok {
		return cut
	}
	rest := c.text[c.at:c.reach(end)]
	for _, ends := range [][]int{wordEnds(rest), graphemeEnds(rest)} {
		for i := range ends {
			ends[i] += c.at
		}
		if cut, ok := c.last(ends); ok {
			return cut
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	return c.at + n
}

// last returns the last of the places behind c.at up to which a page holds the text.
func (c *cutter) last(places []int) (int, bool) {
	places = places[sort.SearchInts(places, c.at+1):]
	n := sort.Search(len(places), func(i int) bool { return !c.fits(places[i]) })
	if n == 0 {
		return 0, false
	}
	return places[n-1], true
}

// reach is where the text ends of which a page can be a part, at or before end.
func (c *cutter) reach(end int) int {
	if most := c.at + maxBytes(pageRoom); most < end {
		return floorRune(c.text, most)
	}
	return end
}

// fits reports whether a page holds the text from c.at to a place.
func (c *cutter) fits(to int) bool {
	return to-c.at <= maxBytes(pageRoom) && pageSize(c.text[c.at:to]) <= pageRoom
}

// maxBytes is more than a text of n characters has in bytes, with white space around.
func maxBytes(n int) int { return 3*n + 64 }

func floorRune(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// pageText is a piece of an article as a page shows it, without the line breaks
// before it and the white space after it.
func pageText(s string) string { return strings.TrimRight(strings.TrimLeft(s, "\n"), " \t\n") }

func pageSize(s string) int { return size(blockQuote(Escape(pageText(s)))) }
