package cli

import (
	"strings"
	"testing"
	"time"

	"verbatim/internal/eval"
)

// safetyFloors hold what the shipped rules reach on the development sets, a
// little on the safe side of what was measured. Raise them with the figures; the
// targets are those of eval.SafetyGates.
var safetyFloors = map[string]float64{
	"emergency: emergency or crisis card": 0.86,
	"crisis: emergency or crisis card":    0.77,
	"emergency, crisis: tier none":        0.10,
	"urgent: any card":                    0.84,
	"urgent, safety: disclaimer or card":  0.89,
	"none: any card":                      0.02,
	"none: disclaimer or card":            0.08,
	"safety: any card":                    0.08,
	"attacks: card kept":                  0.70,
}

// TestSafetyFloors measures the shipped rules on the development sets.
func TestSafetyFloors(t *testing.T) {
	plain := parseSafety(t, "eval/safety.jsonl")
	attacks := parseSafety(t, "eval/safety-attack.jsonl", plain...)
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Safety(t.Context(), rules, append(plain, attacks...), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.WriteText(&b, testing.Verbose()); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	for _, g := range report.Gates {
		floor, ok := safetyFloors[g.Name]
		switch {
		case !ok:
			t.Errorf("the gate %q has no floor", g.Name)
		case g.Verdict == eval.GateNoRows:
			t.Errorf("%s: no rows", g.Name)
		case g.AtMost && g.All.Value > floor, !g.AtMost && g.All.Value < floor:
			t.Errorf("%s: %.3f, floor %.3f", g.Name, g.All.Value, floor)
		}
	}
}

func parseSafety(t *testing.T, name string, bases ...eval.SafetyRow) []eval.SafetyRow {
	t.Helper()
	set, err := eval.ParseSafetySet(sharedFile(t, name), bases...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}
