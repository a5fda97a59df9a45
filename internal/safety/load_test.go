package safety

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// base is the smallest data that loads, apart from topics.
const base = `
note: not reviewed
cards:
  - {tier: crisis, title: t, action: a, sources: [{title: s, url: u}], reviewed: null}
  - {tier: emergency, title: t, action: a, sources: [{title: s, url: u}], reviewed: null}
  - {tier: urgent, title: t, action: a, sources: [{title: s, url: u}], reviewed: null}
disclaimer: {title: t, action: a, sources: [{title: s, url: u}], reviewed: null}
`

// topicText is a topic that loads; tests replace parts of it.
const topicText = `
topics:
  - id: wobble
    tier: safety
    quote: allow
    any: ["wobble"]
    examples:
      positive: [wobble, a wobble, b wobble, c wobble, d wobble, e wobble, f wobble, g wobble]
      negative: [a, b, c, d, e]
    source: {title: s, url: u}
    reviewed: null
`

// higherTopic takes a negative example of the topic below it for its own.
const higherTopic = `topics:
  - id: alarm
    tier: urgent
    quote: never
    any: ["(alarm|a)"]
    examples:
      positive: [alarm, the alarm, b alarm, c alarm, d alarm, e alarm, f alarm, g alarm]
      negative: [z, y, x, w, v]
    source: {title: s, url: u}
    reviewed: null`

func TestLoadFaults(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"unknown key":             {"quote: allow", "quote: allow\n    colour: red", `topics.yaml:6: unknown field "colour"`},
		"wrong type":              {"id: wobble", "id: [wobble]", "topics.yaml:3"},
		"bad tier":                {"tier: safety", "tier: mild", "tier must be"},
		"bad quote policy":        {"quote: allow", "quote: maybe", "quote must be"},
		"no patterns":             {`any: ["wobble"]`, `any: []`, "no patterns"},
		"pattern that is empty":   {`any: ["wobble"]`, `any: [""]`, "topics.yaml:6"},
		"pattern that is broken":  {`any: ["wobble"]`, `any: ["{wobble"]`, "topics.yaml:6"},
		"one-sided pair":          {`any: ["wobble"]`, `pairs: [["wobble"]]`, "pair must have two"},
		"no source":               {"source: {title: s, url: u}", "source: {title: s}", "no source"},
		"few positives":           {"wobble, a wobble, ", "", "6 positive examples"},
		"few negatives":           {"negative: [a, ", "negative: [", "4 negative examples"},
		"positive does not fire":  {"g wobble]", "nothing]", `topics.yaml:8: wobble is not fired by its positive example "nothing"`},
		"negative fires":          {"negative: [a,", "negative: [wobble,", `topics.yaml:9: wobble is fired by its negative example "wobble"`},
		"negative fires higher":   {"topics:", higherTopic, "wobble has a negative example that alarm fires at the higher tier urgent"},
		"unless above safety":     {"tier: safety", "tier: urgent\n    unless: [\"x\"]", "tier safety only"},
		"unknown card":            {"quote: allow", "quote: allow\n    card: nothing", "no card"},
		"review without a person": {"reviewed: null", "reviewed: {on: 2026-01-02}", "reviewed must be"},
		"review without a date":   {"reviewed: null", "reviewed: {by: Dr A, on: soon}", "reviewed must be"},
		"duplicate id":            {"topics:", "topics:" + strings.TrimPrefix(topicText, "\ntopics:"), "defined twice"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(topicText, tt.old, tt.new, 1)
			_, err := loadText(text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want one with %q", err, tt.want)
			}
			var fault *Fault
			if !errors.Is(err, ErrInvalid) || !errors.As(err, &fault) {
				t.Errorf("error %v is not a fault of class ErrInvalid", err)
			}
		})
	}
}

func TestLoadRefusesTooManyPatterns(t *testing.T) {
	many := strings.Repeat(`"wobble", `, maxPatterns+1)
	_, err := loadText(replaceOnce(t, topicText, `any: ["wobble"]`, "any: ["+many+"]"))
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("error %v, want one about too many patterns", err)
	}
}

func TestLoadReportsAllFaults(t *testing.T) {
	text := strings.NewReplacer("tier: safety", "tier: mild", "quote: allow", "quote: maybe").Replace(topicText)
	_, err := loadText(text)
	for _, want := range []string{"tier must be", "quote must be"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func TestLoadAcceptsTheFixture(t *testing.T) {
	rules, err := loadText(topicText)
	if err != nil {
		t.Fatal(err)
	}
	if topics := rules.Topics(); len(topics) != 1 || topics[0].ID != "wobble" {
		t.Errorf("topics %v, want wobble alone", topics)
	}
}

func TestLoadNeedsFilesCardsAndDisclaimer(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); !errors.Is(err, ErrInvalid) {
		t.Errorf("no files: %v, want ErrInvalid", err)
	}
	_, err := Load(fstest.MapFS{"topics.yaml": {Data: []byte(topicText)}})
	for _, want := range []string{"no disclaimer", "no card is defined for tier urgent"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func loadText(topics string) (*Rules, error) {
	return Load(fstest.MapFS{
		"cards.yaml":  {Data: []byte(base)},
		"topics.yaml": {Data: []byte(topics)},
	})
}

// replaceOnce replaces a part of a fixture that must be there.
func replaceOnce(t *testing.T, text, old, with string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("the fixture has no %q", old)
	}
	return strings.Replace(text, old, with, 1)
}

// TestEveryConceptIsUsed keeps words out of the data that no rule reads.
func TestEveryConceptIsUsed(t *testing.T) {
	b := builtFromShipped(t)
	for name := range b.compiler.defined {
		if !b.compiler.used[name] {
			t.Errorf("concept %q is used by no pattern", name)
		}
	}
}

func builtFromShipped(t *testing.T) *builder {
	t.Helper()
	names := shippedFiles(t)
	files, err := decodeAll(shippedFS, names)
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder()
	b.build(files)
	if len(b.faults) > 0 {
		t.Fatal(fmt.Errorf("building: %w", errors.Join(b.faults...)))
	}
	return b
}
