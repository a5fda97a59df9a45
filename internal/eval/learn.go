package eval

import (
	"math"
	"sync"
)

// list is the candidates of one question for listwise learning.
type list struct {
	values [][]float64 // features of each candidate
	gain   []float64   // 0 for a miss
	weight float64     // of the question among all
}

// hit reports whether any candidate is right.
func (l list) hit() bool {
	for _, g := range l.gain {
		if g > 0 {
			return true
		}
	}
	return false
}

// descent is Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization",
// 2015) over the whole batch, with a step that shrinks and a bound from below. It
// starts at zero and takes a fixed number of steps, so that the same examples give
// the same weights.
type descent struct {
	steps  int
	rate   float64
	decay  float64   // L2 penalty
	floors []float64 // lowest value of each weight
}

// minimise returns the weights at the end of the descent. gradient fills grad
// with that of the loss at w.
func (d descent) minimise(dims int, gradient func(w, grad []float64)) []float64 {
	const b1, b2, tiny = .9, .99, 1e-8
	w, grad := make([]float64, dims), make([]float64, dims)
	mean, square := make([]float64, dims), make([]float64, dims)
	for step := 1; step <= d.steps; step++ {
		clear(grad)
		gradient(w, grad)
		rate := d.rate / (1 + 4*float64(step)/float64(d.steps))
		for j := range w {
			g := grad[j] + d.decay*w[j]
			mean[j] = b1*mean[j] + (1-b1)*g
			square[j] = b2*square[j] + (1-b2)*g*g
			up := mean[j] / (1 - math.Pow(b1, float64(step)))
			down := math.Sqrt(square[j]/(1-math.Pow(b2, float64(step)))) + tiny
			w[j] = max(w[j]-rate*up/down, d.floors[j])
		}
	}
	return w
}

// fitListwise returns weights under which right candidates come first. The loss
// is the cross entropy between the softmax of the scores and the gains, as in
// ListNet (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise
// Approach", 2007), but that the probability which the model itself gives to the
// right candidates is shared among them, half and half with their gains: it is
// enough that one of them comes first. Lists without a right candidate are left out.
func fitListwise(lists []list, d descent) []float64 {
	dims := len(d.floors)
	var kept []list
	for _, l := range lists {
		if l.hit() {
			kept = append(kept, l)
		}
	}
	halves := [2][]float64{make([]float64, dims), make([]float64, dims)}
	return d.minimise(dims, func(w, grad []float64) {
		var wg sync.WaitGroup
		for h := range halves {
			wg.Go(func() {
				clear(halves[h])
				for i := h; i < len(kept); i += len(halves) {
					kept[i].descend(w, halves[h])
				}
			})
		}
		wg.Wait()
		for j := range grad {
			grad[j] = halves[0][j] + halves[1][j]
		}
	})
}

// descend adds the gradient of one list.
func (l list) descend(w, grad []float64) {
	scores := make([]float64, len(l.values))
	top := math.Inf(-1)
	var gains float64
	for i, v := range l.values {
		scores[i] = dot(w, v)
		top = max(top, scores[i])
		gains += l.gain[i]
	}
	var all, right float64
	for i := range scores {
		scores[i] = math.Exp(scores[i] - top)
		all += scores[i]
		if l.gain[i] > 0 {
			right += scores[i]
		}
	}
	const negligible = 1e-6
	for i, v := range l.values {
		c := scores[i] / all
		if l.gain[i] > 0 {
			c -= .5*scores[i]/max(right, 1e-300) + .5*l.gain[i]/gains
		}
		if math.Abs(c) < negligible {
			continue
		}
		for j, x := range v {
			grad[j] += l.weight * c * x
		}
	}
}

// trial is one reply for the learning of the confidence.
type trial struct {
	values []float64
	right  bool
	weight float64
}

// fitLogistic returns the weights of a logistic regression and its bias.
func fitLogistic(trials []trial, d descent) (weights []float64, bias float64) {
	dims := len(d.floors)
	d.floors = append(append([]float64{}, d.floors...), math.Inf(-1))
	w := d.minimise(dims+1, func(w, grad []float64) {
		for _, t := range trials {
			c := t.weight * (logistic(dot(w[:dims], t.values)+w[dims]) - truth(t.right))
			for j, x := range t.values {
				grad[j] += c * x
			}
			grad[dims] += c
		}
	})
	return w[:dims], w[dims]
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func dot(w, v []float64) float64 {
	var sum float64
	for i, x := range v {
		sum += w[i] * x
	}
	return sum
}
