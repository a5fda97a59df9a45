package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func plainDescent(dims int) descent {
	return descent{steps: 300, rate: .3, decay: 1e-4, floors: slices.Repeat([]float64{math.Inf(-1)}, dims)}
}

// TestFitListwiseFindsTheSignal hides one feature that tells right from wrong
// among others that do not.
func TestFitListwiseFindsTheSignal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var lists []list
	for range 60 {
		l := list{weight: 1.0 / 60}
		right := r.IntN(5)
		for i := range 5 {
			l.values = append(l.values, []float64{r.Float64(), truth(i == right), r.Float64()})
			l.gain = append(l.gain, truth(i == right))
		}
		lists = append(lists, l)
	}
	w := fitListwise(lists, plainDescent(3))
	if w[1] < 1 || math.Abs(w[0]) > w[1]/4 || math.Abs(w[2]) > w[1]/4 {
		t.Errorf("weights %v, want the second to stand out", w)
	}
	again := fitListwise(lists, plainDescent(3))
	if !slices.Equal(w, again) {
		t.Errorf("the same lists gave %v and %v", w, again)
	}
}

// TestOneRightCandidateIsEnough gives two right candidates of which only one can
// be told from the wrong ones.
func TestOneRightCandidateIsEnough(t *testing.T) {
	l := list{weight: 1, values: [][]float64{{1}, {0}, {0}}, gain: []float64{1, 1, 0}}
	if w := fitListwise([]list{l}, plainDescent(1)); w[0] <= 0 {
		t.Errorf("weight %v, want it positive", w)
	}
	none := list{weight: 1, values: [][]float64{{1}, {0}}, gain: []float64{0, 0}}
	if w := fitListwise([]list{none}, plainDescent(1)); w[0] != 0 {
		t.Errorf("a list without a right candidate taught %v", w)
	}
}

func TestFloors(t *testing.T) {
	l := list{weight: 1, values: [][]float64{{1}, {0}}, gain: []float64{0, 1}}
	d := plainDescent(1)
	if w := fitListwise([]list{l}, d); w[0] >= 0 {
		t.Errorf("weight %v, want it negative", w)
	}
	d.floors = []float64{0}
	if w := fitListwise([]list{l}, d); w[0] != 0 {
		t.Errorf("weight %v under a floor of 0", w)
	}
}

// TestFitLogisticIsCalibrated draws outcomes with known probabilities.
func TestFitLogisticIsCalibrated(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var trials []trial
	for range 4000 {
		x := r.Float64()*4 - 2
		trials = append(trials, trial{values: []float64{x}, right: r.Float64() < logistic(1.5*x-.5), weight: 1.0 / 4000})
	}
	w, bias := fitLogistic(trials, plainDescent(1))
	if math.Abs(w[0]-1.5) > .2 || math.Abs(bias+.5) > .15 {
		t.Errorf("weight %.2f and bias %.2f, want about 1.5 and -.5", w[0], bias)
	}
}

func TestLearningNeverLeavesTheNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-50, 50)
		var lists []list
		for range rapid.IntRange(0, 4).Draw(t, "lists") {
			l := list{weight: 1}
			for range rapid.IntRange(0, 5).Draw(t, "candidates") {
				l.values = append(l.values, []float64{value.Draw(t, "a"), value.Draw(t, "b")})
				l.gain = append(l.gain, float64(rapid.IntRange(0, 2).Draw(t, "gain")))
			}
			lists = append(lists, l)
		}
		d := plainDescent(2)
		d.steps = 20
		for _, w := range fitListwise(lists, d) {
			if math.IsNaN(w) || math.IsInf(w, 0) {
				t.Fatalf("weight %v", w)
			}
		}
	})
}
