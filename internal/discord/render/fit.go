package render

import (
	"sort"
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
)

const ellipsis = "…"

// size counts text as the strictest of Discord's clients does, in UTF-16 code
// units. It is never less than the number of characters.
func size(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// fit escapes text and, when the result exceeds limit, cuts the text after a
// whole word, or a whole character when the first word alone is too long, and
// marks the cut. It is for labels, notices and biographies, never for quotes.
func fit(text string, limit int) string {
	return shorten(text, limit, Escape)
}

// fitPlain is fit for places where Discord reads no Markdown.
func fitPlain(text string, limit int) string {
	return shorten(text, limit, func(s string) string { return s })
}

func shorten(text string, limit int, form func(string) string) string {
	text = strings.TrimSpace(undirected(text))
	if whole := form(text); size(whole) <= limit {
		return whole
	}
	if limit <= size(ellipsis) {
		return ""
	}
	cut := longest(text, wordEnds(text), limit, form)
	if cut == "" {
		cut = longest(text, graphemeEnds(text), limit, form)
	}
	return cut + ellipsis
}

// longest returns the formed prefix of text up to the last of the ends that
// leaves room for the ellipsis, or "".
func longest(text string, ends []int, limit int, form func(string) string) string {
	formed := func(i int) string { return form(strings.TrimSpace(text[:ends[i]])) }
	tooLong := sort.Search(len(ends), func(i int) bool { return size(formed(i))+size(ellipsis) > limit })
	if tooLong == 0 {
		return ""
	}
	return formed(tooLong - 1)
}

func wordEnds(text string) []int {
	var ends []int
	for tokens := words.FromString(text); tokens.Next(); {
		ends = append(ends, tokens.End())
	}
	return ends
}

func graphemeEnds(text string) []int {
	var ends []int
	for tokens := graphemes.FromString(text); tokens.Next(); {
		ends = append(ends, tokens.End())
	}
	return ends
}

// undirected removes the controls that change the direction of the text after them,
// which would reach into our own words. Marks of a direction, which have no reach,
// stay.
//
// Source: Unicode Standard Annex #9, "Directional Formatting Characters".
func undirected(s string) string {
	return strings.Map(func(r rune) rune {
		if '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}
