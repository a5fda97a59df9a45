package search

import (
	"iter"
	"math/bits"
	"strings"
)

// spellings is a list of words in which those few edits away from a given one are
// found by length and letters, and compared letter by letter only then. Looking
// through 50,000 words so takes some tens of microseconds, and making the list
// takes milliseconds. It is not changed once made.
type spellings struct{ byLength [longestSpelt + 1][]spelling }

type spelling struct {
	letters letters
	first   byte // of word
	word    string
}

func newSpellings(words []string) spellings {
	var s spellings
	var counts [longestSpelt + 1]int
	listed := func(word string) bool {
		return len(word) >= shortestSpelt && len(word) <= longestSpelt && isPlain(word)
	}
	for _, word := range words {
		if listed(word) {
			counts[len(word)]++
		}
	}
	for n, count := range counts {
		s.byLength[n] = make([]spelling, 0, count)
	}
	for _, word := range words {
		if listed(word) {
			s.byLength[len(word)] = append(s.byLength[len(word)], spelling{lettersOf(word), word[0], word})
		}
	}
	return s
}

// near yields the words at most limit edits away from word, with the distance; of
// words with another first letter only those one edit away. The word itself is
// not yielded.
func (s *spellings) near(word string, limit int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		have := lettersOf(word)
		for n := max(len(word)-limit, 0); n <= min(len(word)+limit, longestSpelt); n++ {
			most := 2*limit - abs(n-len(word))
			for i := range s.byLength[n] {
				w := &s.byLength[n][i]
				different := bits.OnesCount32(uint32(w.letters ^ have))
				if different > most || w.first != word[0] && different+abs(n-len(word)) > 2 {
					continue
				}
				allowed := limit
				if w.first != word[0] {
					allowed = 1
				}
				if d := editDistance(word, w.word, allowed); d > 0 && d <= allowed && !yield(w.word, d) {
					return
				}
			}
		}
	}
}

// letters are the letters that a word has, and those of a few that it has twice.
// A letter more or less changes one bit at most, and a letter for another two.
type letters uint32

const twiceCounted = "eaiost"

func lettersOf(word string) letters {
	var once, twice letters
	for i := range len(word) {
		bit := letters(1) << (word[i] - 'a')
		if once&bit != 0 {
			if at := strings.IndexByte(twiceCounted, word[i]); at >= 0 {
				twice |= 1 << (26 + at)
			}
		}
		once |= bit
	}
	return once | twice
}

// isPlain reports whether a word is made of the letters a to z.
func isPlain(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return word != ""
}

// editDistance counts the letters left out, put in, replaced and swapped with
// their neighbour between two words, no place edited twice. It may return any
// greater number once there are more than limit. Words are at most longestSpelt
// bytes long.
func editDistance(a, b string, limit int) int {
	if abs(len(a)-len(b)) > limit || len(a) > longestSpelt || len(b) > longestSpelt {
		return limit + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var rows [3][longestSpelt + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+unequal(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return best
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func unequal(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}

func abs(n int) int { return max(n, -n) }
