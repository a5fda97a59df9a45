package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wording is the words of a text without case, punctuation and endings.
type wording struct {
	set  map[string]bool
	line string // in order, with "." between sentences and at both ends
}

func newWording(text string) wording {
	w := wording{set: make(map[string]bool, len(text)/8)}
	var b strings.Builder
	b.Grow(len(text) + 8)
	b.WriteString(" . ")
	for word := range scan(plain(text)) {
		if word != "." {
			word = stem(word)
			w.set[word] = true
		}
		b.WriteString(word)
		b.WriteByte(' ')
	}
	w.line = strings.TrimSuffix(strings.TrimRight(b.String(), " "), " .") + " . "
	return w
}

// repeats reports whether two texts say the same words, or one is whole
// sentences of the other, to somebody who asked for these words.
func (w wording) repeats(other wording, asked map[string]bool) bool {
	if min(len(w.set), len(other.set)) < duplicateWords || !sameOf(asked, w.set, other.set) {
		return false
	}
	if strings.Contains(w.line, other.line) || strings.Contains(other.line, w.line) {
		return true
	}
	shared, tells := 0, false
	for word := range w.set {
		if other.set[word] {
			shared++
		} else {
			tells = tells || tellsApart(word)
		}
	}
	for word := range other.set {
		tells = tells || !w.set[word] && tellsApart(word)
	}
	return !tells && float64(shared) >= duplicateJaccard*float64(len(w.set)+len(other.set)-shared)
}

// sameOf reports whether a and b hold the same of the words asked for.
func sameOf(asked, a, b map[string]bool) bool {
	for word := range asked {
		if a[word] != b[word] {
			return false
		}
	}
	return true
}

// scan yields the words of plain text: runs of letters, numbers with the points
// and commas inside them, and alone the signs "%", "°" and the stop. A word may
// begin with "=".
func scan(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(text); {
			n := wordLength(text[i:])
			switch {
			case n > 0 && !yield(text[i:i+n]):
				return
			case n > 0:
				i += n
			default:
				_, size := utf8.DecodeRuneInString(text[i:])
				i += size
			}
		}
	}
}

// wordLength returns the length of the word or the sign at the front of text, in
// bytes, or 0.
func wordLength(text string) int {
	if c := text[0]; 'a' <= c && c <= 'z' {
		return 1 + lettersLength(text[1:])
	}
	first, size := utf8.DecodeRuneInString(text)
	switch {
	case first == '%' || first == '°' || first == '.':
		return size
	case isDigit(first):
		return numberLength(text)
	case first == '=' || isLetter(first):
		return size + lettersLength(text[size:])
	}
	return 0
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func lettersLength(text string) int {
	plain := 0
	for plain < len(text) && 'a' <= text[plain] && text[plain] <= 'z' {
		plain++
	}
	if n := strings.IndexFunc(text[plain:], func(r rune) bool { return !isLetter(r) }); n >= 0 {
		return plain + n
	}
	return len(text)
}

func numberLength(text string) int {
	for i := range len(text) {
		inside := (text[i] == '.' || text[i] == ',') && i+1 < len(text) && isDigit(rune(text[i+1]))
		if !inside && !isDigit(rune(text[i])) {
			return i
		}
	}
	return len(text)
}

// plain returns text in lower case, contractions of "not" written out, and every
// end of a sentence as a stop.
func plain(text string) string {
	lower := strings.ToLower(text)
	if !mayHavePlainForm(lower) {
		return lower
	}
	return plainForms.Replace(lower)
}

// mayHavePlainForm is a quick look for what plainForms replaces.
func mayHavePlainForm(lower string) bool {
	for i := range len(lower) {
		switch lower[i] {
		case '\'', '!', '?', ';', "’"[0]:
			return true
		}
	}
	return strings.Contains(lower, "cannot") || strings.Contains(lower, "per cent")
}

var plainForms = strings.NewReplacer(
	"can't", "can not", "can’t", "can not", "cannot", "can not", "won't", "will not", "won’t", "will not",
	"n't", " not", "n’t", " not", "'s", "", "’s", "", "’", "'", "!", ".", "?", ".", ";", ".", "per cent", "percent",
)

// wordsOf returns the stems of a text as a set.
func wordsOf(text string) map[string]bool { return newWording(text).set }

// stem takes the commonest English endings off a lower-case word. It is light on
// purpose: two words with one stem must mean the same in two articles.
func stem(word string) string {
	switch n := len(word); {
	case n > 4 && strings.HasSuffix(word, "ies"):
		word = word[:n-3] + "y"
	case n > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is"):
		word = word[:n-1]
	case n > 5 && strings.HasSuffix(word, "ing"):
		word = undouble(word[:n-3])
	case n > 4 && strings.HasSuffix(word, "ed"):
		word = undouble(word[:n-2])
	}
	if len(word) > 3 {
		word = strings.TrimSuffix(word, "e")
	}
	return word
}

func undouble(word string) string {
	if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 's' && word[n-1] != 'l' {
		return word[:n-1]
	}
	return word
}
