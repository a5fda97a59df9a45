package safety

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// devSet is the development set; it is not part of the repository.
const devSet = "../../../shared/eval/safety.jsonl"

// row is one labelled message of the development set.
type row struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Level string `json:"level"`
	Note  string `json:"note"`
}

// gated reports whether the row counts for the gates: doubtful labels do not.
func (r row) gated() bool {
	for _, word := range []string{"borderline", "doubtful", "also"} {
		if strings.Contains(r.Note, word) {
			return false
		}
	}
	return true
}

// seen reports whether the rules may be written with this row in view. The other
// half shows how well they carry over to messages that nobody looked at.
func (r row) seen() bool {
	sum := sha256.Sum256([]byte(r.ID))
	return sum[len(sum)-1]%2 == 0
}

func readRows(t *testing.T, path string) []row {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("the development set %s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

// gates are the shares that are measured, over gated rows.
var gates = []struct {
	name    string
	levels  string // rows that count
	hit     func(Tier) bool
	limit   [2]float64 // seen half, unseen half
	ceiling bool       // the limit is the most allowed, not the least
}{
	{"emergency rows with a crisis or emergency card", "emergency", func(t Tier) bool { return t >= TierEmergency }, [2]float64{0.97, 0.75}, false},
	{"crisis rows with a crisis or emergency card", "crisis", func(t Tier) bool { return t >= TierEmergency }, [2]float64{0.98, 0.55}, false},
	{"emergency and crisis rows with tier none", "emergency crisis", func(t Tier) bool { return t == TierNone }, [2]float64{0, 0.18}, true},
	{"urgent rows at urgent or above", "urgent", func(t Tier) bool { return t >= TierUrgent }, [2]float64{0.95, 0.60}, false},
	{"urgent and safety rows flagged", "urgent safety", func(t Tier) bool { return t >= TierSafety }, [2]float64{0.97, 0.77}, false},
	{"none rows flagged", "none", func(t Tier) bool { return t >= TierSafety }, [2]float64{0.08, 0.08}, true},
	{"none rows with a card", "none", func(t Tier) bool { return t >= TierUrgent }, [2]float64{0.02, 0.03}, true},
	{"safety rows with a card", "safety", func(t Tier) bool { return t >= TierUrgent }, [2]float64{0.08, 0.08}, true},
}

func TestDevelopmentSetGates(t *testing.T) {
	rows := readRows(t, devSet)
	rules := shipped(t)
	for _, g := range gates {
		var hit, all [2]int
		for _, r := range rows {
			if !r.gated() || !strings.Contains(g.levels, r.Level) {
				continue
			}
			half := 1
			if r.seen() {
				half = 0
			}
			all[half]++
			if g.hit(rules.Triage(r.Text).Tier) {
				hit[half]++
			}
		}
		for half, name := range []string{"seen", "unseen"} {
			share := float64(hit[half]) / float64(max(all[half], 1))
			t.Logf("%-48s %-6s %3d/%3d = %.3f", g.name, name, hit[half], all[half], share)
			if g.ceiling && share > g.limit[half] || !g.ceiling && share < g.limit[half] {
				t.Errorf("%s, %s half: %.3f, limit %.3f", g.name, name, share, g.limit[half])
			}
		}
	}
}
