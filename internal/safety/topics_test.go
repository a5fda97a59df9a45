package safety

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// pondTopics is a guild's data: one topic of each tier, a concept, and two raises.
const pondTopics = `
concepts:
  newt-poison: ["newtpowder | newt powder | moor dust"]
topics:
  - id: newt-powder
    tier: emergency
    quote: never
    card: poisoning
    any:
      - "{newt-poison} near:6 (took|ate|swallowed|drank)"
    examples:
      positive: ["i took newtpowder", "she ate some moor dust", "he swallowed newt powder"]
      negative: ["where is newt powder sold", "moor dust is a song"]
---
topics:
  - id: pond-despair
    tier: crisis
    quote: never
    any: ["(going to the pond|join the newts) near:8 (forever|for good|goodbye)"]
    examples:
      positive: ["i am going to the pond for good", "goodbye, i will join the newts", "time to join the newts forever"]
      negative: ["i am going to the pond", "can i join the newts club"]
  - id: newt-bite
    tier: urgent
    quote: never
    any: ["(newt bit|bitten by a newt|newt bite)"]
    examples:
      positive: ["a newt bit me", "i was bitten by a newt", "newt bite on my hand"]
      negative: ["do newts bite", "a bit of newt trivia"]
  - id: newt-care
    tier: safety
    quote: age-restricted
    minor: true
    any: ["newt care", "newtling*"]
    unless: ["newt care centre"]
    examples:
      positive: ["newt care please", "newtlings eat what", "about newt care"]
      negative: ["the newt care centre is closed", "care for a newt"]
raise:
  - {topic: is-it-safe, tier: urgent, quote: never, reason: our members ask it after the fact}
  - {topic: infection-with-fever, tier: emergency}
`

// ponds loads the shipped rules with pondTopics.
func ponds(t testing.TB) *Rules {
	t.Helper()
	with, err := shipped(t).WithTopics(pondTopics)
	if err != nil {
		t.Fatal(err)
	}
	return with
}

func TestOwnTopicsFire(t *testing.T) {
	rules := ponds(t)
	tests := map[string]struct {
		text  string
		tier  Tier
		topic string
		view  string
	}{
		"own emergency":     {"my friend took newtpowder", TierEmergency, "newt-powder", "plain"},
		"own word in leet":  {"my friend took n3wtp0wd3r", TierEmergency, "newt-powder", "unleeted"},
		"own word misspelt": {"my friend took newtpodwer", TierEmergency, "newt-powder", "corrected"},
		"own word censored": {"my friend took n*wtpowd*r", TierEmergency, "newt-powder", "uncensored"},
		"own crisis":        {"goodbye, i join the newts", TierCrisis, "pond-despair", "plain"},
		"excused":           {"is the newt care centre open", TierNone, "", ""},
		"raised to urgent":  {"Is prostate massage safe?", TierUrgent, "is-it-safe", "plain"},
		"raised emergency":  {"fever and it burns when I pee", TierEmergency, "infection-with-fever", "plain"},
		"shipped":           {"i want to die", TierCrisis, "suicide", "plain"},
		"denied below":      {"no newt bite here", TierUrgent, "newt-bite", "plain"}, // no denial of the shipped data knows the words
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := rules.Triage(tt.text)
			if d.Tier != tt.tier {
				t.Errorf("%q is %s, want %s: %v", tt.text, d.Tier, tt.tier, d.Matches)
			}
			i := slices.Index(d.Topics(), tt.topic)
			if tt.topic != "" && (i < 0 || d.Matches[i].View != tt.view || d.Matches[i].Matched == "" || d.Matches[i].Rule == "") {
				t.Errorf("%q fires %v, want %s in view %s", tt.text, d.Matches, tt.topic, tt.view)
			}
		})
	}
}

func TestOwnTopicsAreListedAndExplained(t *testing.T) {
	rules := ponds(t)
	var own, raised []string
	last := TierCrisis
	for _, topic := range rules.Topics() {
		if topic.Tier > last {
			t.Errorf("%s, of tier %s, stands after %s", topic.ID, topic.Tier, last)
		}
		last = topic.Tier
		if topic.Own {
			own = append(own, topic.ID)
		}
		if topic.Raised {
			raised = append(raised, fmt.Sprint(topic.ID, " ", topic.Tier, " ", topic.Quote))
		}
	}
	if want := []string{"pond-despair", "newt-powder", "newt-bite", "newt-care"}; !slices.Equal(own, want) {
		t.Errorf("own topics %v, want %v", own, want)
	}
	if want := []string{"infection-with-fever emergency never", "is-it-safe urgent never"}; !slices.Equal(raised, want) {
		t.Errorf("raised %v, want %v", raised, want)
	}
	e, err := rules.Explain("newt-powder")
	if err != nil || !e.Topic.Own || len(e.Patterns) != 1 || !slices.Contains(e.Patterns[0].Terms[0].Phrases, "moor dust") {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err := rules.Explain("is-it-safe"); err != nil || e.Topic.Tier != TierUrgent || len(e.Patterns) == 0 {
		t.Errorf("%+v, %v", e.Topic, err)
	}
	if _, err := shipped(t).Explain("newt-powder"); !errors.Is(err, ErrNoTopic) {
		t.Errorf("the shipped rules were changed: %v", err)
	}
}

func TestOwnTopicsCards(t *testing.T) {
	rules := ponds(t)
	tests := map[string]struct {
		text string
		want []string // beginnings of the titles
	}{
		"own card":            {"he took newtpowder", []string{"Emergency: this may be an overdose"}},
		"own and the same":    {"our toddler drank bleach and took newtpowder", []string{"Emergency: this may be an overdose"}},
		"own beside shipped":  {"i cant breathe, i took newtpowder", []string{"Emergency: this may need", "Emergency: this may be an overdose"}},
		"crisis beside abuse": {"he raped me, i join the newts for good", []string{"Crisis: nobody", "Crisis: you deserve"}},
		"urgent":              {"a newt bit me", []string{"Urgent"}},
		"raised":              {"fever and it burns when I pee", []string{"Emergency: this may need"}},
		"in a language":       {"quiero morir, i took newtpowder", []string{"Crisis", "Crisis", "Emerg", "Emergency"}},
		"none":                {"newt care please", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cards := rules.Cards(rules.Triage(tt.text))
			var titles []string
			for _, card := range cards {
				titles = append(titles, card.Title)
			}
			if len(cards) != len(tt.want) {
				t.Fatalf("cards %q, want %q", titles, tt.want)
			}
			for i, title := range titles {
				if !strings.HasPrefix(title, tt.want[i]) {
					t.Errorf("card %q, want %q", title, tt.want[i])
				}
			}
		})
	}
}

func TestTopicsAndHelplinesCompose(t *testing.T) {
	lines := []string{"Pond wardens: 0800 1111"}
	rules := shipped(t)
	first, err := rules.WithHelplines(lines)
	if err != nil {
		t.Fatal(err)
	}
	a, errA := first.WithTopics(pondTopics)
	b, errB := ponds(t).WithHelplines(lines)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	for _, text := range []string{"goodbye, i join the newts", "i want to die", "i took newtpowder"} {
		if x, y := a.Cards(a.Triage(text)), b.Cards(b.Triage(text)); !reflect.DeepEqual(x, y) {
			t.Errorf("%q: %v, then %v", text, x, y)
		}
	}
	if card := a.Cards(a.Triage("goodbye, i join the newts"))[0]; card.Bullets[0] != lines[0] {
		t.Errorf("bullets %q", card.Bullets)
	}
	if same, err := a.WithTopics(" \n"); err != nil || same != a {
		t.Errorf("an empty source gives other rules: %v", err)
	}
	other, err := a.WithTopics("raise: [{topic: is-it-safe, tier: crisis}]")
	if err != nil || slices.ContainsFunc(other.Topics(), func(t Topic) bool { return t.Own }) {
		t.Errorf("topics given anew stand beside the old ones: %v", err)
	}
	if d := other.Triage("Is prostate massage safe?"); d.Tier != TierCrisis {
		t.Errorf("tier %s", d.Tier)
	}
}

func TestKeptTopics(t *testing.T) {
	rules := shipped(t)
	whole, err := rules.WithKeptTopics(pondTopics)
	if err != nil || !reflect.DeepEqual(whole.Topics(), ponds(t).Topics()) {
		t.Errorf("%v; topics differ", err)
	}
	broken := "topics: [{id: suicide}]\n---\n" + pondTopics + "---\nnonsense: [\n---\n" + pondTopics
	some, err := rules.WithKeptTopics(broken)
	if !reflect.DeepEqual(some.Topics(), whole.Topics()) {
		t.Error("a fault in one document takes another one with it")
	}
	for _, want := range []string{`"suicide" came with the program`, "sequence end", `"newt-powder" is defined twice`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if none, err := rules.WithKeptTopics("nonsense: ["); none != rules || err == nil {
		t.Errorf("topics that cannot be read give other rules, %v", err)
	}
	if none, err := rules.WithKeptTopics(""); none != rules || err != nil {
		t.Errorf("no topics give other rules, %v", err)
	}
}

// ownTopic is a topic that loads; tests replace parts of it.
const ownTopic = `topics:
  - id: wobble
    tier: safety
    quote: allow
    any: ["wobble", "{wobbler}"]
    examples:
      positive: [a wobble, b wobble, wobbler]
      negative: [rock, roll]
concepts:
  wobbler: ["wobbler | wob bler"]
`

func TestTopicsFaults(t *testing.T) {
	rules := shipped(t)
	if _, err := rules.WithTopics(ownTopic); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ old, new, want string }{
		"neutral":              {"concepts:", "neutral: [wobble]\nconcepts:", `topics:9: unknown field "neutral"; a server's own data has`},
		"cards":                {"concepts:", "cards: []\nconcepts:", `unknown field "cards"`},
		"denials":              {"concepts:", "denials: {any: [a]}\nconcepts:", `unknown field "denials"`},
		"unknown key":          {"quote: allow", "quote: allow\n    colour: red", `topics:5: unknown field "colour"`},
		"no YAML":              {"topics:", "topics: [", "topics:"},
		"anchor":               {"id: wobble", "id: &a wobble", "topics:2"},
		"shipped topic":        {"id: wobble", "id: suicide", `topics:2: topic "suicide" came with the program`},
		"shipped concept":      {"wobbler:", "prostate:", `topics:10: concept "prostate" came with the program`},
		"bad name":             {"id: wobble", "id: Wobble Topic", "small letters"},
		"tier":                 {"tier: safety", "tier: none", "topics:3: "},
		"quote":                {"quote: allow", "quote: perhaps", "quote must be"},
		"unless above safety":  {"tier: safety", "tier: urgent\n    unless: [a wobble]", "tier safety only"},
		"card of another tier": {"tier: safety", "tier: crisis\n    card: poisoning", `card "poisoning" is for tier emergency`},
		"unknown card":         {"tier: safety", "tier: crisis\n    card: pond", `no card has the id "pond"`},
		"few positives":        {"a wobble, b wobble, wobbler", "a wobble, b wobble", "2 positive examples; write at least 3"},
		"few negatives":        {"rock, roll", "rock", "1 negative examples; write at least 2"},
		"positive":             {"b wobble", "b rock", `topics:7: topic "wobble" is not fired by its positive example "b rock"`},
		"negative":             {"rock, roll", "rock, wobble on", `topics:8: topic "wobble" is fired by its negative example "wobble on"`},
		"empty example":        {"rock, roll", `rock, " "`, "write 1 to 500"},
		"unknown concept":      {"{wobbler}", "{nonsense-x}", `no concept is called "nonsense-x"`},
		"unused broken one":    {"concepts:", "concepts:\n  lonely: [\"a*\"]", "too short"},
		"twice":                {"concepts:", "concepts:\n  wobbler: [a]", "topics:"},
		"two documents, twice": {"concepts:", "---\n" + strings.TrimSuffix(ownTopic, "concepts:\n  wobbler: [\"wobbler | wob bler\"]\n") + "concepts:", `topics:11: topic "wobble" is defined twice`},
		"raise of nothing":     {"concepts:", "raise: [{topic: wobble, tier: crisis}]\nconcepts:", `no shipped topic "wobble"`},
		"raise without topic":  {"concepts:", "raise: [{tier: crisis}]\nconcepts:", "needs the topic"},
		"raise without more":   {"concepts:", "raise: [{topic: suicide}]\nconcepts:", "needs a tier or a quote policy"},
		"raise lowers":         {"concepts:", "raise: [{topic: suicide, tier: urgent}]\nconcepts:", "would not be stricter"},
		"raise keeps":          {"concepts:", "raise: [{topic: suicide, tier: crisis}]\nconcepts:", "would not be stricter"},
		"raise loosens quote":  {"concepts:", "raise: [{topic: technique, quote: allow}]\nconcepts:", "would not be stricter"},
		"raise bad quote":      {"concepts:", "raise: [{topic: technique, quote: no}]\nconcepts:", "topics:9"},
		"raise twice":          {"concepts:", "raise: [{topic: technique, quote: never}, {topic: technique, tier: urgent}]\nconcepts:", "defined twice"},
		"too long":             {"concepts:", "#" + strings.Repeat("x", MaxTopicsSource) + "\nconcepts:", "the limit is 65536"},
		"brackets":             {"concepts:", strings.Repeat("[", 50_000) + "concepts:", "topics:9: too many brackets"},
		"no text":              {"concepts:", "\x00", "UTF-8"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(ownTopic, tt.old) {
				t.Fatalf("%q is not in the topic", tt.old)
			}
			_, err := rules.WithTopics(strings.Replace(ownTopic, tt.old, tt.new, 1))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			if fault := new(Fault); !errors.As(err, &fault) || !errors.Is(err, ErrInvalid) {
				t.Errorf("%v is no fault", err)
			}
		})
	}
}

func TestTopicsLimits(t *testing.T) {
	rules := shipped(t)
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	tests := map[string]struct{ source, want string }{
		"topics":   {"topics:\n" + many(101, "  - {id: t%d}\n"), "the limit is 100"},
		"patterns": {strings.Replace(ownTopic, `"{wobbler}"`, many(501, `"wobble %d",`)+`"{wobbler}"`, 1), "the limit is 500"},
		"open":     {strings.Replace(ownTopic, `"{wobbler}"`, many(90, `"#%[1]d 1 2 3 4 5 6",`)+`"{wobbler}"`, 1), "the limit is 600"},
		"examples": {strings.Replace(ownTopic, "rock, roll", many(51, "rock%d,"), 1), "more than 50 examples"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := rules.WithTopics(tt.source); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}
