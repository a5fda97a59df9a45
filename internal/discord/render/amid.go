package render

import (
	"sort"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"verbatim/internal/article"
)

// amid shows a quote in bold within as much of the text before and after it as a
// number of characters holds. It is longer only when the quote alone is.
func amid(quote, before, after string, limit int) string {
	alone := bolded("", quote, "")
	if size(alone) > limit {
		return blockQuote(Escape(quote))
	}
	before, after = strings.TrimLeft(before, " \t\n"), strings.TrimRight(after, " \t\n")
	const meeting = 16 // for the backslashes that are needed only where two texts meet
	room := limit - size(alone) - meeting
	first := tailOf(before, max(room/2, room-cost(after)))
	last := headOf(after, room-cost(first))
	if whole := bolded(first, quote, last); size(whole) <= limit {
		return whole
	}
	return alone
}

// bolded quotes three texts in a row, the one in the middle in bold.
func bolded(before, text, after string) string {
	piece := article.Range{Start: len(before), End: len(before) + len(text)}
	return blockQuote(embolden(before+text+after, piece))
}

// cost is how many characters a text takes within a block quote.
func cost(s string) int { return size(blockQuote(Escape(s))) - len("> ") }

// headOf returns the beginning of a text that costs no more than limit, up to the
// end of a sentence, or of a word when not even one sentence fits, with a mark where
// it is cut.
func headOf(text string, limit int) string {
	if fitting(text, limit) {
		return text
	}
	const mark = " " + ellipsis
	text = text[:floorRune(text, min(len(text), maxBytes(max(0, limit))))]
	for _, ends := range [][]int{sentenceEnds(text), wordEnds(text)} {
		n := sort.Search(len(ends), func(i int) bool { return cost(text[:ends[i]])+size(mark) > limit })
		if n == 0 {
			continue
		}
		if head := strings.TrimRight(text[:ends[n-1]], " \t\n"); head != "" {
			return head + mark
		}
	}
	return ""
}

// tailOf is headOf for the end of a text.
func tailOf(text string, limit int) string {
	if fitting(text, limit) {
		return text
	}
	const mark = ellipsis + " "
	text = text[floorRune(text, max(0, len(text)-maxBytes(max(0, limit)))):]
	for _, ends := range [][]int{sentenceEnds(text), wordEnds(text)} {
		n := sort.Search(len(ends), func(i int) bool { return cost(text[ends[i]:])+size(mark) <= limit })
		if n == len(ends) {
			continue
		}
		if tail := strings.TrimLeft(text[ends[n]:], " \t\n"); tail != "" {
			return mark + tail
		}
	}
	return ""
}

func fitting(text string, limit int) bool {
	return len(text) <= maxBytes(max(0, limit)) && cost(text) <= limit
}

// sentenceEnds returns where the sentences of a text end, with the white space after.
func sentenceEnds(text string) []int {
	var ends []int
	for tokens := sentences.FromString(text); tokens.Next(); {
		ends = append(ends, tokens.End())
	}
	return ends
}
