package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A block is a run of lines without a blank line among them.
type block struct {
	lines   []line
	heading bool
}

func (b block) text() string {
	texts := make([]string, len(b.lines))
	for i, l := range b.lines {
		texts[i] = l.text
	}
	return strings.Join(texts, " ")
}

func (b block) isList() bool { return len(b.lines) > 0 && listItem.MatchString(b.lines[0].text) }

// group splits lines at the blank ones.
func group(lines []line) []block {
	var blocks []block
	open := block{}
	for _, l := range append(lines, line{}) {
		if l.text != "" {
			open.lines = append(open.lines, l)
			continue
		}
		if len(open.lines) > 0 {
			blocks = append(blocks, splitParagraphs(open)...)
		}
		open = block{}
	}
	return blocks
}

// splitParagraphs tells a wrapped paragraph, whose lines are joined, from text
// that has one paragraph on each line: there every line is long and complete.
func splitParagraphs(b block) []block {
	long := 0
	for _, l := range b.lines {
		long += utf8.RuneCountInString(l.text)
		if !strings.ContainsAny(l.text[len(l.text)-1:], `.?!:"`) {
			return []block{b}
		}
	}
	if long < 100*len(b.lines) {
		return []block{b}
	}
	var blocks []block
	for _, l := range b.lines {
		blocks = append(blocks, block{lines: []line{l}})
	}
	return blocks
}

// maxHeadings is how many headings may follow one another; more of them are the
// items of a list that has lost its marks.
const maxHeadings = 2

// markHeadings decides which blocks are headings. A heading has text below it.
func markHeadings(blocks []block) []block {
	run := 0
	for i := range blocks {
		if !looksLikeHeading(blocks[i]) {
			run = 0
			continue
		}
		length := candidates(blocks[i:])
		run++
		atEnd := i+length == len(blocks)
		blocks[i].heading = !atEnd && (run == 1 || run+length-1 <= maxHeadings)
	}
	return blocks
}

// candidates counts the blocks at the start that look like headings.
func candidates(blocks []block) int {
	n := 0
	for n < len(blocks) && looksLikeHeading(blocks[n]) {
		n++
	}
	return n
}

var (
	atxHeading = regexp.MustCompile(`^#{1,6} +\S`)
	question   = regexp.MustCompile(`^(?:What|Why|How|When|Who|Where|Which|Is|Are|Can|Does|Do|Should|Will)\b`)
)

const (
	maxHeadingBytes = 100
	maxHeadingWords = 12
	maxPlainWords   = 6 // of a heading that is not in title case
)

// looksLikeHeading accepts a short line on its own that starts with a capital
// and has no full stop: in title case, a question, or very short.
func looksLikeHeading(b block) bool {
	if len(b.lines) != 1 {
		return false
	}
	s := b.lines[0].text
	if atxHeading.MatchString(s) {
		return true
	}
	words := strings.Fields(s)
	if len(s) > maxHeadingBytes || len(words) > maxHeadingWords || b.isList() || !startsLikeHeading(s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case last == '?':
		return inTitleCase(words) || question.MatchString(s)
	case unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')':
		return inTitleCase(words) || len(words) <= maxPlainWords
	}
	return false
}

func startsLikeHeading(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) || unicode.IsDigit(first) || unicode.IsLetter(first) && !unicode.IsLower(first)
}

// inTitleCase reports whether all words of four letters and more are capitalised.
func inTitleCase(words []string) bool {
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(first) && utf8.RuneCountInString(w) >= 4 && !smallWord(w) {
			return false
		}
	}
	return true
}

// smallWord tells the longer words that title case leaves in lower case.
func smallWord(w string) bool {
	switch w {
	case "from", "with", "into", "over", "than", "that", "upon", "after", "before", "without":
		return true
	}
	return false
}
