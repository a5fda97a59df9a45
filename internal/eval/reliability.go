package eval

import (
	"cmp"
	"math"
	"slices"
)

// reliabilityBins is how many rows a reliability table has.
const reliabilityBins = 10

// Bin is a row of a reliability table: replies of similar confidence. Predicted is
// their mean confidence, Observed the share of them whose excerpt was right.
type Bin struct {
	Rows      int     `json:"rows"`
	Lowest    float64 `json:"lowest"`
	Highest   float64 `json:"highest"`
	Predicted float64 `json:"predicted"`
	Observed  float64 `json:"observed"`
}

// Reliability says whether the confidence is a probability. Bins hold equally many
// rows, so that each mean rests on as many (adaptive binning, Nguyen and O'Connor
// 2015). ECE is the expected calibration error, the mean of |Predicted-Observed|
// over bins weighted by their rows (Naeini et al. 2015).
type Reliability struct {
	Bins []Bin   `json:"bins"`
	ECE  float64 `json:"ece"`
}

// reliabilityOf sorts the probes into bins by their confidence.
func reliabilityOf(probes []probe) Reliability {
	probes = slices.Clone(probes)
	slices.SortStableFunc(probes, func(a, b probe) int { return cmp.Compare(a.confidence, b.confidence) })
	r := Reliability{Bins: []Bin{}}
	n := len(probes)
	for i := range min(reliabilityBins, n) {
		count := min(reliabilityBins, n)
		b := binOf(probes[i*n/count : (i+1)*n/count])
		r.Bins = append(r.Bins, b)
		r.ECE += math.Abs(b.Predicted-b.Observed) * float64(b.Rows) / float64(n)
	}
	return r
}

// binOf describes probes in the order of their confidence; there is at least one.
func binOf(probes []probe) Bin {
	b := Bin{Rows: len(probes), Lowest: probes[0].confidence, Highest: probes[len(probes)-1].confidence}
	for _, p := range probes {
		b.Predicted += p.confidence
		if p.right {
			b.Observed++
		}
	}
	b.Predicted /= float64(b.Rows)
	b.Observed /= float64(b.Rows)
	return b
}
