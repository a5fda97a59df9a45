package eval

import (
	"math"
	"strings"
	"testing"
)

func TestReliability(t *testing.T) {
	// 20 probes of confidence .00, .05, ... .95; those from .50 on are right. Each
	// bin has two: the first predicts .025 and observes 0, the last .925 and 1.
	var probes []probe
	for i := range 20 {
		probes = append(probes, probe{confidence: float64((i*7)%20) / 20, right: (i*7)%20 >= 10})
	}
	r := reliabilityOf(probes)
	if len(r.Bins) != 10 {
		t.Fatalf("%d bins", len(r.Bins))
	}
	first, last := r.Bins[0], r.Bins[9]
	if first.Rows != 2 || first.Lowest != 0 || first.Highest != .05 || math.Abs(first.Predicted-.025) > 1e-12 || first.Observed != 0 {
		t.Errorf("first bin %+v", first)
	}
	if last.Lowest != .9 || last.Highest != .95 || math.Abs(last.Predicted-.925) > 1e-12 || last.Observed != 1 {
		t.Errorf("last bin %+v", last)
	}
	// What is predicted above .5 observes 1, what is predicted below observes 0.
	if want := (.025 + .125 + .225 + .325 + .425 + .475 + .375 + .275 + .175 + .075) / 10; math.Abs(r.ECE-want) > 1e-12 {
		t.Errorf("ECE %v, want %v", r.ECE, want)
	}
}

func TestReliabilityOfFewRows(t *testing.T) {
	if r := reliabilityOf(nil); len(r.Bins) != 0 || r.ECE != 0 {
		t.Errorf("no rows: %+v", r)
	}
	r := reliabilityOf([]probe{{confidence: .25, right: true}, {confidence: .75, right: true}, {confidence: .5}})
	if len(r.Bins) != 3 || r.Bins[1] != (Bin{Rows: 1, Lowest: .5, Highest: .5, Predicted: .5, Observed: 0}) || math.Abs(r.ECE-1.5/3) > 1e-12 {
		t.Errorf("three rows: %+v", r)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil || !strings.Contains(b.String(), "0.75 to 0.75  1          0.750      1.000") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
