package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain brings a text into the form in which texts are compared: lower case, no
// accents, no apostrophes, and one space for whatever is neither letter nor digit.
func plain(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = utf8.AppendRune(out, unicode.ToLower(r))
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		case len(out) > 0 && out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	return strings.TrimSuffix(string(out), " ")
}

// stem takes the common English endings off a plain word: those of the plural, of
// the past, and -ing. Beginnings of words are compared anyway, so that no more is
// needed for a word to find its other forms.
func stem(word string) string {
	switch {
	case len(word) < 4:
		return word
	case strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is"):
		return ending(word[:len(word)-1])
	}
	return ending(word)
}

// ending takes -ing, -ed and -e off a word that is long enough.
func ending(word string) string {
	for _, suffix := range [...]string{"ing", "ed"} {
		if rest, ok := strings.CutSuffix(word, suffix); ok && len(rest) >= 3 {
			return single(rest)
		}
	}
	if len(word) > 3 {
		return strings.TrimSuffix(word, "e")
	}
	return word
}

// single turns a doubled last consonant into one: stopp, from stopped.
func single(word string) string {
	n := len(word)
	if word[n-1] == word[n-2] && !strings.ContainsRune("aeiouls", rune(word[n-1])) {
		return word[:n-1]
	}
	return word
}

func stems(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = stem(w)
	}
	return all
}
