package search

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/internal/article"
)

// wholeShare is the share of the best piece's worth from which the start of an
// overlong sentence is quoted rather than a piece from its middle.
const wholeShare = 0.9

// clauseEnd recognises the end of a clause, in the scripts that have such marks.
var clauseEnd = regexp.MustCompile(`[,;:—–]\s+|\s+[-–—]\s+|[，、；：،؛]\s*`)

// cut returns the piece of an overlong sentence, at most excerptLimit characters
// from one clause or word to another, that holds most of the question; its start
// when that holds nearly as much.
func (m *meter) cut(text string, r article.Range) article.Range {
	best := article.Range{Start: r.Start, End: fitEnd(text, r.Start, r.End)}
	top := m.worth(text, best) / wholeShare
	for _, start := range clauseStarts(text, r) {
		piece := article.Range{Start: start, End: fitEnd(text, start, r.End)}
		if worth := m.worth(text, piece); piece.Len() > 0 && worth > top {
			best, top = piece, worth
		}
	}
	return best
}

// worth returns the coverage by a piece of text, with what the kind of question
// asks for.
func (m *meter) worth(text string, r article.Range) float64 {
	piece := text[r.Start:r.End]
	return m.withCue(m.coverage(m.heldBy(m.index.lookup(piece))), m.query.kind.fit(cuesOf(piece)))
}

func (x *Index) lookup(text string) []int32 {
	terms := x.analyzer.terms(text)
	ids := make([]int32, len(terms))
	for i, t := range terms {
		ids[i] = x.corpus.id(t)
	}
	return ids
}

// clauseStarts returns where the clauses of a range start, but for the first.
func clauseStarts(text string, r article.Range) []int {
	var starts []int
	for _, m := range clauseEnd.FindAllStringIndex(text[r.Start:r.End], -1) {
		if at := r.Start + m[1]; m[0] > 0 && at < r.End {
			starts = append(starts, at)
		}
	}
	return starts
}

// fitEnd returns the end of the longest piece from start within the limit that
// ends at a clause, else at a word, else at a character.
func fitEnd(text string, start, end int) int {
	limit := start + offsetOf(text[start:end], excerptLimit)
	if limit == end {
		return end
	}
	piece := text[start:limit]
	if ends := clauseEnd.FindAllStringIndex(piece, -1); len(ends) > 0 && ends[len(ends)-1][0] > len(piece)/2 {
		return start + ends[len(ends)-1][0]
	}
	if i := strings.LastIndexFunc(piece, unicode.IsSpace); i > 0 {
		return start + len(strings.TrimRightFunc(piece[:i], unicode.IsSpace))
	}
	return start + beforeMarks(text[start:end], limit-start)
}

// offsetOf returns the offset of the n-th character, the length when there are
// not so many.
func offsetOf(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// beforeMarks moves a cut before a character whose marks it would take off.
func beforeMarks(text string, at int) int {
	for i := at; i > 0; {
		if r, _ := utf8.DecodeRuneInString(text[i:]); !unicode.IsMark(r) {
			return i
		}
		_, n := utf8.DecodeLastRuneInString(text[:i])
		i -= n
	}
	return at
}
