package shelf_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/answer"
	"verbatim/internal/library"
)

// TestCardsFor compares the cards of past decisions with those of the answers.
func TestCardsFor(t *testing.T) {
	const line = "Our own listeners: #listen, every night from 20:00."
	m := newMemory()
	m.set("g", "helplines", line)
	r := newRig(t, m, nil)
	for name, text := range map[string]string{
		"crisis":    inCrisis,
		"emergency": "i have crushing chest pain and cannot breathe",
		"both":      "i want to kill myself and i have crushing chest pain and cannot breathe",
		"spanish":   "quiero suicidarme",
	} {
		t.Run(name, func(t *testing.T) {
			for _, guild := range []string{"g", "other", library.Direct} {
				then, done := r.Screen(guild, question(text))
				if !done || len(then.Cards) == 0 {
					t.Fatalf("no card for %q", text)
				}
				got, ok := r.CardsFor(guild, among(append([]string{"gone"}, then.Topics...)))
				if diff := cmp.Diff(then, got); !ok || diff != "" {
					t.Errorf("%s: %v %s", guild, ok, diff)
				}
				if own := slices.Contains(got.Cards[0].Bullets, line); own != (guild == "g" && name != "emergency") {
					t.Errorf("%s: its own helpline: %v", guild, own)
				}
			}
		})
	}
	for name, topics := range map[string][]string{"none": nil, "gone": {"gone"}, "empty": {""}} {
		if got, ok := r.CardsFor("g", among(topics)); ok || len(got.Cards) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// among reports whether a topic is one of those.
func among(topics []string) func(string) bool {
	return func(t string) bool { return slices.Contains(topics, t) }
}

func TestDisclaimer(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	ans, _ := r.Screen("g", question("can i mix alcohol with ibuprofen"))
	if ans.Disclaimer == nil {
		t.Fatal("a question about a risk has no disclaimer")
	}
	if diff := cmp.Diff(*ans.Disclaimer, r.Disclaimer("g")); diff != "" {
		t.Error(diff)
	}
}

func TestReading(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	liqueur := parse(t, adults)
	const plain, how = "What they are", "How to do a prostate massage"
	for name, c := range map[string]struct {
		channel answer.Channel
		adults  bool
		heading string
		want    answer.Reason
	}{
		"for everyone":            {answer.General, false, plain, ""},
		"for adults":              {answer.AgeRestricted, true, how, ""},
		"for adults, elsewhere":   {answer.General, true, plain, answer.Restricted},
		"technique, elsewhere":    {answer.General, false, how, answer.Restricted},
		"what may happen, of one": {answer.General, false, "Is prostate massage safe?", ""},
	} {
		t.Run(name, func(t *testing.T) {
			art := r.shipped[0]
			if c.adults {
				art = liqueur
			}
			if got := r.Reading("g", c.channel, art, c.heading); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
