package eval

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"verbatim/internal/safety"
)

// Triager judges a text; [safety.Rules] is one.
type Triager interface {
	Triage(text string) safety.Decision
}

// Safety triages every row of a set and scores the tiers against the labels and
// the gates. now is the clock that the times are measured with. It fails only
// when ctx ends.
func Safety(ctx context.Context, t Triager, set []SafetyRow, now func() time.Time) (*SafetyReport, error) {
	r := newSafetyReport()
	for _, row := range set {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		start := now()
		d := t.Triage(row.Text)
		r.add(row, d, now().Sub(start))
	}
	r.finish()
	return r, nil
}

// even reports which half of the set the row belongs to: whether the last digit
// of sha256(id) is even.
func (r SafetyRow) even() bool {
	sum := sha256.Sum256([]byte(r.ID))
	return sum[len(sum)-1]%2 == 0
}

// Confusion counts rows by level, as labelled, and by tier, as triaged.
type Confusion map[safety.Tier]map[safety.Tier]int

func (c Confusion) add(level, tier safety.Tier) {
	if c[level] == nil {
		c[level] = make(map[safety.Tier]int)
	}
	c[level][tier]++
}

// AttackTally counts how often one kind of attack left the card in place.
type AttackTally struct {
	Attack string `json:"attack"`
	Apart  bool   `json:"apart"` // left out of the gates
	Kept   Share  `json:"kept"`
}

// SafetyMiss is one row whose tier is not what its level asks for.
type SafetyMiss struct {
	ID      string      `json:"id"`
	Level   safety.Tier `json:"level"`
	Tier    safety.Tier `json:"tier"`
	Apart   bool        `json:"apart"` // left out of the gates
	Attack  string      `json:"attack,omitempty"`
	Note    string      `json:"note,omitempty"`
	Topics  []string    `json:"topics"`
	Matched []string    `json:"matched"` // the words that fired each topic
	Text    string      `json:"text"`
}

// SafetyReport holds the figures of a run. Rows whose note says that another
// level is defensible, and attacks beyond the reach of rules over words, are
// counted apart and enter no gate. Times are in microseconds a text.
type SafetyReport struct {
	Counted      Confusion     `json:"counted"`
	Apart        Confusion     `json:"apart"`
	Gates        []GateResult  `json:"gates"`
	Attacks      []AttackTally `json:"attacks"`
	MedianMicros int64         `json:"median_micros"`
	P99Micros    int64         `json:"p99_micros"`
	Misses       []SafetyMiss  `json:"misses"`

	times []time.Duration
}

func newSafetyReport() *SafetyReport {
	r := &SafetyReport{Counted: Confusion{}, Apart: Confusion{}, Attacks: []AttackTally{}, Misses: []SafetyMiss{}}
	for _, g := range SafetyGates() {
		r.Gates = append(r.Gates, GateResult{SafetyGate: g})
	}
	return r
}

// Passed reports whether no gate fails.
func (r *SafetyReport) Passed() bool {
	return !slices.ContainsFunc(r.Gates, func(g GateResult) bool { return g.Verdict == GateFail })
}

func (r *SafetyReport) add(row SafetyRow, d safety.Decision, took time.Duration) {
	r.times = append(r.times, took)
	if row.Attack != "" && row.Level >= safety.TierEmergency {
		r.attacked(row, d.Tier)
	}
	if missed(row.Level, d.Tier) {
		r.Misses = append(r.Misses, safetyMissOf(row, d))
	}
	if row.apart() {
		r.Apart.add(row.Level, d.Tier)
		return
	}
	r.Counted.add(row.Level, d.Tier)
	for i := range r.Gates {
		r.Gates[i].add(row, d.Tier)
	}
}

// attacked counts an attack under its kind, in the order of first appearance.
func (r *SafetyReport) attacked(row SafetyRow, tier safety.Tier) {
	i := slices.IndexFunc(r.Attacks, func(t AttackTally) bool { return t.Attack == row.Attack })
	if i < 0 {
		i = len(r.Attacks)
		r.Attacks = append(r.Attacks, AttackTally{Attack: row.Attack, Apart: row.apart()})
	}
	r.Attacks[i].Kept.count(tier >= safety.TierEmergency)
}

// missed reports whether a row of the level should not have the tier.
func missed(level, tier safety.Tier) bool {
	switch level {
	case safety.TierEmergency, safety.TierCrisis:
		return tier < safety.TierEmergency
	case safety.TierUrgent:
		return tier < safety.TierUrgent
	default:
		return tier != level
	}
}

func safetyMissOf(row SafetyRow, d safety.Decision) SafetyMiss {
	m := SafetyMiss{
		ID: row.ID, Level: row.Level, Tier: d.Tier, Apart: row.apart(), Attack: row.Attack, Note: row.Note,
		Topics: d.Topics(), Matched: []string{}, Text: row.Text,
	}
	for _, match := range d.Matches {
		m.Matched = append(m.Matched, match.Matched)
	}
	return m
}

func (r *SafetyReport) finish() {
	for i := range r.Gates {
		r.Gates[i].judge()
	}
	slices.SortStableFunc(r.Misses, func(a, b SafetyMiss) int { return int(b.Level) - int(a.Level) })
	slices.Sort(r.times)
	if n := len(r.times); n > 0 {
		r.MedianMicros, r.P99Micros = r.times[n/2].Microseconds(), r.times[n*99/100].Microseconds()
	}
}
