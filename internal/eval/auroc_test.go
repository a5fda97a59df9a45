package eval

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAUROC(t *testing.T) {
	for name, tc := range map[string]struct {
		positive, negative []float64
		want               float64
	}{
		"apart":             {[]float64{.9, .8}, []float64{.1, .7}, 1},
		"the wrong way":     {[]float64{.1}, []float64{.2, .3}, 0},
		"all equal":         {[]float64{.5, .5}, []float64{.5, .5, .5}, .5},
		"one tie":           {[]float64{.8, .5}, []float64{.5, .2}, 3.5 / 4}, // 3 wins, 1 tie
		"mixed":             {[]float64{.9, .4, .3}, []float64{.6, .35}, 3.0 / 6},
		"without positives": {nil, []float64{.5}, 0},
		"without negatives": {[]float64{.5}, nil, 0},
	} {
		if got := AUROC(tc.positive, tc.negative); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

// TestAUROCIsTheShareOfPairs compares with the definition, counted pair by pair.
func TestAUROCIsTheShareOfPairs(t *testing.T) {
	scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 6), func(n int) float64 { return float64(n) / 6 }), 1, 12)
	rapid.Check(t, func(t *rapid.T) {
		positive, negative := scores.Draw(t, "positive"), scores.Draw(t, "negative")
		wins := 0.0
		for _, p := range positive {
			for _, n := range negative {
				switch {
				case p > n:
					wins++
				case p == n:
					wins += .5
				}
			}
		}
		want := wins / float64(len(positive)*len(negative))
		if got := AUROC(positive, negative); math.Abs(got-want) > 1e-12 {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestSeparate(t *testing.T) {
	// a and foobar are in view, b is hidden.
	s := separate([]probe{{id: "a", confidence: .9}, {id: "b", confidence: .2}}, []probe{{id: "foobar", confidence: .5}})
	if s.All != (Area{.5, 2, 1}) || s.InView != (Area{1, 1, 1}) || s.Hidden != (Area{0, 1, 0}) {
		t.Errorf("%+v", s)
	}
	if s.InView.String() != "1.000" || s.Hidden.String() != "-" {
		t.Errorf("rendered %s and %s", s.InView, s.Hidden)
	}
	const want = `{"all":{"auroc":0.5,"answerable":2,"negatives":1},` +
		`"in_view":{"auroc":1,"answerable":1,"negatives":1},"hidden":{"auroc":null,"answerable":1,"negatives":0}}`
	if got, err := json.Marshal(s); err != nil || string(got) != want {
		t.Errorf("JSON %s, %v", got, err)
	}
}
