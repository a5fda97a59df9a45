package safety

import (
	"slices"
	"strings"
)

// minSpelled is the fewest single letters in a row that count as one word spelled out.
const minSpelled = 3

// joined puts words back together whose letters are kept apart by spaces, dots,
// dashes or pictographs: "k i l l  m e", "s.u.i.c.i.d.e" and "d😀i😀e". Letters that
// run on without a wider gap are cut into known words where possible.
func (v *vocabulary) joined(text string) string {
	tokens := tokenize(text)
	var b strings.Builder
	done := 0
	for i := 0; i < len(tokens); {
		letters, end := spelled(text, tokens, i)
		if len(letters) < minSpelled {
			i = max(end, i+1)
			continue
		}
		b.WriteString(text[done:tokens[i].start])
		b.WriteString(v.respace(spell(letters)))
		done = letters[len(letters)-1].end
		i = end
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// spelled returns the single letters, and digits between them, of the run that
// starts at from, and the token after it. Pictographs may stand between them; a
// line break ends a run, unless all of it is one letter a line.
func spelled(text string, tokens []token, from int) (letters []token, end int) {
	for end = from; end < len(tokens); end++ {
		t := tokens[end]
		if classOf([]rune(t.text)[0]) == pictograph && len(letters) > 0 {
			continue
		}
		single := len(t.text) == 1 && (asciiClass(t.text[0]) == letter || len(letters) > 0 && t.isNumber)
		if !single || len(letters) > 1 && breaksLine(text, letters[0], letters[1]) != breaksLine(text, letters[len(letters)-1], t) {
			break
		}
		letters = append(letters, t)
	}
	return letters, end
}

// breaksLine reports whether a line break stands between two tokens.
func breaksLine(text string, a, b token) bool { return strings.Contains(text[a.end:b.start], "\n") }

// spell joins single letters and keeps one space where the gap is wider than before.
func spell(letters []token) string {
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

// respace reads the digits of a spelled-out text as letters and cuts each unknown
// word into known words.
func (v *vocabulary) respace(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		if !onlyLetters(word) {
			word = leetI.Replace(word)
		}
		if v.knows(word) {
			words[i] = word
			continue
		}
		if cut, known := v.segment(word); known > 0 {
			words[i] = cut
		}
	}
	return strings.Join(words, " ")
}

// The costs by which segment prefers few and long words.
const (
	costWord    = 4
	costTwo     = 6  // a word of two letters, or "i"
	costOne     = 9  // any other single letter that the rules know
	costUnknown = 13 // a letter that is left over
)

// maxSegment is the longest word in bytes that segment looks for.
const maxSegment = 24

// segment cuts a word into the known words that leave the fewest letters over, and
// returns it with spaces and the number of letters that belong to known words. It
// is dynamic programming with at most maxSegment look-ups a letter.
func (v *vocabulary) segment(word string) (cut string, known int) {
	cheapest := make([]int, len(word)+1)
	from := make([]int, len(word)+1)
	for end := 1; end <= len(word); end++ {
		cheapest[end], from[end] = cheapest[end-1]+costUnknown, end-1
		for start := max(0, end-maxSegment); start < end; start++ {
			cost := cheapest[start] + v.segmentCost(word[start:end])
			if cost < cheapest[end] {
				cheapest[end], from[end] = cost, start
			}
		}
	}
	var pieces []string
	for end := len(word); end > 0; end = from[end] {
		piece := word[from[end]:end]
		if v.segmentCost(piece) < costUnknown {
			known += len(piece)
		}
		pieces = append(pieces, piece)
	}
	slices.Reverse(pieces)
	return strings.Join(pieces, " "), known
}

// segmentCost is the cost of a piece as a word of the rules, or that of unknown letters.
func (v *vocabulary) segmentCost(piece string) int {
	if _, known := v.words[piece]; !known {
		return costUnknown * len(piece)
	}
	switch {
	case len(piece) == 1 && piece != "i":
		return costOne
	case len(piece) < 3:
		return costTwo
	}
	return costWord
}
