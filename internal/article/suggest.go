package article

import "strings"

// unknownFix names the known key that an unknown one was probably meant to be.
func unknownFix(key string, known []field) string {
	best, least := "", 1+len(key)/2
	names := make([]string, len(known))
	for i, f := range known {
		names[i] = f.key
		if d := EditDistance(strings.ToLower(key), f.key); d < least {
			best, least = f.key, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "the keys are " + strings.Join(names, ", ")
}

// EditDistance is the Levenshtein distance of two names in bytes: how many are to be
// changed, added or taken away. It takes time in proportion to the product of their
// lengths.
func EditDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
