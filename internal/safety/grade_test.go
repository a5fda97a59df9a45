package safety

import (
	"strings"
	"unicode"
)

// readingGrade is the Flesch-Kincaid grade level of a card (Kincaid et al. 1975):
// 0.39 words/sentence + 11.8 syllables/word - 15.59. Syllables are groups of vowels,
// less a silent e; web addresses and numbers are left out.
func readingGrade(card Card) float64 {
	words, syllables, sentences := 0, 0, 0
	for _, text := range append([]string{card.Title, card.Action, card.Note}, card.Bullets...) {
		for _, sentence := range strings.FieldsFunc(strings.ReplaceAll(text, ".com", ""), func(r rune) bool { return strings.ContainsRune(".:!?", r) }) {
			inSentence := 0
			for _, word := range strings.FieldsFunc(sentence, func(r rune) bool { return !unicode.IsLetter(r) }) {
				inSentence++
				syllables += syllablesOf(word)
			}
			words += inSentence
			if inSentence > 0 {
				sentences++
			}
		}
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

func syllablesOf(word string) int {
	n, inVowels := 0, false
	for _, r := range strings.ToLower(word) {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !inVowels {
			n++
		}
		inVowels = vowel
	}
	if strings.HasSuffix(word, "e") && n > 1 {
		n--
	}
	return max(n, 1)
}
