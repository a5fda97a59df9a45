package answer

import (
	"strings"
	"testing"
)

// nettle says what nettle tea is for, what it is not proven to do, and what it
// does not do.
const nettle = `---
title: Nettle tea
author: Pat Doe
updated: 2020-02-03
---

Nettle tea is made from the leaves of the stinging nettle. Boiling takes the sting away.

## Uses

People drink nettle tea for its taste. A cup of it holds some iron.

## Claims

Nobody has proven that nettle tea cures hay fever. It is not known to lower blood pressure. Nettle tea does not cure cancer.

## Risks

A rash is rare. Nettle tea is unsafe for people with kidney failure. It should not be given to babies.
`

// TestFalsePremises asks questions that take for granted what the article denies
// or does not say: the reply is the sentence that corrects it, or none.
func TestFalsePremises(t *testing.T) {
	const nothing = "-" // no passage corrects it
	a := New(newFakeRules(), newLibrary(t, nettle, gland))
	open := map[string]string{
		"why does nettle tea cure diabetes": "what is said of other illnesses is quoted",
		"why does the gland cause cancer":   "a sentence that shares only the weak words is quoted",
	}
	for question, corrects := range map[string]string{
		"why does nettle tea cure cancer":                               "does not cure cancer",
		"how does nettle tea cure cancer":                               "does not cure cancer",
		"since nettle tea cures cancer how much should i drink":         "does not cure cancer",
		"how many cups of nettle tea does it take to cure cancer":       "does not cure cancer",
		"how long until nettle tea cures my cancer":                     "does not cure cancer",
		"why is nettle tea a proven cure for hay fever":                 "Nobody has proven",
		"when was it proven that nettle tea cures hay fever":            "Nobody has proven",
		"who proved that nettle tea cures hay fever":                    "Nobody has proven",
		"why does nettle tea lower blood pressure":                      "not known to lower",
		"how fast does nettle tea lower blood pressure":                 "not known to lower",
		"why is nettle tea safe with kidney failure":                    "unsafe for people with kidney failure",
		"how much nettle tea can i give to babies":                      "should not be given to babies",
		"why do doctors give nettle tea to babies":                      "should not be given to babies",
		"why does nettle tea cure diabetes":                             nothing,
		"how does nettle tea make hair grow":                            nothing,
		"which vitamins in nettle tea prevent malaria":                  nothing,
		"why is nettle tea banned in france":                            nothing,
		"when did doctors stop using nettle tea for broken bones":       nothing,
		"why does the gland cause cancer":                               nothing,
		"why should a gentle massage be avoided":                        "A gentle massage is safe",
		"why is a gentle massage dangerous":                             "A gentle massage is safe",
		"why is the gland as big as a football":                         "size of a walnut",
		"since the gland sits above the bladder how does it get bigger": "below the bladder",
	} {
		t.Run(question, func(t *testing.T) {
			if why, ok := open[question]; ok {
				t.Skip(why)
			}
			ans, err := a.Ask(t.Context(), Question{Text: question, Channel: AgeRestricted})
			if err != nil {
				t.Fatal(err)
			}
			if ans.Quote != nil && (corrects == nothing || !strings.Contains(ans.Quote.Text, corrects)) {
				t.Errorf("confidence %.2f: %q", ans.Confidence, ans.Quote.Text)
			}
		})
	}
}
