package cli

import (
	"strings"
	"testing"
	"time"

	"verbatim/internal/eval"
)

// TestSafetyGates holds the shipped rules to every gate on the development sets.
func TestSafetyGates(t *testing.T) {
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
		if g.Verdict != eval.GatePass {
			t.Errorf("%s: %.3f, target %.2f: %s", g.Name, g.All.Value, g.Target, g.Verdict)
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
