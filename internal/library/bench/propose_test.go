package bench_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

const (
	lakeGuild = "100000000000000003"
	ranger    = "200000000000000003"
	warden    = "200000000000000004"
)

// loadShippedRules loads the rules of the repository once.
var loadShippedRules = sync.OnceValues(func() (*safety.Rules, error) { return safety.Load(os.DirFS("../../../knowledge/safety")) })

// eelTopic is a topic of a guild's own; the verbs take a tier and further patterns.
const eelTopic = `# Eels of the north lake.
topics:
  - id: eel-shock
    tier: %s
    quote: never
    any:
      - "(eel shock|shocked by an eel)"%s
    examples:
      positive: ["eel shock just now", "i was shocked by an eel", "he had an eel shock"]
      negative: ["do eels shock people", "an eel in shock therapy, the novel"]
`

func eel(tier string, patterns ...string) string {
	more := ""
	for _, p := range patterns {
		more += fmt.Sprintf("\n      - %q", p)
	}
	return fmt.Sprintf(eelTopic, tier, more)
}

const raiseIsItSafe = "raise:\n  - {topic: is-it-safe, tier: emergency, reason: the lake is cold}\n"

func newLakeBench(t testing.TB) (*bench.Bench, *store.Store) {
	t.Helper()
	rules, err := loadShippedRules()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 6, 7, 8, 9, 10, 0, time.UTC)
	now := func() time.Time { at = at.Add(time.Second); return at }
	s, err := store.Open(t.Context(), store.Config{URL: storetest.SQLite(t), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	n := 0
	return bench.New(bench.Config{
		Trail: s, Settings: s, Proposals: s.Proposals(), Rules: rules, Now: now,
		NewID: func() string { n++; return fmt.Sprintf("p%03d", n) },
	}), s
}

func lakeAct(actor string) library.Act { return library.Act{Actor: actor, Reason: "lake rules"} }

// propose proposes something and wants no error.
func propose(t testing.TB, b *bench.Bench, kind library.ProposalKind, topic, body string) bench.Decided {
	t.Helper()
	d, err := b.Propose(t.Context(), lakeGuild, library.Proposal{Kind: kind, Topic: topic, Body: body}, false, lakeAct(ranger))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// tierNow is the tier of a text by the guild's rules.
func tierNow(t testing.TB, b *bench.Bench, text string) safety.Tier {
	t.Helper()
	return rulesNow(t, b).Triage(text).Tier
}

func rulesNow(t testing.TB, b *bench.Bench) *safety.Rules {
	t.Helper()
	rules, err := b.OwnRules(t.Context(), lakeGuild)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestAddingIsInForceAtOnce(t *testing.T) {
	b, s := newLakeBench(t)
	if d := propose(t, b, library.AddTopic, "", eel("emergency")); !d.InForce || d.Proposal.State != library.ProposalApproved || d.Proposal.Topic != "eel-shock" {
		t.Errorf("%+v", d)
	}
	if d := propose(t, b, "", "is-it-safe", raiseIsItSafe); !d.InForce || d.Proposal.Kind != library.AddTopic {
		t.Errorf("%+v", d)
	}
	for text, want := range map[string]safety.Tier{"an eel shock": safety.TierEmergency, "is it safe": safety.TierEmergency} {
		if got := tierNow(t, b, text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	topics, err := b.Topics(t.Context(), lakeGuild)
	if err != nil || len(topics) != 2 {
		t.Fatalf("%v, %v", topics, err)
	}
	if own := topics[0]; own.ID != "eel-shock" || own.Raises != "" || own.Tier != safety.TierEmergency || len(own.Positive) != 3 || own.Body != eel("emergency") {
		t.Errorf("%+v", own)
	}
	if raised := topics[1]; raised.ID != "is-it-safe" || raised.Raises != "is-it-safe" || raised.Tier != safety.TierEmergency || raised.Body != raiseIsItSafe {
		t.Errorf("%+v", raised)
	}
	trail, err := s.Audit(t.Context(), lakeGuild, 0, 100)
	if err != nil || len(trail) != 4 || trail[0].Action != "setting.set" || trail[0].Actor != ranger {
		t.Errorf("trail %+v, %v", trail, err)
	}
	all, err := b.Proposals(t.Context(), lakeGuild)
	if err != nil || len(all) != 2 || all[0].Value.Topic != "is-it-safe" || all[0].Value.DecidedBy != ranger {
		t.Errorf("proposals %+v, %v", all, err)
	}
}

func TestWhatNeedsASecondModerator(t *testing.T) {
	const shock = "(shocked hard by the eels)"
	withConcept := strings.Replace(eel("crisis", "{eel-pain}"), "topics:", "concepts:\n  eel-pain: [\"eel ache | eel hurt\"]\ntopics:", 1)
	tests := map[string]struct {
		before, after string // empty after for removal
		waits         bool
	}{
		"removed":                {eel("crisis"), "", true},
		"emergency removed":      {eel("emergency"), "", true},
		"urgent removed":         {eel("urgent"), "", false},
		"safety removed":         {eel("safety"), "", false},
		"lowered":                {eel("crisis"), eel("emergency"), true},
		"lowered far":            {eel("emergency"), eel("safety"), true},
		"urgent lowered":         {eel("urgent"), eel("safety"), false},
		"raised":                 {eel("emergency"), eel("crisis"), false},
		"pattern added":          {eel("crisis"), eel("crisis", shock), false},
		"pattern removed":        {eel("crisis", shock), eel("crisis"), true},
		"pattern narrowed":       {eel("crisis"), strings.Replace(eel("crisis"), "|shocked by an eel", "|i was shocked by an eel", 1), true},
		"urgent pattern removed": {eel("urgent", shock), eel("urgent"), false},
		"quote loosened":         {eel("crisis"), strings.Replace(eel("crisis"), "never", "allow", 1), true},
		"comment":                {eel("crisis"), strings.Replace(eel("crisis"), "north", "south", 1), false},
		"phrase added":           {withConcept, strings.Replace(withConcept, "eel hurt", "eel hurt | eel pains", 1), false},
		"phrase removed":         {withConcept, strings.Replace(withConcept, " | eel hurt", "", 1), true},
		"pair for a pattern":     {eel("crisis", shock), strings.Replace(eel("crisis"), "    examples:", "    pairs:\n      - [\""+shock+"\", \"help\"]\n    examples:", 1), true},
		"card":                   {eel("crisis"), strings.Replace(eel("crisis"), "quote: never", "quote: never\n    card: abuse", 1), true},
		"raise removed":          {raiseIsItSafe, "", true},
		"raise lowered":          {raiseIsItSafe, strings.Replace(raiseIsItSafe, "emergency", "urgent", 1), true},
		"raise lifted":           {raiseIsItSafe, strings.Replace(raiseIsItSafe, "emergency", "crisis", 1), false},
		"urgent raise removed":   {strings.Replace(raiseIsItSafe, "emergency", "urgent", 1), "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b, _ := newLakeBench(t)
			topic := propose(t, b, library.AddTopic, "", tt.before).Proposal.Topic
			kind := library.ChangeTopic
			if tt.after == "" {
				kind = library.RemoveTopic
			}
			d := propose(t, b, kind, topic, tt.after)
			if d.InForce == tt.waits || (d.Waits != "") != tt.waits || (d.Proposal.State == library.ProposalOpen) != tt.waits {
				t.Fatalf("%+v, want it to wait: %t", d, tt.waits)
			}
			if !tt.waits {
				return
			}
			if now, err := b.Topics(t.Context(), lakeGuild); err != nil || len(now) != 1 || now[0].Body != tt.before {
				t.Fatalf("it is in force already: %+v, %v", now, err)
			}
			if _, err := b.Decide(t.Context(), lakeGuild, d.ID, true, false, lakeAct(ranger)); !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "somebody else") {
				t.Errorf("the proposer approved it: %v", err)
			}
			got, err := b.Decide(t.Context(), lakeGuild, d.ID, true, false, lakeAct(warden))
			if err != nil || !got.InForce || got.Proposal.By != ranger || got.Proposal.DecidedBy != warden {
				t.Fatalf("%+v, %v", got, err)
			}
			now, err := b.Topics(t.Context(), lakeGuild)
			if err != nil || (len(now) == 0) != (tt.after == "") || len(now) == 1 && now[0].Body != tt.after {
				t.Errorf("%+v, %v", now, err)
			}
			if _, err := b.Decide(t.Context(), lakeGuild, d.ID, false, false, lakeAct(warden)); !errors.Is(err, article.ErrConflict) {
				t.Errorf("it was decided twice: %v", err)
			}
		})
	}
}

func TestAloneDecidesAlone(t *testing.T) {
	b, _ := newLakeBench(t)
	propose(t, b, library.AddTopic, "", eel("crisis"))
	waiting := propose(t, b, library.ChangeTopic, "", eel("emergency"))
	if d, err := b.Decide(t.Context(), lakeGuild, waiting.ID, true, true, lakeAct(ranger)); err != nil || !d.InForce {
		t.Errorf("%+v, %v", d, err)
	}
	d, err := b.Propose(t.Context(), lakeGuild, library.Proposal{Kind: library.RemoveTopic, Topic: "eel-shock"}, true, lakeAct(ranger))
	if err != nil || !d.InForce {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestAProposalThatNoLongerAppliesIsRefused(t *testing.T) {
	tests := map[string]func(*testing.T, *bench.Bench){
		"changed": func(t *testing.T, b *bench.Bench) {
			t.Helper()
			propose(t, b, library.ChangeTopic, "", eel("crisis", "(eel eel eel)"))
		},
		"removed": func(t *testing.T, b *bench.Bench) {
			t.Helper()
			d := propose(t, b, library.RemoveTopic, "eel-shock", "")
			if _, err := b.Decide(t.Context(), lakeGuild, d.ID, true, false, lakeAct(warden)); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, meanwhile := range tests {
		t.Run(name, func(t *testing.T) {
			b, _ := newLakeBench(t)
			propose(t, b, library.AddTopic, "", eel("crisis"))
			d := propose(t, b, library.ChangeTopic, "", eel("urgent"))
			meanwhile(t, b)
			before, err := b.Topics(t.Context(), lakeGuild)
			if err != nil {
				t.Fatal(err)
			}
			got, err := b.Decide(t.Context(), lakeGuild, d.ID, true, false, lakeAct(warden))
			if !errors.Is(err, article.ErrConflict) || !strings.Contains(err.Error(), "no longer applies") || got.Proposal.State != library.ProposalRefused {
				t.Errorf("%+v, %v", got, err)
			}
			if after, err := b.Topics(t.Context(), lakeGuild); err != nil || len(after) != len(before) || len(after) == 1 && after[0].Body != before[0].Body {
				t.Errorf("%+v, %v", after, err)
			}
		})
	}
}

func TestRefuse(t *testing.T) {
	b, _ := newLakeBench(t)
	propose(t, b, library.AddTopic, "", eel("crisis"))
	d := propose(t, b, library.RemoveTopic, "eel-shock", "")
	got, err := b.Decide(t.Context(), lakeGuild, d.ID, false, false, lakeAct(ranger))
	if err != nil || got.InForce || got.Proposal.State != library.ProposalRefused || tierNow(t, b, "eel shock") != safety.TierCrisis {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := b.Decide(t.Context(), lakeGuild, "nowhere", true, false, lakeAct(warden)); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestProposalFaults(t *testing.T) {
	tests := map[string]struct {
		p     library.Proposal
		class error
		want  string
	}{
		"own examples":   {library.Proposal{Kind: library.AddTopic, Body: strings.Replace(eel("urgent"), "eel shock just now", "a pike", 1)}, article.ErrInvalid, `topics:9: topic "eel-shock" is not fired`},
		"nothing":        {library.Proposal{Kind: library.AddTopic}, article.ErrInvalid, "has no data"},
		"comment alone":  {library.Proposal{Kind: library.AddTopic, Body: "# eels"}, article.ErrInvalid, "0 topics"},
		"two topics":     {library.Proposal{Kind: library.AddTopic, Body: eel("urgent") + raiseIsItSafe}, article.ErrInvalid, "2 topics"},
		"two documents":  {library.Proposal{Kind: library.AddTopic, Body: eel("urgent") + "---\nconcepts: {b: [c]}"}, article.ErrInvalid, "several YAML documents"},
		"another topic":  {library.Proposal{Kind: library.AddTopic, Topic: "pike", Body: eel("urgent")}, article.ErrInvalid, `"eel-shock", not of "pike"`},
		"there already":  {library.Proposal{Kind: library.AddTopic, Body: strings.Replace(eel("urgent"), "eel-shock", "there", 1)}, article.ErrConflict, "already"},
		"not there":      {library.Proposal{Kind: library.ChangeTopic, Body: eel("urgent")}, article.ErrNotFound, "no topic"},
		"remove nothing": {library.Proposal{Kind: library.RemoveTopic, Topic: "pike"}, article.ErrNotFound, "no topic"},
		"remove shipped": {library.Proposal{Kind: library.RemoveTopic, Topic: "suicide"}, article.ErrInvalid, "cannot be switched off"},
		"change shipped": {library.Proposal{Kind: library.ChangeTopic, Body: strings.Replace(eel("urgent"), "eel-shock", "suicide", 1)}, article.ErrInvalid, "came with the program"},
		"same":           {library.Proposal{Kind: library.ChangeTopic, Body: "---\r\n" + strings.ReplaceAll(strings.Replace(eel("urgent"), "eel-shock", "there", 1), "\n", "\r\n")}, article.ErrInvalid, "is that already"},
		"kind":           {library.Proposal{Kind: "turn", Body: eel("urgent")}, article.ErrInvalid, "adds, changes or removes"},
		"clashes":        {library.Proposal{Kind: library.AddTopic, Body: "concepts: {rival: [eel]}\n" + eel("urgent", "{rival} rod")}, article.ErrInvalid, "together with"},
	}
	b, _ := newLakeBench(t)
	propose(t, b, library.AddTopic, "", strings.Replace(eel("urgent"), "eel-shock", "there", 1))
	propose(t, b, library.AddTopic, "", "concepts: {rival: [pike]}\ntopics: [{id: pikes, tier: safety, quote: allow, any: [\"{rival}\"], examples: {positive: [pike, a pike, pikes like pike], negative: [tench, perch]}}]")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := b.Propose(t.Context(), lakeGuild, tt.p, false, lakeAct(ranger))
			if !errors.Is(err, tt.class) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%+v, error %v, want %q", d, err, tt.want)
			}
		})
	}
	if all, err := b.Proposals(t.Context(), lakeGuild); err != nil || len(all) != 2 {
		t.Errorf("faulty proposals were recorded: %d, %v", len(all), err)
	}
}

func TestTopicsThatCannotBeReadAnyMore(t *testing.T) {
	b, s := newLakeBench(t)
	propose(t, b, library.AddTopic, "", eel("crisis"))
	texts, err := s.Settings(t.Context(), lakeGuild)
	if err != nil {
		t.Fatal(err)
	}
	broken := "# topic: old-topic\ntopics: [{id: suicide}]\n---\n" + texts[library.SafetyTopics]
	if err := s.SetSetting(t.Context(), lakeGuild, library.SafetyTopics, broken, lakeAct(library.Host)); err != nil {
		t.Fatal(err)
	}
	topics, err := b.Topics(t.Context(), lakeGuild)
	if err != nil || len(topics) != 2 || topics[0].ID != "eel-shock" || topics[1].ID != "old-topic" || topics[1].Tier != safety.TierNone {
		t.Errorf("%+v, %v", topics, err)
	}
	if got := tierNow(t, b, "eel shock"); got != safety.TierCrisis {
		t.Errorf("a fault in one topic takes another one with it: %s", got)
	}
	if d := propose(t, b, library.AddTopic, "", raiseIsItSafe); !d.InForce {
		t.Errorf("a fault in one topic keeps others from being added: %+v", d)
	}
	if d := propose(t, b, library.RemoveTopic, "old-topic", ""); d.InForce {
		t.Error("what cannot be read was removed by one moderator")
	}
}

// TestOneModeratorNeverLowersAnEmergency proposes at random in one name.
func TestOneModeratorNeverLowersAnEmergency(t *testing.T) {
	bodies := []string{
		eel("crisis"), eel("emergency"), eel("urgent"), eel("safety"), eel("crisis", "lake fever"), eel("emergency", "lake fever", "(cold water shock|cold plunge)"),
		eel("emergency", "(cold water shock)"), strings.Replace(eel("crisis"), "|shocked by an eel", "|i was shocked by an eel", 1),
		raiseIsItSafe, strings.Replace(raiseIsItSafe, "emergency", "crisis", 1), strings.Replace(raiseIsItSafe, "emergency", "urgent", 1),
	}
	texts := []string{"eel shock just now", "shocked by an eel", "lake fever again", "cold water shock", "cold plunge", "is it safe"}
	outer, courses := t, 0
	rapid.Check(t, func(t *rapid.T) {
		if courses++; courses > 30 {
			return // each takes a database of its own
		}
		b, _ := newLakeBench(outer)
		tiers := make([]safety.Tier, len(texts))
		for range rapid.IntRange(1, 8).Draw(t, "proposals") {
			p := library.Proposal{Body: rapid.SampledFrom(bodies).Draw(t, "body")}
			if rapid.Bool().Draw(t, "removes") {
				p = library.Proposal{Kind: library.RemoveTopic, Topic: rapid.SampledFrom([]string{"eel-shock", "is-it-safe"}).Draw(t, "topic")}
			}
			d, err := b.Propose(outer.Context(), lakeGuild, p, false, lakeAct(ranger))
			if err == nil && !d.InForce {
				_, _ = b.Decide(outer.Context(), lakeGuild, d.ID, true, false, lakeAct(ranger)) // which it must not
			}
			rules := rulesNow(outer, b)
			for i, text := range texts {
				now := rules.Triage(text).Tier
				if tiers[i] >= safety.TierEmergency && now < tiers[i] {
					t.Fatalf("%q was %s and is %s after %+v", text, tiers[i], now, p)
				}
				tiers[i] = now
			}
		}
	})
}

// hasty settings are changed by somebody else just before the first swaps.
type hasty struct {
	library.SettingsTable

	before func() // called before each swap
}

func (h hasty) SwapSetting(ctx context.Context, guild, key, from, to string, act library.Act) error {
	h.before()
	return h.SettingsTable.SwapSetting(ctx, guild, key, from, to, act)
}

// TestProposeBesideOthers loses no change that is made at the same moment, and gives up
// in the end.
func TestProposeBesideOthers(t *testing.T) {
	b, s := newLakeBench(t)
	n, most := 0, 2
	b.Settings = hasty{s, func() {
		if n++; n > most {
			return
		}
		text := topicNamed(fmt.Sprintf("lake-%d", n))
		now, err := s.Settings(t.Context(), lakeGuild)
		if err == nil {
			if before := now[library.SafetyTopics]; before != "" {
				text = before + "---\n" + text
			}
			err = s.SetSetting(t.Context(), lakeGuild, library.SafetyTopics, text, lakeAct(warden))
		}
		if err != nil {
			t.Fatal(err)
		}
	}}
	if d := propose(t, b, library.AddTopic, "", eel("emergency")); !d.InForce {
		t.Errorf("%+v", d)
	}
	topics, err := b.Topics(t.Context(), lakeGuild)
	if err != nil || len(topics) != 3 {
		t.Errorf("%d topics, %v", len(topics), err)
	}
	most = 1 << 10
	_, err = b.Propose(t.Context(), lakeGuild, library.Proposal{Kind: library.RemoveTopic, Topic: "lake-1"}, true, lakeAct(ranger))
	if !errors.Is(err, article.ErrConflict) || n > 20 {
		t.Errorf("after %d tries: %v", n, err)
	}
}

// topicNamed is a topic of a guild's own, as it is kept.
func topicNamed(id string) string {
	return "# topic: " + id + "\n" + strings.ReplaceAll(fmt.Sprintf(eelTopic, "urgent", ""), "eel-shock", id)
}
