package safety

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word, number, pictograph or ideograph of a view.
type token struct {
	text       string
	start, end int     // byte offsets in the view
	breaks     bool    // a clause ends before this token
	number     float64 // meaningful when isNumber
	isNumber   bool
}

// class is the kind of a rune, by which text is cut into tokens.
type class uint8

const (
	separator class = iota
	clauseEnd
	letter
	digit
	pictograph
	ideograph // a character of a script that is written without spaces
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case r == longVowel, unicode.In(r, unspacedScripts...):
		return ideograph
	case unicode.IsLetter(r), unicode.Is(unicode.M, r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.Is(unicode.So, r):
		return pictograph
	}
	return separator
}

// unspacedScripts are written without spaces between words. Each of their
// characters is a token, and a phrase of several is found wherever they stand
// side by side.
var unspacedScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// longVowel is the sign of Japanese that belongs to no script.
const longVowel = 'ー'

func asciiClass(c byte) class {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		return letter
	case '0' <= c && c <= '9':
		return digit
	}
	switch c {
	case '.', ',', ';', ':', '!', '?', '\n', '(', ')':
		return clauseEnd
	}
	return separator
}

// tokenize cuts a view into runs of letters, numbers (with their decimals) and
// single pictographs or ideographs. "6hrs" is two tokens, so that units can be written apart
// from numbers. It is linear in the length of the text.
func tokenize(text string) []token {
	tokens := make([]token, 0, len(text)/4+1)
	breaks := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind := classOf(r)
		if kind == separator || kind == clauseEnd {
			breaks = breaks || kind == clauseEnd
			i += size
			continue
		}
		end := i + size
		if kind == letter || kind == digit {
			end = runEnd(text, end, kind)
		}
		tokens = append(tokens, newToken(text, i, end, kind, breaks))
		breaks, i = false, end
	}
	return tokens
}

// runEnd returns the end of the run of runes of one kind; a digit run takes one
// decimal point or comma that stands between digits.
func runEnd(text string, end int, kind class) int {
	pointed := false
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if k := classOf(r); k != kind {
			next := end + size
			isPoint := kind == digit && !pointed && (r == '.' || r == ',') &&
				next < len(text) && classOf(rune(text[next])) == digit
			if !isPoint {
				return end
			}
			pointed = true
		}
		end += size
	}
	return end
}

func newToken(text string, start, end int, kind class, breaks bool) token {
	t := token{text: text[start:end], start: start, end: end, breaks: breaks}
	if kind == digit {
		n, err := strconv.ParseFloat(strings.Replace(t.text, ",", ".", 1), 64)
		t.number, t.isNumber = n, err == nil
		return t
	}
	t.number, t.isNumber = numberWords[t.text], numberWords[t.text] > 0
	return t
}

// numberWords are the numbers that people spell out.
var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
	"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}
