package suggest

// From how many letters on a word may have one typing error, and two.
const (
	shortestMisspelt = 4
	shortestTwice    = 8
	longestMisspelt  = 40
)

// typos is how many typing errors a word may have.
func typos(word string) int {
	switch n := len(word); {
	case n < shortestMisspelt || n > longestMisspelt:
		return 0
	case n < shortestTwice:
		return 1
	}
	return 2
}

// letters are the letters from a to z that a word has, a bit each.
type letters uint32

func lettersOf(word string) (all letters) {
	for i := range len(word) {
		if c := word[i]; 'a' <= c && c <= 'z' {
			all |= 1 << (c - 'a')
		}
	}
	return all
}

// beginsLike returns by how many letters left out, put in, replaced or swapped with
// their neighbour typed differs from a beginning of word; limit+1 stands for more.
// It is the restricted Damerau-Levenshtein distance (optimal string alignment).
func beginsLike(word, typed string, limit int) int {
	word = word[:min(len(word), len(typed)+limit)]
	if len(word)+limit < len(typed) {
		return limit + 1
	}
	var rows [3][longestMisspelt + 3]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(word) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(typed); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(word); j++ {
			replaced := last[j-1]
			if typed[i-1] != word[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && typed[i-1] == word[j-2] && typed[i-2] == word[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	best := limit + 1
	for _, d := range last[:len(word)+1] {
		best = min(best, d)
	}
	return best
}
