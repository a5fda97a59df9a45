package library

import (
	"strings"
	"unicode"
)

// Words returns the words of a text in lower case, without punctuation. In scripts that
// have no spaces each character counts as one.
func Words(text string) []string {
	var words []string
	for run := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}) {
		start, wasAlone := 0, false
		for i, r := range run {
			alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
			if i > start && (alone || wasAlone) {
				words = append(words, run[start:i])
				start = i
			}
			wasAlone = alone
		}
		words = append(words, run[start:])
	}
	return words
}

// SameWords reports whether two texts differ in case and white space alone.
func SameWords(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
