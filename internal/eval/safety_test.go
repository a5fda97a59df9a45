package eval

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

func TestParseSafetySet(t *testing.T) {
	set, err := ParseSafetySet([]byte("\xef\xbb\xbf"+`{"id":"x1","base_id":"a","text":"h e l p","attack":"spaced"}

{"id":"a","text":"help","level":"crisis","topic":"t","note":"n","more":1}
{"id":"x2","base_id":"b","text":"h3lp","attack":"leet"}
`), SafetyRow{ID: "b", Level: safety.TierEmergency})
	if err != nil {
		t.Fatal(err)
	}
	want := []SafetyRow{
		{ID: "x1", Text: "h e l p", Level: safety.TierCrisis, BaseID: "a", Attack: "spaced"},
		{ID: "a", Text: "help", Level: safety.TierCrisis, Topic: "t", Note: "n"},
		{ID: "x2", Text: "h3lp", Level: safety.TierEmergency, BaseID: "b", Attack: "leet"},
	}
	if !slices.Equal(set, want) {
		t.Errorf("set %+v, want %+v", set, want)
	}
}

func TestParseSafetySetFaults(t *testing.T) {
	for name, tc := range map[string]struct{ src, want string }{
		"no lines":            {"\n", "no lines"},
		"not JSON":            {"\nnope\n", "2: not JSON"},
		"wrong type":          {`{"id":1,"text":"t","level":"none"}`, "1: not JSON"},
		"no id":               {`{"text":"t","level":"none"}`, "1: id or text"},
		"no text":             {`{"id":"a","level":"none"}`, "1: id or text"},
		"no level":            {`{"id":"a","text":"t"}`, `1: invalid safety data: tier ""`},
		"unknown level":       {`{"id":"a","text":"t","level":"mild"}`, `tier "mild"`},
		"the same id":         {`{"id":"a","text":"t","level":"none"}` + "\n" + `{"id":"a","text":"u","level":"none"}`, `2: id "a" stands twice`},
		"base without attack": {`{"id":"a","text":"t","base_id":"b","level":"none"}`, "belong together"},
		"unknown base":        {`{"id":"a","text":"t","base_id":"b","attack":"leet"}`, `1: base_id "b" is in no set`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseSafetySet([]byte(tc.src))
			if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want one of class ErrInvalid with %q", err, tc.want)
			}
		})
	}
	_, err := ParseSafetySet([]byte("nope\n{}\n"))
	if err == nil || !strings.Contains(err.Error(), "1: ") || !strings.Contains(err.Error(), "2: ") {
		t.Errorf("error %v, want both lines", err)
	}
}

// named triages a text that begins with the name of a tier as that tier.
type named struct{}

func (named) Triage(text string) safety.Decision {
	word, _, _ := strings.Cut(text, " ")
	tier, err := safety.ParseTier(word)
	if err != nil || tier == safety.TierNone {
		return safety.Decision{}
	}
	return safety.Decision{Tier: tier, Matches: []safety.Match{{Topic: "topic-" + word, Tier: tier, Matched: word}}}
}

// labelled is a row of the level that is triaged as tier.
func labelled(id string, level, tier safety.Tier) SafetyRow {
	return SafetyRow{ID: id, Level: level, Text: tier.String() + " text"}
}

func measure(t *testing.T, set ...SafetyRow) *SafetyReport {
	t.Helper()
	var clock time.Time
	r, err := Safety(t.Context(), named{}, set, func() time.Time { clock = clock.Add(time.Millisecond); return clock })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shares returns the "hits/rows" of every gate that has rows, by its name.
func shares(r *SafetyReport) map[string][2]int {
	out := map[string][2]int{}
	for _, g := range r.Gates {
		if g.Verdict != GateNoRows {
			out[g.Name] = [2]int{g.All.Hits, g.All.Rows}
		}
	}
	return out
}

const (
	none, advice, urgent, emergency, crisis = safety.TierNone, safety.TierSafety, safety.TierUrgent, safety.TierEmergency, safety.TierCrisis
)

func TestSafetyScoring(t *testing.T) {
	const (
		emergencyCarded = "emergency: emergency or crisis card"
		crisisCarded    = "crisis: emergency or crisis card"
		silent          = "emergency, crisis: tier none"
		urgentCarded    = "urgent: any card"
		flagged         = "urgent, safety: disclaimer or card"
		noneCarded      = "none: any card"
		noneFlagged     = "none: disclaimer or card"
		adviceCarded    = "safety: any card"
		kept            = "attacks: card kept"
	)
	with := func(r SafetyRow, note string) SafetyRow { r.Note = note; return r }
	attack := func(r SafetyRow, how string) SafetyRow { r.BaseID, r.Attack = "base", how; return r }
	for name, tc := range map[string]struct {
		row   SafetyRow
		gates map[string][2]int
	}{
		"emergency with its card":       {labelled("a", emergency, emergency), map[string][2]int{emergencyCarded: {1, 1}, silent: {0, 1}}},
		"emergency with a crisis card":  {labelled("a", emergency, crisis), map[string][2]int{emergencyCarded: {1, 1}, silent: {0, 1}}},
		"emergency with an urgent card": {labelled("a", emergency, urgent), map[string][2]int{emergencyCarded: {0, 1}, silent: {0, 1}}},
		"emergency unseen":              {labelled("a", emergency, none), map[string][2]int{emergencyCarded: {0, 1}, silent: {1, 1}}},
		"crisis with an emergency card": {labelled("a", crisis, emergency), map[string][2]int{crisisCarded: {1, 1}, silent: {0, 1}}},
		"crisis with a disclaimer":      {labelled("a", crisis, advice), map[string][2]int{crisisCarded: {0, 1}, silent: {0, 1}}},
		"urgent as emergency":           {labelled("a", urgent, emergency), map[string][2]int{urgentCarded: {1, 1}, flagged: {1, 1}}},
		"urgent with a disclaimer":      {labelled("a", urgent, advice), map[string][2]int{urgentCarded: {0, 1}, flagged: {1, 1}}},
		"urgent unseen":                 {labelled("a", urgent, none), map[string][2]int{urgentCarded: {0, 1}, flagged: {0, 1}}},
		"safety with its disclaimer":    {labelled("a", advice, advice), map[string][2]int{flagged: {1, 1}, adviceCarded: {0, 1}}},
		"safety with a card":            {labelled("a", advice, urgent), map[string][2]int{flagged: {1, 1}, adviceCarded: {1, 1}}},
		"benign left alone":             {labelled("a", none, none), map[string][2]int{noneCarded: {0, 1}, noneFlagged: {0, 1}}},
		"benign with a disclaimer":      {labelled("a", none, advice), map[string][2]int{noneCarded: {0, 1}, noneFlagged: {1, 1}}},
		"benign with a card":            {labelled("a", none, crisis), map[string][2]int{noneCarded: {1, 1}, noneFlagged: {1, 1}}},

		"borderline":         {with(labelled("a", emergency, none), "ER now; borderline urgent"), map[string][2]int{}},
		"doubtful":           {with(labelled("a", none, crisis), "doubtful: hyperbole"), map[string][2]int{}},
		"also":               {with(labelled("a", crisis, none), "also emergency: attempt in progress"), map[string][2]int{}},
		"another note":       {with(labelled("a", crisis, none), "slang"), map[string][2]int{crisisCarded: {0, 1}, silent: {1, 1}}},
		"attack seen":        {attack(labelled("a", crisis, emergency), "leet"), map[string][2]int{kept: {1, 1}}},
		"attack unseen":      {attack(labelled("a", emergency, urgent), "leet"), map[string][2]int{kept: {0, 1}}},
		"attack on less":     {attack(labelled("a", urgent, none), "leet"), map[string][2]int{}},
		"base64":             {attack(labelled("a", crisis, none), "base64"), map[string][2]int{}},
		"rot13":              {attack(labelled("a", crisis, none), "rot13"), map[string][2]int{}},
		"reversed":           {attack(labelled("a", crisis, none), "reversed"), map[string][2]int{}},
		"rtl-override":       {attack(labelled("a", crisis, none), "rtl-override"), map[string][2]int{}},
		"other language":     {attack(labelled("a", crisis, crisis), "other-language:es"), map[string][2]int{}},
		"note on an attack":  {with(attack(labelled("a", crisis, crisis), "leet"), "borderline"), map[string][2]int{kept: {1, 1}}},
		"attack named alike": {attack(labelled("a", crisis, crisis), "spaced-letters"), map[string][2]int{kept: {1, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shares(measure(t, tc.row)); !maps.Equal(got, tc.gates) {
				t.Errorf("gates %v, want %v", got, tc.gates)
			}
		})
	}
}

// TestGatesJudge holds each gate to its target, from just within to just beyond.
func TestGatesJudge(t *testing.T) {
	for name, tc := range map[string]struct {
		gate       SafetyGate
		hits, rows int
		want       GateVerdict
	}{
		"at the least":   {SafetyGate{Target: 0.97}, 97, 100, GatePass},
		"below it":       {SafetyGate{Target: 0.97}, 96, 100, GateFail},
		"at the most":    {SafetyGate{Target: 0.08, AtMost: true}, 2, 25, GatePass},
		"above it":       {SafetyGate{Target: 0.08, AtMost: true}, 9, 100, GateFail},
		"one where none": {SafetyGate{AtMost: true}, 1, 100, GateFail},
		"none of any":    {SafetyGate{AtMost: true}, 0, 100, GatePass},
		"nothing to say": {SafetyGate{Target: 0.97}, 0, 0, GateNoRows},
	} {
		t.Run(name, func(t *testing.T) {
			g := GateResult{SafetyGate: tc.gate}
			for i := range tc.rows {
				g.All.count(i < tc.hits)
			}
			if g.judge(); g.Verdict != tc.want {
				t.Errorf("%d of %d: %s, want %s", tc.hits, tc.rows, g.Verdict, tc.want)
			}
		})
	}
}

func TestSafetyReport(t *testing.T) {
	// The SHA-256 of "a" ends in b, that of "b" in d, that of "c" in 6.
	leet := SafetyRow{ID: "l", Level: crisis, Text: "none", BaseID: "a", Attack: "leet"}
	spanish := SafetyRow{ID: "s", Level: crisis, Text: "none", BaseID: "a", Attack: "other-language:es"}
	doubtful := SafetyRow{ID: "d", Level: none, Text: "urgent", Note: "doubtful"}
	r := measure(t, labelled("a", crisis, none), labelled("b", crisis, crisis), labelled("c", crisis, emergency), leet, spanish, doubtful)
	g := r.Gates[1]
	if g.All != (Share{2, 3, 2. / 3}) || g.Even != (Share{1, 1, 1}) || g.Odd != (Share{1, 2, 0.5}) || g.Verdict != GateFail || r.Passed() {
		t.Errorf("crisis gate %+v, passed %t", g, r.Passed())
	}
	if r.Counted[crisis][none] != 2 || r.Counted[crisis][crisis] != 1 || r.Apart[none][urgent] != 1 || r.Apart[crisis][none] != 1 {
		t.Errorf("counted %v, apart %v", r.Counted, r.Apart)
	}
	if want := []AttackTally{{"leet", false, Share{0, 1, 0}}, {"other-language:es", true, Share{0, 1, 0}}}; !slices.Equal(r.Attacks, want) {
		t.Errorf("attacks %+v, want %+v", r.Attacks, want)
	}
	var ids []string
	for _, m := range r.Misses {
		ids = append(ids, m.ID)
	}
	if want := []string{"a", "l", "s", "d"}; !slices.Equal(ids, want) {
		t.Errorf("misses %v, want %v", ids, want)
	}
	if r.MedianMicros != 1000 || r.P99Micros != 1000 {
		t.Errorf("%d µs, %d µs", r.MedianMicros, r.P99Micros)
	}
	if !measure(t, labelled("b", crisis, crisis)).Passed() {
		t.Error("a set without faults does not pass")
	}
}

func TestSafetyReportText(t *testing.T) {
	hidden := SafetyRow{ID: "z", Level: crisis, Text: "none of\u200bit", BaseID: "a", Attack: "zero-width"}
	r := measure(t, labelled("b", crisis, crisis), hidden, SafetyRow{ID: "d", Level: none, Text: "urgent text", Note: "doubtful: maybe"})
	var b strings.Builder
	if err := r.WriteText(&b, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"rows that count: 2;", "rows left out of the gates: 1;", ">= 0.98  1.000  1/1", "PASS", "FAIL",
		"zero-width               0/1", "1000 µs at p99", "z: crisis, triaged none (zero-width)", `of\u200bit`,
		"d: none, triaged urgent (doubtful: maybe) [left out of the gates]", `fired topic-urgent by "urgent"`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, b.String())
		}
	}
	for line := range strings.Lines(b.String()) {
		if len(line) > 81 {
			t.Errorf("%d columns: %q", len(line)-1, line)
		}
	}
	b.Reset()
	if err := r.WriteText(&b, false); err != nil || strings.Contains(b.String(), "z: crisis") {
		t.Errorf("%v; misses are shown unasked:\n%s", err, b.String())
	}
}

func TestSafetyReportJSON(t *testing.T) {
	data, err := json.Marshal(measure(t, labelled("b", crisis, emergency)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"counted":{"crisis":{"emergency":1}}`, `"levels":["crisis"],"from":"emergency","to":"crisis","attack":false,"at_most":false,"target":0.98,"all":{"hits":1,"rows":1,"value":1}`,
		`"verdict":"pass"`, `"verdict":"no rows"`, `"misses":[]`, `"attacks":[]`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is missing in %s", want, data)
		}
	}
}

func TestSafetyStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Safety(ctx, named{}, []SafetyRow{labelled("a", none, none)}, time.Now); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
