package search

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func repeated(j Judged, n int) []Judged { return slices.Repeat([]Judged{j}, n) }

func TestShifted(t *testing.T) {
	w := Weights{Threshold: .5}
	for name, tc := range map[string]struct {
		judged []Judged
		lo, hi float64
	}{
		"nothing judged":          {nil, .5, .5},
		"too little judged":       {repeated(Judged{.45, true}, 7), .5, .5},
		"right ones kept back":    {repeated(Judged{.45, true}, 8), .45, .45},
		"wrong ones shown":        {repeated(Judged{.55, false}, 8), .55, .56},
		"out of bounds":           {repeated(Judged{.2, true}, 50), .5, .5},
		"already right":           {append(repeated(Judged{.8, true}, 5), repeated(Judged{.1, false}, 5)...), .5, .5},
		"a wrong one counts most": {append(repeated(Judged{.55, false}, 6), repeated(Judged{.55, true}, 7)...), .55, .56},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.Shifted(tc.judged).Threshold; got < tc.lo || got > tc.hi {
				t.Errorf("threshold %v, want %v to %v", got, tc.lo, tc.hi)
			}
		})
	}
}

// TestShiftedStaysWithinBounds draws any judgements: the threshold stays near, and
// never goes against more of them than before.
func TestShiftedStaysWithinBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := Weights{Threshold: rapid.Float64Range(.2, .8).Draw(t, "threshold")}
		var judged []Judged
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			judged = append(judged, Judged{rapid.Float64Range(0, 1).Draw(t, "confidence"), rapid.Bool().Draw(t, "right")})
		}
		got := w.Shifted(judged).Threshold
		if math.Abs(got-w.Threshold) > shiftLimit {
			t.Fatalf("moved from %v to %v", w.Threshold, got)
		}
		if disagreement(judged, got) > disagreement(judged, w.Threshold) {
			t.Fatalf("%v goes against more than %v", got, w.Threshold)
		}
	})
}
