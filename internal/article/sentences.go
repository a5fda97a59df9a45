package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// maxSentence bounds one sentence in bytes, so that an excerpt, which is made of
// whole sentences, can be bounded too. Longer ones are split at a clause or a word.
const maxSentence = 1000

// sentencesOf returns the sentences of a part as ranges of the canonical text.
// The first sentence of a list item includes its marker; a table row and a block
// of code are one sentence.
func sentencesOf(text string, p part) []Range {
	var whole []Range
	if p.kind == TableRow || p.kind == Code {
		whole = []Range{p.Range}
	} else {
		whole = joinAbbreviations(text, segment(text, Range{p.prose, p.End}))
	}
	var found []Range
	for i, r := range whole {
		if i == 0 {
			r.Start = p.Start
		}
		for r = trim(text, r); r.Len() > maxSentence; r = trim(text, r) {
			cut := r.Start + cutPoint(text[r.Start:r.End])
			found = appendTrimmed(found, text, Range{r.Start, cut})
			r.Start = cut
		}
		found = appendTrimmed(found, text, r)
	}
	return found
}

func appendTrimmed(found []Range, text string, r Range) []Range {
	if r = trim(text, r); r.Len() > 0 {
		found = append(found, r)
	}
	return found
}

// segment applies the sentence boundaries of Unicode Standard Annex 29.
func segment(text string, r Range) []Range {
	var found []Range
	for it := sentences.FromString(maskSymbols(text[r.Start:r.End])); it.Next(); {
		found = append(found, Range{r.Start + it.Start(), r.Start + it.End()})
	}
	return found
}

// maxSymbols bounds a run without letters and digits, in bytes.
const maxSymbols = 64

// maskSymbols puts letters in the place of what exceeds maxSymbols, since the
// segmenter needs quadratic time for a run of closing marks. Offsets stay.
func maskSymbols(s string) string {
	var masked []byte
	start := 0
	for i, r := range s {
		switch {
		case isWordRune(r):
			start = i + utf8.RuneLen(r)
		case i >= start+maxSymbols:
			if masked == nil {
				masked = []byte(s)
			}
			for j := range utf8.RuneLen(r) {
				masked[i+j] = 'A'
			}
		}
	}
	if masked == nil {
		return s
	}
	return string(masked)
}

// trim takes white space off both ends.
func trim(text string, r Range) Range {
	s := text[r.Start:r.End]
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	return Range{r.Start + left, r.Start + left + len(strings.TrimSpace(s[left:]))}
}

// clauseMarks end a clause in the scripts that have such marks.
const clauseMarks = "\n,;:，；：、،؛—"

// cutPoint finds where to split a text of more than maxSentence bytes: behind the
// last clause mark of its second half, else behind its last white space, else
// before a character that no mark belongs to.
func cutPoint(s string) int {
	head := s[:boundaryBefore(s, maxSentence)]
	half := boundaryBefore(s, maxSentence/2)
	if i := strings.LastIndexAny(head[half:], clauseMarks); i >= 0 {
		_, n := utf8.DecodeRuneInString(head[half+i:])
		return half + i + n
	}
	if i := strings.LastIndexFunc(head[half:], unicode.IsSpace); i >= 0 {
		_, n := utf8.DecodeRuneInString(head[half+i:])
		return half + i + n
	}
	return len(head)
}

// boundaryBefore returns the start of the last base character at or before limit.
// A text of nothing but marks is cut between two of them.
func boundaryBefore(s string, limit int) int {
	for !utf8.RuneStart(s[limit]) {
		limit--
	}
	for i := limit; i > 0; {
		if r, _ := utf8.DecodeRuneInString(s[i:]); !unicode.IsMark(r) {
			return i
		}
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
	}
	return limit
}
