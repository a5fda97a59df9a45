package cli

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"verbatim/internal/safety"
)

// TestSafetyFitsEightyColumns shows every topic and a verdict on each of its
// examples.
func TestSafetyFitsEightyColumns(t *testing.T) {
	rules := mustLoad(t)
	var b strings.Builder
	term := terminal{out: &b}
	for _, topic := range rules.Topics() {
		e, err := rules.Explain(topic.ID)
		if err != nil {
			t.Fatal(err)
		}
		term.explanation(&b, e)
		for _, text := range topic.Positive {
			if err := term.writeVerdict(judge(rules, text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for line := range strings.Lines(b.String()) {
		if w := runewidth.StringWidth(strings.TrimRight(line, "\n")); w > 80 {
			t.Errorf("%d columns: %q", w, line)
		}
		if strings.HasSuffix(line, " \n") {
			t.Errorf("trailing space: %q", line)
		}
	}
}

// TestSafetyCheckReadsTheWholeText hides a cry for help in the middle of two
// megabytes.
func TestSafetyCheckReadsTheWholeText(t *testing.T) {
	filler := strings.Repeat("a few words on the weather of today\n", 30_000)
	p, out, errs := program(filler + "i want to kill myself\n" + filler)
	if code := p.Run(t.Context(), []string{"verbatim", "safety", "check", "--json", "-"}); code != exitOK {
		t.Fatal("exit", code, errs)
	}
	var v jsonVerdict
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	if v.Tier != safety.TierCrisis || len(v.Cards) != 1 {
		t.Errorf("tier %s, cards %q", v.Tier, v.Cards)
	}
}

func TestSafetyExplanation(t *testing.T) {
	word := func(source string, pair int) safety.ExplainedPattern {
		return safety.ExplainedPattern{Source: source, Pair: pair, Terms: []safety.ExplainedTerm{
			{Written: "{" + source + "}", Phrases: []string{source, source + "s"}}, {Written: "(x|y)", Phrases: []string{"x", "y"}},
		}}
	}
	var b strings.Builder
	terminal{}.explanation(&b, safety.Explanation{
		Topic: safety.Topic{
			ID: "wobble", Tier: safety.TierSafety, Quote: safety.QuoteAllow, Minor: true, Card: "shaky",
			Positive: []string{"it wobbles"}, Negative: []string{"it stands"},
			Source: safety.Source{Title: "A book", URL: "https://example.org"}, Reviewed: &safety.Review{By: "Dr Doe", On: "2026-01-02"},
		},
		Patterns: []safety.ExplainedPattern{word("one", 0), word("two", 1), word("one", 1), word("three", 2), word("four", 2)},
		Unless:   []safety.ExplainedPattern{word("five", 0)},
	})
	want := `wobble
Tier        safety
Quote       allow
Age         firing states an age under 18
Card        shaky, in place of the card of its tier
Source      A book
            https://example.org
Review      reviewed by Dr Doe on 2026-01-02

Fires on
  1. one
       {one}: one, ones
  2. both two
       {two}: two, twos
     and one
       {one}: see 1
  3. both three
       {three}: three, threes
     and four
       {four}: four, fours

But not where one of these shares a word with it
  4. five
       {five}: five, fives

Examples that must fire it
  - it wobbles

Look-alikes that must not
  - it stands
`
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestAbridged(t *testing.T) {
	for rule, want := range map[string]string{
		"{a} near:6 (b|c|d|e)":           "{a} near:6 (b|c|d|e)",
		"(a|b|c|d|e) then:2 {f|g|h|i|j}": "(a|b|c|d|…) then:2 {f|g|h|i|…}",
		"plain words":                    "plain words",
	} {
		if got := abridged(rule); got != want {
			t.Errorf("abridged(%q) = %q, want %q", rule, got, want)
		}
	}
}

func TestSeparate(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	got := separate(errors.Join(a, errors.Join(b, c)))
	if len(got) != 3 || !errors.Is(got[0], a) || !errors.Is(got[2], c) {
		t.Errorf("%v", got)
	}
	if got := separate(a); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
