package safety

import (
	"slices"
	"strings"
)

// minTurned is the fewest letters by which a text is known to be turned around.
const minTurned = 3

// turned returns the text read backwards, and each of its words read backwards,
// when that makes words of the rules appear.
func (v *vocabulary) turned(text string) (whole, words string, ok bool) {
	found := 0
	words = eachToken(text, func(word string) (string, bool) {
		back := backwards(word)
		if _, known := v.words[back]; known && len(word) >= 4 && !v.knows(word) {
			found += len(word) / 2
		}
		return back, true
	})
	if found < minTurned {
		return "", "", false
	}
	return backwards(text), words, true
}

func backwards(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

// upright turns a text by half a circle, when it is written with letters that
// stand on their heads: plain u, d and q then stand for n, p and b.
func upright(text string) (string, bool) {
	found := 0
	for _, r := range text {
		if r >= 0x80 && rotated[r] != 0 {
			if found++; found == minTurned {
				break
			}
		}
	}
	if found < minTurned {
		return "", false
	}
	turned := strings.Map(func(r rune) rune {
		if other, ok := rotated[r]; ok {
			return other
		}
		return r
	}, text)
	return backwards(clean(turned)), true
}

// rotated maps letters to what they are when the page is turned around.
var rotated = pairwise("ɐaqbɔcpdǝeɟfƃgɥhᴉiıiɾjʞkʃlɯmundpbqɹrʇtnuʌvʍwʎy")
