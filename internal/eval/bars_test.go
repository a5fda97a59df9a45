package eval

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestJudgeBars(t *testing.T) {
	seed := &Report{Figures: Figures{
		Total: Tally{Answerable: 100, Right: 92, Found: 91, Unanswerable: 10, Quiet: 9}, MedianExcerpt: 260, lengths: []int{260},
	}}
	seed.InView.Total = Tally{Answerable: 50, Right: 50}
	squad := &Report{
		Figures:    Figures{Total: Tally{Answerable: 10, Found: 9}},
		Confidence: &Confidence{Own: Separation{All: Area{.7, 10, 5}}, OffTopic: Separation{All: Area{.96, 10, 5}}},
	}
	mediqa := &BEIRReport{Systems: []SystemReport{{All: RankingFigures{Queries: 3, NDCG10: .5}}, {All: RankingFigures{NDCG10: .1}}}}
	r := JudgeBars(Measured{Seed: seed, Squad: squad, Mediqa: mediqa}, map[string][]string{"squad": {"seed questions"}})
	want := map[string]bool{
		"seed questions answer shown and right": true,
		"seed questions answer in excerpt":      false, // .91
		"seed questions kept quiet":             false, // .90
		"seed questions median excerpt, bytes":  true,  // the bar itself
		"squad answer in excerpt":               true,
		"squad AUROC, own unanswerable":         true,
		"squad AUROC, off-topic":                false,
		"squad AUROC, article removed":          false, // nothing to compare with
		"mediqa nDCG@10":                        true,
	}
	for _, b := range r.Bars {
		name := b.Set + " " + b.Figure
		if pass, ok := want[name]; !ok || pass != b.Pass {
			t.Errorf("%s: pass %v, %+v", name, b.Pass, b.BarValues)
		}
		delete(want, name)
	}
	if len(want) > 0 || r.Passed() || !slices.Equal(r.Skipped, []string{"follow-ups", "covidqa", "medquad"}) {
		t.Errorf("left %v, passed %v, skipped %q", want, r.Passed(), r.Skipped)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"seed questions  answer shown and right   >= 0.920  0.920     1.000    -       pass\n",
		"seed questions  median excerpt, bytes    <= 260    260       -        -       pass\n",
		"squad           AUROC, article removed   >= 0.970  -         -        -       FAIL\n",
		"off-topic questions for squad: those of seed questions\n",
		"not measured: follow-ups, covidqa, medquad\n",
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("no %q in\n%s", line, b.String())
		}
	}
}

// TestBarValueJSON wants a value without rows to be told from a value of 0.
func TestBarValueJSON(t *testing.T) {
	got, err := json.Marshal([]BarValue{{0, 3}, {}})
	if want := `[{"value":0,"rows":3},{"value":null,"rows":0}]`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

// TestBarsWithoutTarget wants a figure that has no bar to be reported, and never
// to fail.
func TestBarsWithoutTarget(t *testing.T) {
	covidqa := &Report{
		Figures:    Figures{Total: Tally{Answerable: 10, Found: 9}},
		Confidence: &Confidence{OffTopic: Separation{All: Area{.2, 10, 5}}},
	}
	r := JudgeBars(Measured{Covidqa: covidqa}, nil)
	if len(r.Bars) != 3 || !r.Passed() {
		t.Errorf("%+v", r.Bars)
	}
}
