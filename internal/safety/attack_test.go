package safety

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// attackSet holds disguised lines of the development set; it is not part of the
// repository.
const attackSet = "../../../shared/eval/safety-attack.jsonl"

// attack is one disguised line.
type attack struct {
	ID   string `json:"id"`
	Base string `json:"base_id"`
	Text string `json:"text"`
	Kind string `json:"attack"`
}

// stretch reports whether an attack is reported apart and does not count.
func (a attack) stretch() bool {
	kind, _, _ := strings.Cut(a.Kind, ":")
	return slices.Contains([]string{"base64", "rot13", "reversed", "rtl-override", "other-language"}, kind)
}

// keptUnderAttack is the least share of cards that a disguise may leave.
const keptUnderAttack = 0.85

func TestAttackGate(t *testing.T) {
	base := make(map[string]string)
	for _, r := range readRows(t, devSet) {
		base[r.ID] = r.Text
	}
	rules := shipped(t)
	carded := func(text string) bool { return rules.Triage(text).Tier >= TierEmergency }
	var kept, all [2]int // those that count, and the stretch cases
	for _, a := range readAttacks(t) {
		if !carded(base[a.Base]) {
			continue
		}
		group := 0
		if a.stretch() {
			group = 1
		}
		all[group]++
		if carded(a.Text) {
			kept[group]++
			continue
		}
		t.Logf("lost: %s %s", a.ID, a.Kind)
	}
	t.Logf("cards kept under attack: %d/%d; stretch cases: %d/%d", kept[0], all[0], kept[1], all[1])
	if share := float64(kept[0]) / float64(max(all[0], 1)); share < keptUnderAttack {
		t.Errorf("%.3f of the cards are kept under attack, want at least %.2f", share, keptUnderAttack)
	}
}

func readAttacks(t *testing.T) []attack {
	t.Helper()
	f, err := os.Open(attackSet)
	if os.IsNotExist(err) {
		t.Skipf("the attack set %s is not here", attackSet)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var attacks []attack
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var a attack
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		attacks = append(attacks, a)
	}
	return attacks
}
