package safety

import (
	"slices"
	"strings"
)

// eachToken rewrites the words of a text; rewrite reports whether it has changed one.
func eachToken(text string, rewrite func(word string) (string, bool)) string {
	var b strings.Builder
	done := 0
	for _, t := range tokenize(text) {
		if asciiClass(t.text[0]) != letter {
			continue
		}
		if other, changed := rewrite(t.text); changed {
			b.WriteString(text[done:t.start])
			b.WriteString(other)
			done = t.end
		}
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// strange reports whether a text has a word that neither the rules nor an English
// dictionary know. Most messages have none, and need no respelling.
func (v *vocabulary) strange(text string) bool {
	for _, t := range tokenize(text) {
		if len(t.text) >= minSkeleton-1 && asciiClass(t.text[0]) == letter && !v.knows(t.text) && !v.spelling.isWord(t.text) {
			return true
		}
	}
	return false
}

// corrected puts right one wrong, missing, extra or swapped letter in the long
// words of the rules: "prosttae", "ovredose", "cathter".
func (v *vocabulary) corrected(text string) string {
	return eachToken(text, func(word string) (string, bool) {
		if v.knows(word) || v.spelling.isWord(word) {
			return "", false
		}
		if right, ok := v.spelling.correct(word); ok {
			return right, true
		}
		return v.unswapped(word)
	})
}

// minUnswapped is the fewest letters of a word in which swapped ones are put right.
const minUnswapped = 4

// unswapped looks for a word of the rules, however short, in which two neighbouring
// letters changed places: "wkae".
func (v *vocabulary) unswapped(word string) (string, bool) {
	if len(word) < minUnswapped || len(word) >= minCorrected || !onlyLetters(word) {
		return "", false
	}
	letters := []byte(word)
	for i := range len(letters) - 1 {
		letters[i], letters[i+1] = letters[i+1], letters[i]
		if _, known := v.words[string(letters)]; known {
			return string(letters), true
		}
		letters[i], letters[i+1] = letters[i+1], letters[i]
	}
	return "", false
}

// minSkeleton is the fewest consonants by which a word is told from others.
const minSkeleton = 4

// revowelled fills in the vowels of a long word of the rules that was written
// without them, where only one has its consonants: "prstt", "ctstrphc".
func (v *vocabulary) revowelled(text string) string {
	return eachToken(text, func(word string) (string, bool) {
		if len(word) < minSkeleton || len(word) > maxCorrected || strings.ContainsAny(word, "aeiou") || !onlyLetters(word) || v.knows(word) {
			return "", false
		}
		full := v.spelling.skeletons[skeleton(word)]
		return full, full != ""
	})
}

// undoubled takes back letters that were doubled, or writes double ones that were
// not, where only one long word of the rules can be meant: "ssuuiicciiddee".
func (v *vocabulary) undoubled(text string) string {
	return eachToken(text, func(word string) (string, bool) {
		if len(word) < minCorrected || !onlyLetters(word) || v.knows(word) || v.spelling.isWord(word) {
			return "", false
		}
		plain := undouble(word)
		if full := v.spelling.undoubled[plain]; full != "" {
			return full, true
		}
		return plain, plain != word && len(plain) >= minCorrected && v.knows(plain)
	})
}

// maxPieces bounds the pieces that a word is put back together from.
const maxPieces = 4

// rejoined puts long words of the rules back together that were cut in pieces:
// "sui cide", "over-dose". One piece at least must be no word by itself.
func (v *vocabulary) rejoined(text string) string {
	tokens := tokenize(text)
	var b strings.Builder
	done := 0
	for i := 0; i < len(tokens); i++ {
		end, word := v.piecesAt(tokens, i)
		if end == 0 {
			continue
		}
		b.WriteString(text[done:tokens[i].start])
		b.WriteString(word)
		done = tokens[end-1].end
		i = end - 1
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// piecesAt returns the word that begins with token i and takes the most pieces,
// and the token after it; 0 when there is none.
func (v *vocabulary) piecesAt(tokens []token, i int) (end int, word string) {
	if asciiClass(tokens[i].text[0]) != letter {
		return 0, ""
	}
	whole, strange := tokens[i].text, !v.knows(tokens[i].text)
	for next := i + 1; next < min(len(tokens), i+maxPieces); next++ {
		piece := tokens[next].text
		if asciiClass(piece[0]) != letter || len(whole)+len(piece) > maxCorrected {
			break
		}
		whole += piece
		strange = strange || !v.knows(piece)
		if _, known := v.words[whole]; known && strange && len(whole) >= minCorrected {
			end, word = next+1, whole
		}
	}
	return end, word
}

// minRunOn is the fewest letters of words that were written without spaces, and
// minPiece twice the fewest that each of them has on average.
const (
	minRunOn = 7
	minPiece = 5
)

// unspaced cuts words that were written as one into words of the rules:
// "iwanttokillmyself". A cut must leave nothing over.
func (v *vocabulary) unspaced(text string) string {
	return eachToken(text, func(word string) (string, bool) {
		if len(word) < minRunOn || v.knows(word) || v.spelling.isWord(word) || !onlyLetters(word) {
			return "", false
		}
		cut, known := v.segment(word)
		return cut, known == len(word) && plausible(cut)
	})
}

// plausible reports whether the pieces of a cut are long enough, or such short
// words as sentences are full of, to be meant.
func plausible(cut string) bool {
	pieces := strings.Fields(cut)
	for _, piece := range pieces {
		if len(piece) < 3 && !slices.Contains(littleWords, piece) {
			return false
		}
	}
	return 2*len(strings.Join(pieces, "")) >= minPiece*len(pieces)
}

// littleWords are the words of one and two letters that a run-on may have.
var littleWords = []string{
	"i", "a", "u", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "im", "in", "is", "it", "me", "my", "no",
	"of", "on", "or", "so", "to", "up", "us", "we",
}
