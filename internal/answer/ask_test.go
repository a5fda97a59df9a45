package answer

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/safety"
)

func TestAsk(t *testing.T) {
	a, _ := newAnswerer(t)
	for _, tc := range []struct {
		question string
		channel  Channel
		outcome  Outcome
		tier     safety.Tier
		shows    string // text that the reply holds
	}{
		{"what size is the gland", General, Answered, safety.TierNone, "size of a walnut"},
		{"is a gentle massage safe", General, Answered, safety.TierSafety, "A gentle massage is safe."},
		{"is a quantum processor from Taiwan safe", General, Abstained, safety.TierSafety, "do not answer"},
		{"who won the cup final", General, Abstained, safety.TierNone, "do not answer"},
		{"how deep does the finger go", AgeRestricted, Answered, safety.TierSafety, "one inch deep"},
		{"how deep does the finger go", General, Abstained, safety.TierSafety, "age-restricted channel"},
		{"i am fifteen, how deep does the finger go", AgeRestricted, Abstained, safety.TierSafety, "under 18"},
		{"i am fifteen, which way does the finger bend", AgeRestricted, Abstained, safety.TierSafety, "under 18"},
		{"i am fifteen, what size is the gland", General, Answered, safety.TierSafety, "size of a walnut"},
		{"what dose makes a rough massage tear the lining", AgeRestricted, Abstained, safety.TierSafety, "not quoted on this"},
		{"can a rough massage tear the lining and cause fever", General, Answered, safety.TierUrgent, "can tear the lining"},
		{"fever since the weekend at my cousin's house", General, CardOnly, safety.TierUrgent, ""},
		{"biopsy: can a rough massage tear the lining", General, CardOnly, safety.TierUrgent, ""},
		{"bleeding, can a rough massage tear the lining", AgeRestricted, CardOnly, safety.TierEmergency, ""},
		{"suicide and bleeding", General, CardOnly, safety.TierCrisis, ""},
		{"hello there", General, Help, safety.TierNone, "The gland"},
		{"", General, Help, safety.TierNone, "The gland"},
		{"who wrote this", General, FromMeta, safety.TierNone, "Pat Doe"},
		{"is the author safe to trust", General, FromMeta, safety.TierSafety, "gardener"},
	} {
		ans, err := a.Ask(t.Context(), Question{Text: tc.question, Channel: tc.channel})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Outcome != tc.outcome || ans.Tier != tc.tier || !strings.Contains(shown(ans), tc.shows) {
			t.Errorf("%q: outcome %s, tier %s, shown %q; want %s, %s, %q", tc.question, ans.Outcome, ans.Tier, shown(ans), tc.outcome, tc.tier, tc.shows)
		}
		checkInvariants(t, tc.question, ans)
	}
}

// shown is what a member reads below the cards.
func shown(ans Answer) string {
	switch {
	case ans.Quote != nil:
		return ans.Quote.Text
	case ans.Meta != nil:
		return ans.Meta.Text
	}
	return ans.Notice
}

func checkInvariants(t interface{ Errorf(string, ...any) }, question string, ans Answer) {
	if (ans.Quote != nil) != (ans.Outcome == Answered) || (ans.Meta != nil) != (ans.Outcome == FromMeta) {
		t.Errorf("%q: outcome %s does not agree with what is there", question, ans.Outcome)
	}
	if ans.Tier == safety.TierSafety && ans.Disclaimer == nil {
		t.Errorf("%q: tier safety without the disclaimer", question)
	}
	if ans.Tier >= safety.TierUrgent && len(ans.Cards) == 0 {
		t.Errorf("%q: tier %s without a card", question, ans.Tier)
	}
	if ans.Tier >= safety.TierEmergency && (ans.Quote != nil || ans.Best != nil || len(ans.More)+len(ans.Nearest) > 0) {
		t.Errorf("%q: tier %s with something of an article", question, ans.Tier)
	}
	if ans.Quote != nil && ans.Tier == safety.TierUrgent && ans.Disclaimer == nil {
		t.Errorf("%q: a quote after an urgent card without the disclaimer", question)
	}
}

func TestScreenNeedsNoLibrary(t *testing.T) {
	a := New(newFakeRules(), nil)
	for question, want := range map[string]bool{
		"suicide": true, "bleeding": true, "biopsy": true, "fever": false, "is it safe": false, "hello": false,
	} {
		ans, done := a.Screen(Question{Text: question})
		if done != want || done && (ans.Outcome != CardOnly || len(ans.Cards) == 0) {
			t.Errorf("%q: %v, %+v", question, done, ans)
		}
	}
}

func TestFailedLookupKeepsWhatComesFirst(t *testing.T) {
	a, library := newAnswerer(t)
	library.broken = true
	for _, question := range []string{"is a gentle massage safe", "fever after a rough massage", "bleeding after a rough massage", "suicide", "what size is the gland"} {
		ans, err := a.Ask(t.Context(), Question{Text: question})
		checkInvariants(t, question, ans)
		if ans.Tier < safety.TierEmergency && !errors.Is(err, errBroken) {
			t.Errorf("%q: err = %v", question, err)
		}
		if len(ans.Cards) == 0 && !strings.Contains(ans.Notice, "could not be searched") {
			t.Errorf("%q: notice %q", question, ans.Notice)
		}
	}
}

func TestSeveralQuestions(t *testing.T) {
	a, _ := newAnswerer(t)
	ans, err := a.Ask(t.Context(), Question{Text: "What size is the gland? Is a gentle massage safe?"})
	if err != nil {
		t.Fatal(err)
	}
	if len(ans.Parts) != 2 || ans.Parts[0].Tier != safety.TierNone || ans.Parts[1].Tier != safety.TierSafety {
		t.Fatalf("parts %+v", ans.Parts)
	}
	if ans.Tier != safety.TierSafety || ans.Quote == nil || ans.Quote.Text != ans.Parts[1].Quote.Text {
		t.Errorf("the top level is not the part with the highest tier: %+v", ans)
	}
}

func TestOnePartRestrictsTheOthers(t *testing.T) {
	a, _ := newAnswerer(t)
	ans, err := a.Ask(t.Context(), Question{Text: "What size is the gland, i am fifteen? Which way does the finger bend?", Channel: AgeRestricted})
	if err != nil {
		t.Fatal(err)
	}
	if len(ans.Parts) != 2 || ans.Parts[1].Quote != nil || !strings.Contains(ans.Parts[1].Notice, "under 18") {
		t.Errorf("parts %+v", ans.Parts)
	}
}

func TestSplitQuestions(t *testing.T) {
	for text, want := range map[string]int{
		"What size is the gland? Is the massage safe?":                               2,
		"What size is the gland? is the massage safe":                                2,
		"Is the massage safe? Who wrote this?":                                       2,
		"Is the massage safe? And is it fun?":                                        2,
		"Is the massage safe?\nWho should do it?":                                    2,
		"who wrote this and is it safe":                                              2,
		"what is it and where":                                                       1,
		"What is the size. And it?":                                                  1,
		"gloves, soap, warm water, none of that?? which of them":                     1,
		"who found that out? whats his proof":                                        1,
		"I am a careful person. Which injuries does the text warn about?":            1,
		"One. Two. Three.":                                                           1,
		"What is a? What is b c? How is d e? Where is f g? Why is h i?":              3,
		"How big is the gland?\nWhere is the gland located?\nWho does the massage?":  3,
		"Is version 3.5 of the text better than e.g. the older one of the two texts": 1,
		"is it gentle. does it hurt. who wrote it":                                   3,
		"1. is it gentle 2. does it hurt":                                            2,
		"two things:\n1) is it gentle\n2) what size is the gland":                    2,
		"- is it gentle\n- does it hurt":                                             2,
		"is it ok to stop when it hurts and what helps against the pain":             2,
		"should i take step 1. or step 2. first":                                     1,
		"why?? where?? how??":                                                        3,
		"is it gentle? why?":                                                         1,
		"do it slowly. is it gentle":                                                 1,
		"what does the text say about how deep and how slow it should be":            1,
		"does it say what helps and how long sessions should last":                   1,
		"can you tell me how deep it goes and is it gentle":                          2,
		"does it say how deep it goes and how long does it take":                     2,
		"what size is the gland and how many times should i press it":                2,
		"": 1,
	} {
		if got, _ := splitQuestions(text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
}

// TestNothingLowersTheTier wraps dangerous questions in arbitrary text.
func TestNothingLowersTheTier(t *testing.T) {
	a, library := newAnswerer(t)
	rapid.Check(t, func(rt *rapid.T) {
		core := rapid.SampledFrom([]string{"bleeding", "suicide", "fever", "is it safe", "how deep"}).Draw(rt, "core")
		library.broken = rapid.Bool().Draw(rt, "broken")
		before, after := rapid.String().Draw(rt, "before"), rapid.String().Draw(rt, "after")
		plain, _ := a.Ask(t.Context(), Question{Text: core})
		wrapped, _ := a.Ask(t.Context(), Question{Text: before + " " + core + " " + after})
		if wrapped.Tier < plain.Tier {
			rt.Fatalf("tier %s became %s", plain.Tier, wrapped.Tier)
		}
		checkInvariants(rt, core, wrapped)
		for _, p := range wrapped.Parts {
			checkInvariants(rt, core, p)
		}
	})
}

func TestConversation(t *testing.T) {
	var c Conversation
	for i := range 8 {
		c = c.With(Turn{Question: string(rune('a' + i))})
	}
	turns := c.Turns()
	if len(turns) != 6 || turns[0].Question != "c" || turns[5].Question != "h" {
		t.Errorf("turns %v", turns)
	}
	if d := c.With(Turn{Question: "x"}); c.Turns()[5].Question != "h" || d.Turns()[5].Question != "x" {
		t.Error("With changed its receiver")
	}
	if _, ok := (Conversation{}).Last(); ok {
		t.Error("an empty conversation has a last turn")
	}
}

// TestStatedAgeIsRemembered asks how-to questions long after an age was stated.
func TestStatedAgeIsRemembered(t *testing.T) {
	a, _ := newAnswerer(t)
	var c Conversation
	for i, text := range append([]string{"i am fifteen"}, slices.Repeat([]string{"how deep does the finger go"}, 9)...) {
		ans, err := a.Ask(t.Context(), Question{Text: text, Channel: AgeRestricted, Conversation: c})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Quote != nil || !ans.Minor || ans.Tier < safety.TierSafety {
			t.Fatalf("turn %d: %+v", i, ans)
		}
		c = c.With(TurnOf(text, ans))
	}
}

func TestEmergencyIsNotCarriedAlong(t *testing.T) {
	a, library := newAnswerer(t)
	ans, _ := a.Ask(t.Context(), Question{Text: "bleeding after massage"})
	c := Conversation{}.With(TurnOf("bleeding after massage", ans))
	if _, err := a.Ask(t.Context(), Question{Text: "and what size?", Conversation: c}); err != nil {
		t.Fatal(err)
	}
	for _, earlier := range library.asked[len(library.asked)-1].Context {
		if earlier.Question != "" {
			t.Errorf("carried along: %q", earlier.Question)
		}
	}
}
