package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// kindQuestions are questions by the kind that they are, "" for none.
func kindQuestions() map[string][]string {
	return map[string][]string{
		"":              {"", "what is it", "do it when you want", "thanks", "tea?", "👍", "the people who live here brew it", "brew it the way i like", "i lost the lid when i moved"},
		"author":        {"who wrote this", "whos the author", "is he a licensed brewer", "what are his credentials"},
		"source":        {"says who", "according to whom", "which university tested the tin", "who claims that"},
		"advice":        {"should i rinse it first", "do i need a strainer", "any tips", "is it a good idea to reuse leaves"},
		"safe":          {"is it safe", "ok to do this daily", "can i steep it without a lid", "people who have gout, can they drink it", "is the old pot safe tho"},
		"harm":          {"any downsides", "what could go wrong", "what happens if i drop it", "side effects?", "can it crack and burn me, is that a danger", "what are the risks"},
		"effective":     {"does it work", "is this even legit", "any proof", "is it true", "did the study find anything or nah, what did the study find"},
		"benefit":       {"any benefits", "is green tea good for you", "what are the benefits of stirring"},
		"affected":      {"how many people are affected by scurvy", "how common is scurvy", "who is at risk for scurvy"},
		"heredity":      {"is scurvy inherited", "what are the genetic changes related to gout", "does it run in families"},
		"outlook":       {"what is the outlook for scurvy", "will it go away", "what is the prognosis"},
		"complications": {"what are the complications of gout"},
		"prevention":    {"how to prevent scurvy", "can it be prevented"},
		"diagnosis":     {"how to diagnose gout", "what tests are there for gout", "how is gout diagnosed"},
		"treatment":     {"what are the treatments for gout", "how do you treat gout", "gout treatment", "is there a cure"},
		"symptoms":      {"what are the symptoms of gout", "gout symptoms", "how do i know its done"},
		"causes":        {"what causes gout", "what is the main cause of scurvy", "what led to the fire"},
		"frequency":     {"how often should i descale it", "how many times a week"},
		"duration":      {"how long till its ready", "how old is the pot", "how many minutes does it steep"},
		"distance":      {"how far in tho", "how deep is the well", "what is the depth of the tin"},
		"size":          {"how big is the leaf", "what size is the tin"},
		"share":         {"what percentage of leaves is lost", "what is the share of green tea"},
		"cost":          {"how much does it cost"},
		"quantity":      {"how many cups does it hold", "how much sugar goes in", "what is the average temperature", "what number of tins"},
		"when":          {"when was it founded", "in what year was the shop opened", "since when", "can you tell me when to stop", "The shop was opened when?"},
		"person":        {"what german composer wrote it", "which king signed it", "What 18th century explorer landed there?"},
		"who":           {"who should pour", "who drank it", "The leaves were sold to whom?", "by who", "what kind of expert brews it", "idk who pours"},
		"place":         {"what river runs through the town", "In which country is it grown?", "what is the capital of the province"},
		"where":         {"wheres it at", "where do the leaves go", "which way do i turn it", "i wonder where it is", "located where"},
		"named":         {"what was the name of the ship", "what does abc stand for", "Which treaty ended it?"},
		"why":           {"why", "y tho", "how come", "what's the point", "what is the purpose of the lid", "ok but why would anyone do that"},
		"use":           {"what is it used for", "what is the function of the spout"},
		"how":           {"how do i store leaves", "how to store leaves", "what do i do after that", "best way to store leaves", "how is it made"},
		"choice":        {"green or black tea", "which is better", "whats the difference between green and black tea"},
		"list":          {"what are the types of tea", "what are the parts of the pot"},
		"definition":    {"what is a samovar", "wtf is matcha", "matcha meaning", "what is (are) Oolong ?", "what does brewing mean", "define steeping", "what is osmosis"},
		"yes/no":        {"is tea a drink", "does it float", "Was the tin invented there?"},
	}
}

func TestKinds(t *testing.T) {
	known := map[string]bool{"": true}
	for _, k := range shippedKinds.kinds {
		if known[k.name] || k.name == "" {
			t.Errorf("two kinds called %q", k.name)
		}
		known[k.name] = true
	}
	questions := kindQuestions()
	for name := range known {
		if len(questions[name]) == 0 {
			t.Errorf("no question of kind %q", name)
		}
	}
	for want, list := range questions {
		for _, question := range list {
			got := ""
			if k := kindOf(question); k != nil {
				got = k.name
			}
			if got != want {
				t.Errorf("%q: kind %q, want %q", question, got, want)
			}
		}
	}
}

// TestFit asks whether a sentence suits a question, beside one that does not.
func TestFit(t *testing.T) {
	for question, tc := range map[string]struct{ best, worse string }{
		"how long does it steep":           {"It steeps for four minutes.", "It turns bitter when it steeps."},
		"how often do i descale the pot":   {"Descale it once a month.", "Lime builds up in the pot."},
		"how deep is the well":             {"The bucket falls 40 feet.", "The bucket is made of oak."},
		"how many cups does it hold":       {"It holds twelve cups.", "It holds enough for a party."},
		"when was the shop opened":         {"The doors opened in 1834.", "The doors are painted green."},
		"which queen drank it":             {"It was poured for Louise each day.", "It was poured for guests each day."},
		"who should pour":                  {"A trained waiter or a doctor pours.", "The kettle pours by itself."},
		"in which town is it made":         {"The works are in Bristol.", "The works are closed on rainy days."},
		"where is the valve":               {"The valve is located behind the boiler.", "The valve is red."},
		"why keep it dark":                 {"Light fades the taste, so that the tea is dull; this is due to oxygen.", "The taste is dull."},
		"is the pot safe":                  {"The pot is safe when it is earthed.", "The pot is blue."},
		"does it work":                     {"A trial showed no effect.", "The leaves are dried."},
		"should i stir":                    {"You should stir once.", "The spoon is silver."},
		"what are the symptoms of scurvy":  {"Its signs are fatigue and bleeding gums.", "It was known to sailors."},
		"what are the treatments for gout": {"Doctors prescribe drugs and rest.", "Kings had it."},
		"what is a samovar":                {"A samovar is a heated urn.", "Every house has its samovar."},
		"how do i store leaves":            {"Keep the leaves in a tin.", "Leaves were sold in tins."},
	} {
		k := kindOf(question)
		if best, worse := k.fit(cuesOf(tc.best)), k.fit(cuesOf(tc.worse)); best != 1 || worse == 1 {
			t.Errorf("%q: %q fits %.1f, %q fits %.1f", question, tc.best, best, tc.worse, worse)
		}
	}
}

func TestFitOfNoParticularKind(t *testing.T) {
	for _, question := range []string{"thanks", "is tea a drink"} {
		if got := kindOf(question).fit(0); got != 1 {
			t.Errorf("%q: a sentence without cues fits %.1f", question, got)
		}
	}
}

func TestFitIsGraded(t *testing.T) {
	k := kindOf("when should it stop")
	year, before, neither := k.fit(cuesOf("It stopped in 1834.")), k.fit(cuesOf("It stops before dinner.")), k.fit(cuesOf("It stops."))
	if year != 1 || before != 0.5 || neither != 0 {
		t.Errorf("a year fits %.1f, a moment %.1f, neither %.1f; want 1, .5, 0", year, before, neither)
	}
}

func TestStrictKindsAcceptNothingElse(t *testing.T) {
	for question, tc := range map[string]struct{ yes, no string }{
		"how long does it steep":        {"It steeps for four minutes.", "It steeps well."},
		"how many cups does it hold":    {"It holds twelve cups.", "It holds cups."},
		"what year was it":              {"It was 1834.", "It was raining."},
		"what percentage is lost":       {"A third is lost.", "Some is lost, they say."},
		"how much does it cost":         {"It costs $4.", "It costs a lot."},
		"how often does it leak":        {"It leaks daily.", "It leaks."},
		"how deep is the well":          {"The well is 40 feet deep.", "The well is deep."},
		"is it safe (never too strict)": {"It is blue.", ""},
	} {
		k := kindOf(question)
		if k.demands() && k.fit(cuesOf(tc.yes)) == 0 {
			t.Errorf("%q does not accept %q", question, tc.yes)
		}
		if tc.no != "" && k.fit(cuesOf(tc.no)) > 0 {
			t.Errorf("%q accepts %q", question, tc.no)
		}
	}
}

func TestOffersWhatTheQuestionDoesNotName(t *testing.T) {
	k, question := kindOf("which king followed Alaric"), []string{"which", "king", "followed", "alaric"}
	for sentence, want := range map[string]bool{
		"The crown passed from Alaric to his son Berengar.": true,
		"The feast was held for Alaric.":                    false,
		"There was a feast.":                                false,
	} {
		if got := k.offers(question, sentence); got != want {
			t.Errorf("%q: offers %v, want %v", sentence, got, want)
		}
	}
	if none := kindOf("is tea a drink"); !none.offers(nil, "No.") {
		t.Error("a kind that asks for no name is offered none")
	}
}

// TestKindOfAnyText also holds that a greeting before a question, or capital
// letters all through it, do not change its kind.
func TestKindOfAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		kindOf(rapid.OneOf(rapid.String(), mixedText()).Draw(rt, "text"))
	})
	for want, list := range kindQuestions() {
		for _, question := range list {
			for _, before := range []string{"ok so ", "Good evening. ", "hey!! "} {
				if k := kindOf(before + question); want != "" && (k == nil || k.name != want) {
					t.Errorf("%q: no longer %q", before+question, want)
				}
			}
			if loud := strings.ToUpper(question); kindOf(loud) != kindOf(question) {
				t.Errorf("%q: no longer %q", loud, want)
			}
		}
	}
}

func BenchmarkKindOf(b *testing.B) {
	question := "hey guys so i was just wondering how long should i steep the black tea leaves for, is it even safe?"
	b.ReportAllocs()
	for b.Loop() {
		kindOf(question)
	}
}
