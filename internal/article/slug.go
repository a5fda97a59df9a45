package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of a slug in bytes.
const maxSlug = 80

// slugOf makes the short name of an article from its title: in compatibility
// form (NFKC), in lower case, letters and digits of any script joined by "-".
// Latin and Greek letters lose their accents, so that the name can be typed; in
// other scripts a mark makes another letter or a vowel, and stays. A title
// without any letter gives a name from the revision.
func slugOf(title string, r Revision) string {
	var b strings.Builder
	gap, base := false, ' '
	for _, c := range norm.NFKD.String(title) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap, base = false, c
			b.WriteRune(unicode.ToLower(c))
		case !unicode.IsMark(c):
			gap = true
		case !gap && unicode.IsLetter(base) && !unicode.In(base, unicode.Latin, unicode.Greek):
			b.WriteRune(c)
		}
	}
	if b.Len() == 0 {
		return "article-" + string(r[:8])
	}
	return shortenSlug(norm.NFC.String(b.String()))
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
