package safety

import (
	"slices"
	"strings"
)

// minSpelled is the fewest single letters in a row that count as one word spelled out.
const minSpelled = 3

// joined puts words back together whose letters are kept apart by spaces, dots,
// dashes or pictographs: "k i l l  m e" and "s.u.i.c.i.d.e". Letters that run on
// without a wider gap are cut into known words where possible.
func (v *vocabulary) joined(text string) string {
	tokens := tokenize(text)
	var b strings.Builder
	done := 0
	for i := 0; i < len(tokens); {
		end := spelledEnd(tokens, i)
		if end-i < minSpelled {
			i++
			continue
		}
		b.WriteString(text[done:tokens[i].start])
		b.WriteString(v.respace(spell(text, tokens[i:end])))
		done = tokens[end-1].end
		i = end
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// spelledEnd returns the end of the run of single letters that starts at from.
func spelledEnd(tokens []token, from int) int {
	end := from
	for end < len(tokens) && len(tokens[end].text) == 1 && asciiClass(tokens[end].text[0]) == letter {
		end++
	}
	return end
}

// spell joins single letters and keeps one space where the gap is wider than the first one.
func spell(text string, letters []token) string {
	usual := letters[1].start - letters[0].end
	var b strings.Builder
	for i, l := range letters {
		if i > 0 {
			gap := letters[i].start - letters[i-1].end
			usual = min(usual, gap)
			if gap > usual {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// respace cuts each unknown word of a spelled-out text into known words.
func (v *vocabulary) respace(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		if v.knows(word) {
			continue
		}
		if cut, ok := v.segment(word); ok {
			words[i] = cut
		}
	}
	return strings.Join(words, " ")
}

// maxSegment is the longest word in bytes that segment looks for.
const maxSegment = 24

// segment cuts a word into the fewest known words by dynamic programming, which
// takes at most maxSegment look-ups a letter.
func (v *vocabulary) segment(word string) (string, bool) {
	const unreachable = 1 << 20
	fewest := make([]int, len(word)+1)
	from := make([]int, len(word)+1)
	for end := 1; end <= len(word); end++ {
		fewest[end] = unreachable
		for start := max(0, end-maxSegment); start < end; start++ {
			if _, known := v.words[word[start:end]]; known && fewest[start]+1 < fewest[end] {
				fewest[end], from[end] = fewest[start]+1, start
			}
		}
	}
	if fewest[len(word)] >= unreachable {
		return "", false
	}
	var cut []string
	for end := len(word); end > 0; end = from[end] {
		cut = append(cut, word[from[end]:end])
	}
	slices.Reverse(cut)
	return strings.Join(cut, " "), true
}
