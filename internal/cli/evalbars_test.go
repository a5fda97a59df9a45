package cli

import (
	"encoding/json"
	"testing"

	"verbatim/internal/eval"
)

// barFloors are what the quick bars reached when they were last raised, rounded
// down: a change that falls below one of them has made answers worse. The median
// excerpt is a ceiling.
func barFloors() map[string]float64 {
	return map[string]float64{
		"seed questions: answer shown and right": .80,
		"seed questions: answer in excerpt":      .90,
		"seed questions: kept quiet":             .88,
		"seed questions: median excerpt, bytes":  260,
		"follow-ups: later turns right":          .85,
		"squad: answer in excerpt":               .73,
		"squad: AUROC, own unanswerable":         .60,
		"squad: AUROC, off-topic":                .95,
		"squad: AUROC, article removed":          .945,
		"covidqa: answer in excerpt":             .51,
	}
}

// TestQuickBars holds the figures of the development sets that are quick to measure
// to their floors, which rise with the figures until they are the bars.
func TestQuickBars(t *testing.T) {
	if raceDetector {
		t.Skip("it asks some four thousand questions, and what they share is tested for races elsewhere")
	}
	sharedFile(t, "eval/seed-questions.jsonl") // skips where the sets are not
	p, out, errs := program("")
	code := p.Run(t.Context(), []string{"verbatim", "eval", "bars", "--quick", "--json", "--articles", shared + "seeds", shared + "eval"})
	var report eval.BarsReport
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("exit %d, %v\n%s", code, err, errs)
	}
	if passed := report.Passed(); (code == exitOK) != passed {
		t.Errorf("exit %d, and all bars passed: %v", code, passed)
	}
	floors := barFloors()
	for _, b := range report.Bars {
		name := b.Set + ": " + b.Figure
		floor, ok := floors[name]
		delete(floors, name)
		t.Logf("%-40s %.3f in view %.3f hidden %.3f, floor %.2f, bar %.2f", name, b.All.Value, b.InView.Value, b.Hidden.Value, floor, b.Target)
		switch {
		case !ok:
			t.Errorf("%s has no floor", name)
		case b.All.Rows == 0, b.AtMost && b.All.Value > floor, !b.AtMost && b.All.Value < floor:
			t.Errorf("%s: %.3f over %d rows, floor %.2f", name, b.All.Value, b.All.Rows, floor)
		}
	}
	for name := range floors {
		t.Errorf("%s was not measured", name)
	}
}
