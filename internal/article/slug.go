package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of a slug in bytes.
const maxSlug = 80

// slugOf makes the short name of an article from its title: decomposed (NFKD),
// without marks, in lower case, letters and digits of any script joined by "-".
// A title without any gives a name from the revision.
func slugOf(title string, r Revision) string {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFKD.String(title) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(c))
		case !unicode.IsMark(c):
			gap = true
		}
	}
	if b.Len() == 0 {
		return "article-" + string(r[:8])
	}
	return shortenSlug(b.String())
}

// shortenSlug cuts before a word where that keeps at least half of the length,
// otherwise before a character.
func shortenSlug(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	end := maxSlug
	for !utf8.RuneStart(s[end]) {
		end--
	}
	if s[end] == '-' {
		return s[:end]
	}
	if i := strings.LastIndexByte(s[:end], '-'); i >= maxSlug/2 {
		end = i
	}
	return strings.TrimRight(s[:end], "-")
}
