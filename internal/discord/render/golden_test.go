package render_test

import (
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
	"verbatim/internal/safety"
)

// tiers is one answer of each tier and of each kind of reply. The cards' texts are
// data of another package and in its languages, so they are the same for all.
func tiers(t testing.TB) map[string]answer.Answer {
	t.Helper()
	disclaimer := card("Not medical advice")
	more := []answer.Quote{{Article: "a-title", Title: "A title", Section: "Further on"}, {Title: "Another title"}, {Title: "Another title"}}
	nearest := []answer.Heading{{Title: "A title", Section: "Close"}, {Title: "A title", Section: "Closer"}}
	newer := elsewhere(t, "Stop.")
	return map[string]answer.Answer{
		"none": {Outcome: answer.Answered, Confidence: .95, Quote: decided(t, "It is a gland.\n", "It is small.", ""), More: more},
		"safety": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Confidence: .8,
			Quote: quote(t, "1. Use *gloves*, see https://example.org and ask @everyone or <@123>."),
		},
		"urgent": {
			Outcome: answer.Answered, Tier: safety.TierUrgent, Disclaimer: &disclaimer, Confidence: .5,
			Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: &newer,
		},
		"emergency": {Outcome: answer.CardOnly, Tier: safety.TierEmergency, Cards: []safety.Card{card("Emergency: call now")}},
		"crisis":    {Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody"), card("Emergency: call now")}},
		"abstained": {Outcome: answer.Abstained, Notice: "The articles do not answer that.", Reason: answer.Unanswered, Nearest: nearest},
		"meta":      {Outcome: answer.FromMeta, Meta: &answer.Meta{Field: answer.FieldAuthor, Text: "Stephen Venneman wrote it.", Title: "A title"}},
		"help": {
			Outcome: answer.Help, Notice: "Ask me something.",
			Offered: []string{"A title", "Moss *and* more", "Three", "Four", "Five", "Six"},
		},
	}
}

// TestGolden renders each tier in each language into text that can be read.
func TestGolden(t *testing.T) {
	for _, language := range locale.Languages() {
		for name, a := range tiers(t) {
			t.Run(language+"/"+name, func(t *testing.T) {
				golden(t, language+"/"+name, text(inLanguage(t, language).Message(a, careful(t))))
			})
		}
	}
}

// TestGoldenMixed renders what stands together in one message, and a look that asks
// for nothing.
func TestGoldenMixed(t *testing.T) {
	disclaimer := card("Not medical advice")
	nearest := []answer.Heading{{Title: "A title", Section: "Close"}}
	german := elsewhere(t, "Moss tea is not safe.")
	for name, a := range map[string]answer.Answer{
		"decisive": {Outcome: answer.Answered, Quote: decided(t, "It is a *gland*. ", "It is small:\n- as a walnut.", " More follows.")},
		"contradicts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Confidence: .9,
			Quote:       decided(t, "Moss is a plant. ", "Moss tea is safe.", ""),
			Contradicts: []answer.Quote{german},
			More:        []answer.Quote{elsewhere(t, "Moss tea is boiled."), {Article: "a-title", Title: "A title", Section: "Further on"}},
		},
		"safety-abstained": {Outcome: answer.Abstained, Tier: safety.TierSafety, Disclaimer: &disclaimer, Reason: answer.Withheld, Notice: "Ask somebody.", Nearest: nearest},
		"crisis-forbids":   {Outcome: answer.Answered, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody")}, Quote: quote(t, "No."), Disclaimer: &disclaimer},
		"parts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First."), Unasked: 2,
			Parts: []answer.Answer{
				{Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First."), Confidence: .99},
				{Outcome: answer.Abstained, Notice: "The articles do not say."},
				{Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: quote(t, "Third."), Confidence: .6},
			},
		},
		"empty": {},
	} {
		t.Run(name, func(t *testing.T) { golden(t, "mixed/"+name, text(renderer(t).Message(a, today(t)))) })
	}
}
