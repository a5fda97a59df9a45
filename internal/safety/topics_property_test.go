package safety

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawTopics draws a guild's data from words of the shipped rules and others.
func drawTopics(t *rapid.T, rules *Rules) string {
	words := []string{"newt", "pond", "no", "not", "pain", "blood", "safe", "fever", "kill", "lol", "massage", "prostate", "how", "sui", "cide", "die*", "#10..17", "{pain}", "{blood}", "{fever}"}
	word := rapid.SampledFrom(words)
	var b strings.Builder
	b.WriteString("topics:\n")
	for i := range rapid.IntRange(1, 3).Draw(t, "topics") {
		a, c := word.Draw(t, "a"), word.Draw(t, "c")
		fmt.Fprintf(&b, "  - id: drawn-%d\n    tier: %s\n    quote: %s\n    any: [%q]\n    examples:\n", i,
			rapid.SampledFrom(tierNames[1:]).Draw(t, "tier"), rapid.SampledFrom([]string{"never", "age-restricted", "after-card", "allow"}).Draw(t, "quote"),
			a+rapid.SampledFrom([]string{" ", " near:5 ", " then:9 "}).Draw(t, "link")+c)
		b.WriteString("      positive: []\n      negative: []\n")
	}
	raised := map[string]bool{}
	for range rapid.IntRange(0, 4).Draw(t, "raises") {
		topic := rapid.SampledFrom(rules.Topics()).Draw(t, "raised")
		if topic.Tier == TierCrisis || raised[topic.ID] {
			continue
		}
		if len(raised) == 0 {
			b.WriteString("raise:\n")
		}
		raised[topic.ID] = true
		fmt.Fprintf(&b, "  - {topic: %s, tier: %s}\n", topic.ID, rapid.SampledFrom(tierNames[topic.Tier+1:]).Draw(t, "to"))
	}
	return b.String()
}

// withDrawn compiles drawn data without its examples, which it has none of.
func withDrawn(t *rapid.T, rules *Rules, source string) *Rules {
	files, err := decodeTopics(source)
	if err != nil {
		t.Fatal(err)
	}
	b := newTopicsBuilder(rules)
	b.demands = demands{}
	b.build(files)
	if len(b.faults) > 0 {
		t.Fatal(errors.Join(b.faults...))
	}
	with := *rules
	with.own = b.layer()
	return &with
}

func TestTopicsOnlyRaise(t *testing.T) {
	rules := shipped(t)
	texts, _ := positives(rules)
	for _, topic := range rules.Topics() {
		texts = append(texts, topic.Negative...)
	}
	rapid.Check(t, func(t *rapid.T) {
		with := withDrawn(t, rules, drawTopics(t, rules))
		for range 20 {
			i := rapid.IntRange(0, len(texts)-1).Draw(t, "example")
			checkRaises(t, rules, with, rapid.SampledFrom(frames).Draw(t, "before")+texts[i]+" "+rapid.SampledFrom(glue).Draw(t, "after"))
		}
	})
}

func TestPondTopicsOnlyRaise(t *testing.T) {
	rules, with := shipped(t), ponds(t)
	for _, topic := range with.Topics() {
		for _, text := range slices.Concat(topic.Positive, topic.Negative) {
			checkRaises(t, rules, with, text)
		}
	}
}

// checkRaises compares a decision with a guild's data to the one without it.
func checkRaises(t rapid.TB, rules, with *Rules, text string) {
	t.Helper()
	before, after := rules.Triage(text), with.Triage(text)
	if after.Tier < before.Tier || before.Minor && !after.Minor {
		t.Errorf("%q: %s, minor %t, became %s, minor %t", text, before.Tier, before.Minor, after.Tier, after.Minor)
	}
	for _, m := range before.Matches {
		i := slices.IndexFunc(after.Matches, func(n Match) bool { return n.Topic == m.Topic })
		if i < 0 || after.Matches[i].Tier < m.Tier || strictness(after.Matches[i].Quote) < strictness(m.Quote) || after.Matches[i].Matched != m.Matched {
			t.Errorf("%q: %v became %v", text, m, after.Matches)
		}
	}
	for _, aged := range []bool{false, true} {
		if before.Withheld(aged) != NotWithheld && after.MayQuote(aged) {
			t.Errorf("%q was withheld for %d and is not", text, before.Withheld(aged))
		}
	}
	shown, now := rules.Cards(before), with.Cards(after)
	if len(now) < len(shown) {
		t.Errorf("%q: %d cards became %d", text, len(shown), len(now))
	}
	for _, card := range shown {
		if before.Tier >= TierEmergency && !slices.ContainsFunc(now, card.same) {
			t.Errorf("%q: the card %q is gone", text, card.Title)
		}
	}
}

func TestTopicsWorkIsLinear(t *testing.T) { workIsLinear(t, ponds(t)) }

func FuzzWithTopics(f *testing.F) {
	rules := shipped(f)
	for _, seed := range []string{pondTopics, ownTopic, "raise: [{topic: suicide}]", "---\n---", "topics: [[[[", "concepts: {a: [\"{a}\"]}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		with, err := rules.WithTopics(source)
		if err != nil {
			if fault := new(Fault); !errors.As(err, &fault) {
				t.Errorf("%v is no fault", err)
			}
			return
		}
		checkRaises(t, rules, with, "i took newtpowder and i cant breathe, is it safe")
	})
}
