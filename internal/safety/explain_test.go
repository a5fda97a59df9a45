package safety

import (
	"errors"
	"slices"
	"testing"
)

func TestExplainExpandsConcepts(t *testing.T) {
	text := `
concepts:
  all: ["{some}", third]
  some: ["first | sec*"]
` + topicText
	text = replaceOnce(t, text, `any: ["wobble"]`, `any: ["wobble", "{all} then:3 (x|y z)"]`)
	text = replaceOnce(t, text, `quote: allow`, "quote: allow\n    pairs: [[left, right]]\n    unless: [excuse]")
	rules, err := loadText(text)
	if err != nil {
		t.Fatal(err)
	}
	e, err := rules.Explain("wobble")
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Patterns) != 4 || len(e.Unless) != 1 || e.Patterns[2].Pair != 1 || e.Patterns[3].Source != "right" {
		t.Fatalf("patterns %+v, unless %+v", e.Patterns, e.Unless)
	}
	second := e.Patterns[1]
	if len(second.Terms) != 2 || second.Terms[0].Written != "{all}" {
		t.Fatalf("terms %+v", second.Terms)
	}
	if got, want := second.Terms[0].Phrases, []string{"first", "sec*", "third"}; !slices.Equal(got, want) {
		t.Errorf("{all} is %q, want %q", got, want)
	}
	if got, want := second.Terms[1].Phrases, []string{"x", "y z"}; !slices.Equal(got, want) {
		t.Errorf("(x|y z) is %q, want %q", got, want)
	}
}

func TestExplainEveryShippedTopic(t *testing.T) {
	rules := shipped(t)
	for _, topic := range rules.Topics() {
		e, err := rules.Explain(topic.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range slices.Concat(e.Patterns, e.Unless) {
			for _, term := range p.Terms {
				if len(term.Phrases) == 0 {
					t.Errorf("%s: term %s of %q stands for nothing", topic.ID, term.Written, p.Source)
				}
			}
		}
	}
}

func TestExplainUnknownTopic(t *testing.T) {
	if _, err := shipped(t).Explain("nonsense"); !errors.Is(err, ErrNoTopic) {
		t.Errorf("error %v, want ErrNoTopic", err)
	}
}
