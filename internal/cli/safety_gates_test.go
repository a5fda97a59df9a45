package cli

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/eval"
	"verbatim/knowledge"
)

// TestSafetyGates holds the shipped rules to every gate on the development sets.
func TestSafetyGates(t *testing.T) {
	plain := parseSafety(t, "eval/safety.jsonl")
	attacks := parseSafety(t, "eval/safety-attack.jsonl", plain...)
	holdToGates(t, append(plain, attacks...))
}

// TestSafetyGatesOfTheShippedSet does so on the messages that ship with the
// rules, which are there where the development sets are not.
func TestSafetyGatesOfTheShippedSet(t *testing.T) {
	src, err := fs.ReadFile(knowledge.Safety(), shippedSet)
	if err != nil {
		t.Fatal(err)
	}
	set, err := eval.ParseSafetySet(src)
	if err != nil {
		t.Fatal(err)
	}
	holdToGates(t, set, "attacks: card kept")
}

// holdToGates wants every gate to pass but for those that the set has no rows for.
func holdToGates(t *testing.T, set []eval.SafetyRow, without ...string) {
	t.Helper()
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Safety(t.Context(), rules, set, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.WriteText(&b, testing.Verbose()); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	for _, g := range report.Gates {
		if g.Verdict != eval.GatePass && !slices.Contains(without, g.Name) {
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
