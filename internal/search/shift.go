package search

import (
	"math"
	"slices"
)

// Judged is one reply that a moderator judged: a golden question of a guild, or a
// correction. Right says that the quote answers the question.
type Judged struct {
	Confidence float64
	Right      bool
}

const (
	// shiftLimit is how far a guild's judgements can move the threshold.
	shiftLimit = 0.15
	// shiftLeast is how many judgements it takes to move it at all.
	shiftLeast = 8
)

// Shifted returns the weights with the threshold that agrees with most of the
// judgements: right quotes shown and wrong ones kept back, a wrong quote shown
// counting twice. It moves at most .15, of equals to the nearest, and not at all
// on fewer than eight judgements; the weights of the models stay as they are.
func (w Weights) Shifted(judged []Judged) Weights {
	if len(judged) < shiftLeast {
		return w
	}
	base := w.Threshold
	candidates := []float64{base}
	for _, j := range judged {
		for _, at := range []float64{j.Confidence, math.Nextafter(j.Confidence, 2)} {
			if math.Abs(at-base) <= shiftLimit {
				candidates = append(candidates, at)
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b float64) int {
		switch da, db := math.Abs(a-base), math.Abs(b-base); {
		case da < db:
			return -1
		case da > db:
			return 1
		}
		return 0
	})
	best := base
	for _, at := range candidates {
		if disagreement(judged, at) < disagreement(judged, best) {
			best = at
		}
	}
	w.Threshold = best
	return w
}

// disagreement counts the judgements that a threshold goes against.
func disagreement(judged []Judged, threshold float64) int {
	sum := 0
	for _, j := range judged {
		switch shown := j.Confidence >= threshold; {
		case shown && !j.Right:
			sum += 2
		case !shown && j.Right:
			sum++
		}
	}
	return sum
}
