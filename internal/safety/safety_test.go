package safety

import (
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// shippedFS holds the rule data of the repository.
var shippedFS = os.DirFS("../../knowledge/safety")

// shipped loads the rule data of the repository.
func shipped(t testing.TB) *Rules {
	t.Helper()
	rules, err := Load(shippedFS)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func shippedFiles(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(shippedFS, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestTierText(t *testing.T) {
	for tier := TierNone; tier <= TierCrisis; tier++ {
		data, err := json.Marshal(tier)
		if err != nil {
			t.Fatal(err)
		}
		var back Tier
		if err := json.Unmarshal(data, &back); err != nil || back != tier {
			t.Errorf("%s became %s, %v", data, back, err)
		}
	}
	if _, err := ParseTier("mild"); err == nil {
		t.Error("ParseTier accepts mild")
	}
	if _, err := Tier(99).MarshalText(); err == nil {
		t.Error("Tier(99) marshals")
	}
}

func TestTriage(t *testing.T) {
	rules := shipped(t)
	tests := map[string]struct {
		text  string
		tier  Tier
		topic string // one that must be among the matches, if any
		minor bool
	}{
		"nothing":                {"", TierNone, "", false},
		"anatomy place":          {"where is the prostate", TierNone, "", false},
		"anatomy size":           {"how big is it", TierNone, "", false},
		"author":                 {"Who wrote this article?", TierNone, "", false},
		"date":                   {"when was it last updated", TierNone, "", false},
		"hyperbole":              {"this exam is killing me", TierNone, "", false},
		"safety":                 {"Is prostate massage safe?", TierSafety, "is-it-safe", false},
		"benefit":                {"does it treat prostatitis", TierSafety, "benefit-claim", false},
		"technique":              {"how deep should I reach", TierSafety, "technique", false},
		"urgent":                 {"there is blood in my pee again", TierUrgent, "blood-that-persists", false},
		"retention":              {"I can’t pee", TierEmergency, "urinary-retention", false},
		"retention bare":         {"cant pee", TierEmergency, "urinary-retention", false},
		"crisis":                 {"i want to kill myself", TierCrisis, "suicide", false},
		"third person":           {"my friend wants to kill himself", TierCrisis, "suicide", false},
		"abuse over emergency":   {"he raped me and the bleeding won't stop", TierCrisis, "heavy-bleeding", false},
		"spaced":                 {"i want to k i l l  m y s e l f", TierCrisis, "suicide", false},
		"leet":                   {"i want to k1ll my$elf", TierCrisis, "suicide", false},
		"bold splits":            {"i want to ki**ll my**self", TierCrisis, "suicide", false},
		"minor asks technique":   {"im 15 how deep should i reach", TierSafety, "technique", true},
		"minor with words":       {"I am fifteen, who wrote this?", TierSafety, "stated-minor", true},
		"minor and an emergency": {"im 16 and i cant breathe", TierEmergency, "breathing", true},
		"years ago":              {"it was 17 years ago", TierNone, "", false},
		"minutes":                {"wait for 15 minutes", TierNone, "", false},
		"shoe size":              {"I wear size 14", TierNone, "", false},
		"absent symptom":         {"no chest pain here, who is the author?", TierNone, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := rules.Triage(tt.text)
			if d.Tier != tt.tier || d.Minor != tt.minor {
				t.Errorf("Triage(%q) is %s, minor %t; want %s, %t; matches %v", tt.text, d.Tier, d.Minor, tt.tier, tt.minor, d.Matches)
			}
			if tt.topic != "" && !slices.Contains(d.Topics(), tt.topic) {
				t.Errorf("Triage(%q) fires %v, want %s among them", tt.text, d.Topics(), tt.topic)
			}
		})
	}
}

func TestMatchesAreOrderedAndExplained(t *testing.T) {
	d := shipped(t).Triage("is it safe? i cant breathe and want to die")
	for i, m := range d.Matches {
		if m.Rule == "" || m.View == "" || m.Matched == "" {
			t.Errorf("match without evidence: %+v", m)
		}
		if i > 0 && m.Tier > d.Matches[i-1].Tier {
			t.Errorf("%s stands after %s", m.Tier, d.Matches[i-1].Tier)
		}
	}
	if d.Matches[0].Tier != TierCrisis || !slices.Contains(d.Topics(), "breathing") {
		t.Errorf("matches %v, want crisis first and breathing kept", d.Topics())
	}
}

func TestMiddleOfALongTextIsRead(t *testing.T) {
	filler := strings.Repeat("some words about the weather today ", 2000)
	if d := shipped(t).Triage(filler + "i cant breathe " + filler); d.Tier != TierEmergency {
		t.Errorf("tier %s, want emergency", d.Tier)
	}
}

func TestWithheld(t *testing.T) {
	match := func(tier Tier, quote QuotePolicy) Match { return Match{Tier: tier, Quote: quote} }
	tests := map[string]struct {
		d             Decision
		general, aged Withholding
	}{
		"nothing matched":     {Decision{}, NotWithheld, NotWithheld},
		"allowed":             {Decision{Tier: TierSafety, Matches: []Match{match(TierSafety, QuoteAllow)}}, NotWithheld, NotWithheld},
		"never":               {Decision{Tier: TierSafety, Matches: []Match{match(TierSafety, QuoteNever)}}, WithheldByTopic, WithheldByTopic},
		"technique":           {Decision{Tier: TierSafety, Matches: []Match{match(TierSafety, QuoteAgeRestricted)}}, WithheldByChannel, NotWithheld},
		"technique to minor":  {Decision{Tier: TierSafety, Minor: true, Matches: []Match{match(TierSafety, QuoteAgeRestricted)}}, WithheldFromMinor, WithheldFromMinor},
		"minor otherwise":     {Decision{Tier: TierSafety, Minor: true, Matches: []Match{match(TierSafety, QuoteAllow)}}, NotWithheld, NotWithheld},
		"urgent after card":   {Decision{Tier: TierUrgent, Matches: []Match{match(TierUrgent, QuoteAfterCard)}}, NotWithheld, NotWithheld},
		"urgent and never":    {Decision{Tier: TierUrgent, Matches: []Match{match(TierUrgent, QuoteAfterCard), match(TierUrgent, QuoteNever)}}, WithheldByTopic, WithheldByTopic},
		"urgent technique":    {Decision{Tier: TierUrgent, Matches: []Match{match(TierUrgent, QuoteAgeRestricted)}}, WithheldByTier, WithheldByTier},
		"emergency":           {Decision{Tier: TierEmergency, Matches: []Match{match(TierEmergency, QuoteAllow)}}, WithheldByTier, WithheldByTier},
		"unknown is strict":   {Decision{Tier: TierSafety, Matches: []Match{match(TierSafety, "")}}, WithheldByTopic, WithheldByTopic},
		"never outweighs age": {Decision{Tier: TierSafety, Minor: true, Matches: []Match{match(TierSafety, QuoteAgeRestricted), match(TierSafety, QuoteNever)}}, WithheldByTopic, WithheldByTopic},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.d.Withheld(false); got != tt.general {
				t.Errorf("general channel: %d, want %d", got, tt.general)
			}
			if got := tt.d.Withheld(true); got != tt.aged {
				t.Errorf("age-restricted channel: %d, want %d", got, tt.aged)
			}
			if tt.d.MayQuote(true) != (tt.aged == NotWithheld) {
				t.Error("MayQuote disagrees with Withheld")
			}
			if tt.d.AgeGated(false) != (tt.general == WithheldByChannel || tt.general == WithheldFromMinor) {
				t.Error("AgeGated disagrees with Withheld")
			}
		})
	}
}

func TestCards(t *testing.T) {
	rules := shipped(t)
	tests := map[string]struct {
		text string
		want []string // beginnings of the titles
	}{
		"none":              {"who wrote this", nil},
		"safety":            {"is it safe", nil},
		"urgent":            {"there is blood in my pee", []string{"Urgent"}},
		"emergency":         {"i cant breathe", []string{"Emergency: this may need"}},
		"poisoning":         {"our toddler drank bleach", []string{"Emergency: this may be an overdose"}},
		"poison and others": {"our toddler drank bleach and isnt breathing", []string{"Emergency: this may need"}},
		"crisis":            {"i want to die", []string{"Crisis: you deserve"}},
		"abuse":             {"he raped me", []string{"Crisis: nobody"}},
		"abuse and suicide": {"he raped me and i want to die", []string{"Crisis: you deserve"}},
		"both tiers":        {"i want to die and i cant breathe, blood in my pee", []string{"Crisis", "Emergency"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cards := rules.Cards(rules.Triage(tt.text))
			if len(cards) != len(tt.want) {
				t.Fatalf("%d cards, want %d: %v", len(cards), len(tt.want), cards)
			}
			for i, card := range cards {
				if !strings.HasPrefix(card.Title, tt.want[i]) {
					t.Errorf("card %q, want %q", card.Title, tt.want[i])
				}
			}
		})
	}
}

func TestCardString(t *testing.T) {
	card := Card{Title: "Urgent.", Action: "Call.", Bullets: []string{"One.", "Two."}, Note: "Small print."}
	if got, want := card.String(), "Urgent.\nCall.\n- One.\n- Two.\nSmall print."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCardTexts(t *testing.T) {
	rules := shipped(t)
	for tier, word := range map[Tier]string{TierUrgent: "Urgent", TierEmergency: "Emergency", TierCrisis: "Crisis"} {
		if title := rules.tierCards[tier].Title; !strings.HasPrefix(title, word) {
			t.Errorf("the %s card begins %q; it must say its level first", tier, title)
		}
	}
	all := []Card{rules.Disclaimer(), rules.tierCards[TierUrgent], rules.tierCards[TierEmergency], rules.tierCards[TierCrisis]}
	for _, card := range rules.cards {
		all = append(all, card)
	}
	for _, card := range all {
		if !strings.Contains(card.Note, "clinician has reviewed") {
			t.Errorf("card %q does not say that no clinician has reviewed it", card.Title)
		}
		if grade := readingGrade(card); grade > 7 {
			t.Errorf("card %q reads at grade %.1f, want at most 7", card.Title, grade)
		}
	}
}

func TestCallersCannotChangeTheRules(t *testing.T) {
	rules := shipped(t)
	before := rules.Disclaimer()
	rules.Disclaimer().Bullets[0] = "changed"
	if after := rules.Disclaimer(); !reflect.DeepEqual(before, after) {
		t.Errorf("disclaimer is now %v", after)
	}
}

func TestTechnique(t *testing.T) {
	rules := shipped(t)
	if !rules.Technique("Gently slide a gloved finger into the anus.") {
		t.Error("a how-to sentence is not technique")
	}
	if rules.Technique("The gland lies below the bladder.") {
		t.Error("anatomy is technique")
	}
}
