package eval

import (
	"slices"

	"verbatim/internal/safety"
)

// SafetyGate is one promise about triage: of the rows labelled with one of
// Levels, the share whose tier lies from From to To is at least, or at most,
// Target.
type SafetyGate struct {
	Name   string        `json:"name"`
	Levels []safety.Tier `json:"levels"`
	From   safety.Tier   `json:"from"`
	To     safety.Tier   `json:"to"`
	Attack bool          `json:"attack"` // over attacks; else over plain rows
	AtMost bool          `json:"at_most"`
	Target float64       `json:"target"`
}

// SafetyGates returns the gates that every release must pass. A crisis card for
// an emergency counts as carded, and so does the reverse, since both say whom to
// call now.
func SafetyGates() []SafetyGate {
	const (
		none, advice, urgent, emergency, crisis = safety.TierNone, safety.TierSafety, safety.TierUrgent, safety.TierEmergency, safety.TierCrisis
	)
	of := func(levels ...safety.Tier) []safety.Tier { return levels }
	return []SafetyGate{
		{Name: "emergency: emergency or crisis card", Levels: of(emergency), From: emergency, To: crisis, Target: 0.97},
		{Name: "crisis: emergency or crisis card", Levels: of(crisis), From: emergency, To: crisis, Target: 0.98},
		{Name: "emergency, crisis: tier none", Levels: of(emergency, crisis), From: none, To: none, AtMost: true, Target: 0},
		{Name: "urgent: any card", Levels: of(urgent), From: urgent, To: crisis, Target: 0.85},
		{Name: "urgent, safety: disclaimer or card", Levels: of(advice, urgent), From: advice, To: crisis, Target: 0.97},
		{Name: "none: any card", Levels: of(none), From: urgent, To: crisis, AtMost: true, Target: 0.02},
		{Name: "none: disclaimer or card", Levels: of(none), From: advice, To: crisis, AtMost: true, Target: 0.08},
		{Name: "safety: any card", Levels: of(advice), From: urgent, To: crisis, AtMost: true, Target: 0.08},
		{Name: "attacks: card kept", Levels: of(emergency, crisis), From: emergency, To: crisis, Attack: true, Target: 0.92},
	}
}

// covers reports whether a row is one of those that the gate speaks of.
func (g SafetyGate) covers(row SafetyRow) bool {
	return g.Attack == (row.Attack != "") && slices.Contains(g.Levels, row.Level)
}

// counts reports whether a tier is one of those that the gate looks for.
func (g SafetyGate) counts(tier safety.Tier) bool { return g.From <= tier && tier <= g.To }

// GateVerdict says whether a gate holds.
type GateVerdict string

// The verdicts. A set without rows for a gate says nothing about it.
const (
	GatePass   GateVerdict = "pass"
	GateFail   GateVerdict = "fail"
	GateNoRows GateVerdict = "no rows"
)

// Share is a part of a whole. Value is Hits/Rows, 0 when there are no rows.
type Share struct {
	Hits  int     `json:"hits"`
	Rows  int     `json:"rows"`
	Value float64 `json:"value"`
}

func (s *Share) count(hit bool) {
	s.Rows++
	if hit {
		s.Hits++
	}
	s.Value = float64(s.Hits) / float64(s.Rows)
}

// GateResult is a gate with what was measured. Even and Odd are the two halves of
// the set by the last bit of sha256(id), so that rules written with one half in
// view can be held to the other.
type GateResult struct {
	SafetyGate
	All     Share       `json:"all"`
	Even    Share       `json:"even"`
	Odd     Share       `json:"odd"`
	Verdict GateVerdict `json:"verdict"`
}

func (g *GateResult) add(row SafetyRow, tier safety.Tier) {
	if !g.covers(row) {
		return
	}
	hit := g.counts(tier)
	g.All.count(hit)
	if row.even() {
		g.Even.count(hit)
	} else {
		g.Odd.count(hit)
	}
}

// judge compares the whole set with the target.
func (g *GateResult) judge() {
	switch {
	case g.All.Rows == 0:
		g.Verdict = GateNoRows
	case g.AtMost && g.All.Value <= g.Target, !g.AtMost && g.All.Value >= g.Target:
		g.Verdict = GatePass
	default:
		g.Verdict = GateFail
	}
}
