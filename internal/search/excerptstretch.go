package search

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/internal/article"
)

// line is one sentence of a stretch; a table row and a block of code are one each.
type line struct {
	article.Range
	block int // into article.Blocks
	kind  article.BlockKind
	score float64 // 0 outside the passage
}

// listed reports whether the line belongs to a list or a table.
func (l line) listed() bool { return l.kind == article.ListItem || l.kind == article.TableRow }

// stretch is the sentences of one section that an excerpt around the best one can
// reach. It holds no heading, since headings part sections.
type stretch struct {
	text     string // canonical
	lines    []line
	blocks   []article.Block
	best     int // into lines
	from, to int // the passage's own lines: from is the first, to is behind the last
}

// stretchAround returns the stretch of the best sentence of a passage.
func stretchAround(s scored) stretch {
	a, sentences := s.passage.article, s.passage.source().Sentences
	middle := sentences[s.sentence]
	const reach = excerptLimit * utf8.UTFMax
	st := stretch{text: a.Canonical, blocks: a.Blocks, lines: make([]line, 0, 16)}
	number := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].Start > middle.Start }) - 1
	section := a.Blocks[number].Section
	low, start, end := number, middle.Start-reach, middle.End+reach
	for low > 0 && a.Blocks[low-1].Section == section && a.Blocks[low-1].End > start {
		low--
	}
	for i := low; i < len(a.Blocks) && a.Blocks[i].Section == section && a.Blocks[i].Start < end; i++ {
		st.lines = appendLines(st.lines, a.Blocks[i], i, article.Range{Start: start, End: end})
	}
	st.place(middle, s)
	return st
}

// appendLines appends the sentences of a block that touch a range.
func appendLines(lines []line, b article.Block, number int, within article.Range) []line {
	first := sort.Search(len(b.Sentences), func(i int) bool { return b.Sentences[i].End > within.Start })
	for _, r := range b.Sentences[first:] {
		if r.Start >= within.End {
			break
		}
		lines = append(lines, line{Range: r, block: number, kind: b.Kind})
	}
	return lines
}

// place finds the passage among the lines and gives them their scores.
func (st *stretch) place(middle article.Range, s scored) {
	st.best = sort.Search(len(st.lines)-1, func(i int) bool { return st.lines[i].Start >= middle.Start })
	st.from = max(0, st.best-s.sentence)
	st.to = min(len(st.lines), st.best-s.sentence+len(s.sentences))
	for i := st.from; i < st.to; i++ {
		st.lines[i].score = s.sentences[i-st.best+s.sentence]
	}
}

// fits reports whether the lines from first to last have at most limit characters.
func (st *stretch) fits(first, last, limit int) bool {
	return utf8.RuneCountInString(st.text[st.lines[first].Start:st.lines[last].End]) <= limit
}

// top returns the highest score among the lines from first to last.
func (st *stretch) top(first, last int) float64 {
	top := st.lines[first].score
	for _, l := range st.lines[first+1 : last+1] {
		top = max(top, l.score)
	}
	return top
}

// words returns the text of a line.
func (st *stretch) words(i int) string { return st.text[st.lines[i].Start:st.lines[i].End] }

// leans reports whether a line cannot be understood without the one before: it
// points back, or answers a question. What opens a list item, a row or a block of
// code does not, nor does a paragraph in lower case.
func (st *stretch) leans(i int) bool {
	l, opens := st.lines[i], i == 0 || st.lines[i-1].block != st.lines[i].block
	first, _ := utf8.DecodeRuneInString(st.words(i))
	if l.kind == article.Code || opens && (l.listed() || unicode.IsLower(first)) {
		return false
	}
	return opensElsewhere.MatchString(st.words(i)) || i > 0 && st.asks(i-1) && !st.asks(i)
}

// asks reports whether a line is a question.
func (st *stretch) asks(i int) bool {
	last, _ := utf8.DecodeLastRuneInString(st.words(i))
	return last == '?' || last == '？'
}

// introduces reports whether a line leads to what follows it: it ends in a colon,
// it asks, or it is a paragraph that reads as a heading.
func (st *stretch) introduces(i int) bool {
	if k := st.lines[i].kind; k == article.Code || k == article.TableRow {
		return false
	}
	words := strings.TrimRight(st.words(i), `"'”’»)]*_ `)
	last, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(":：?？", last) || st.titled(i, last)
}

// titleWords is how many words a paragraph that reads as a heading has at most.
const titleWords = 8

// titled reports whether a line that ends in this character is a short paragraph
// of its own without a full stop.
func (st *stretch) titled(i int, last rune) bool {
	b := st.blocks[st.lines[i].block]
	return b.Kind == article.Paragraph && len(b.Sentences) == 1 &&
		(unicode.IsLetter(last) || unicode.IsDigit(last)) && len(strings.Fields(st.words(i))) <= titleWords
}

// item returns the lines of the list item or row around a line; any other line
// stands for itself.
func (st *stretch) item(i int) (first, last int) {
	first, last = i, i
	if !st.lines[i].listed() {
		return first, last
	}
	for first > 0 && st.lines[first-1].block == st.lines[i].block {
		first--
	}
	for last+1 < len(st.lines) && st.lines[last+1].block == st.lines[i].block {
		last++
	}
	return first, last
}

// list returns the lines of the list or table around a line. Two lists have an
// empty line between them.
func (st *stretch) list(i int) (first, last int) {
	first, last = i, i
	for first > 0 && st.joined(first-1) {
		first--
	}
	for last+1 < len(st.lines) && st.joined(last) {
		last++
	}
	return first, last
}

// joined reports whether a line and the next belong to the same list.
func (st *stretch) joined(i int) bool {
	a, b := st.lines[i], st.lines[i+1]
	return a.listed() && b.listed() && strings.Count(st.text[a.End:b.Start], "\n") < 2
}
