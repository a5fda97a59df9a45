package shelf_test

import (
	"strings"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// A guild's own topic, and a question that only it takes for dangerous.
const (
	aboutKettles = "the kettle sings to me"
	ownTopics    = `topics:
  - id: singing-kettle
    tier: emergency
    quote: never
    any: ["(kettle|teapot) near:4 (sings|hums)"]
    examples:
      positive: ["my kettle sings", "the kettle hums again", "a teapot sings here"]
      negative: ["which kettle is best", "she sings well"]
`
)

// TestOwnTopics: a guild's own topics hold beside its helplines, for nobody else and
// without any reading, as long as they are set.
func TestOwnTopics(t *testing.T) {
	m := newMemory()
	m.set("g", library.SafetyTopics, ownTopics)
	m.set("g", "helplines", "Our own listeners: #listen")
	m.set("h", library.SafetyTopics, ownTopics)
	m.set("broken", library.SafetyTopics, "topics: [{id: x}]")
	r := newRig(t, m, nil)
	r.follow(t)
	screen := func(guild, text string) answer.Answer {
		ans, _ := r.Screen(guild, question(text))
		return ans
	}
	for guild, want := range map[string]safety.Tier{"g": safety.TierEmergency, "h": safety.TierEmergency, "broken": safety.TierNone, "other": safety.TierNone, "": safety.TierNone} {
		if got := screen(guild, aboutKettles); got.Tier != want || (len(got.Cards) > 0) != (want == safety.TierEmergency) {
			t.Errorf("%q: %+v", guild, got)
		}
		ans, err := r.Ask(t.Context(), guild, question(aboutKettles))
		if err != nil || ans.Tier != want {
			t.Errorf("%q: %+v, %v", guild, ans, err)
		}
		if got := screen(guild, inCrisis); got.Tier != safety.TierCrisis || len(got.Cards) == 0 {
			t.Errorf("%q lost a card: %+v", guild, got)
		}
	}
	if got := screen("g", inCrisis).Cards; !strings.Contains(strings.Join(got[0].Bullets, "\n"), "#listen") {
		t.Errorf("no helpline: %+v", got)
	}
	if _, ok := r.CardsFor("g", func(topic string) bool { return topic == "singing-kettle" }); !ok {
		t.Error("the own topic's card cannot be shown again")
	}
	m.publish("g", "ferrets", ferret("two"))
	r.until(t, "g", m.set("g", library.SafetyTopics, ""))
	if got := screen("g", aboutKettles); got.Tier != safety.TierNone {
		t.Errorf("%+v", got)
	}
	r.until(t, "g", m.set("g", library.SafetyTopics, ownTopics))
	if ans, err := r.Ask(t.Context(), "g", question(aboutKettles)); err != nil || ans.Tier != safety.TierEmergency {
		t.Errorf("with an index of its own: %+v, %v", ans, err)
	}
}
