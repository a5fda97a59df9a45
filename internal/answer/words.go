package answer

import (
	"strings"
	"unicode"
)

// plainWords returns text in lower case with apostrophes removed and everything
// that is not a letter or a digit turned into single spaces.
func plainWords(text string) string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// squeeze shortens runs of one letter to a single one: "heyyy" to "hey".
func squeeze(word string) string {
	var b strings.Builder
	var last rune
	for _, r := range word {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
