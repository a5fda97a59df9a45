package answer

import (
	"context"
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// fakeRules fires a topic for each word that it knows.
type fakeRules struct{ words map[string]safety.Match }

func newFakeRules() fakeRules {
	return fakeRules{map[string]safety.Match{
		"suicide":  {Topic: "suicide", Tier: safety.TierCrisis, Quote: safety.QuoteNever},
		"bleeding": {Topic: "bleeding", Tier: safety.TierEmergency, Quote: safety.QuoteNever},
		"fever":    {Topic: "fever", Tier: safety.TierUrgent, Quote: safety.QuoteAfterCard},
		"biopsy":   {Topic: "biopsy", Tier: safety.TierUrgent, Quote: safety.QuoteNever},
		"safe":     {Topic: "is-it-safe", Tier: safety.TierSafety, Quote: safety.QuoteAllow},
		"dose":     {Topic: "dose", Tier: safety.TierSafety, Quote: safety.QuoteNever},
		"deep":     {Topic: "technique", Tier: safety.TierSafety, Quote: safety.QuoteAgeRestricted},
		"fifteen":  {Topic: "minor", Tier: safety.TierSafety, Quote: safety.QuoteAllow},
	}}
}

func (f fakeRules) Triage(text string) safety.Decision {
	var d safety.Decision
	for word := range strings.FieldsSeq(plainWords(text)) {
		if m, ok := f.words[word]; ok {
			d.Matches = append(d.Matches, m)
			d.Tier = max(d.Tier, m.Tier)
			d.Minor = d.Minor || m.Topic == "minor"
		}
	}
	return d
}

func (fakeRules) Cards(d safety.Decision) []safety.Card {
	var cards []safety.Card
	seen := map[safety.Tier]bool{}
	for _, m := range d.Matches {
		if m.Tier >= safety.TierUrgent && !seen[m.Tier] {
			seen[m.Tier] = true
			cards = append(cards, safety.Card{Title: m.Tier.String()})
		}
	}
	return cards
}

func (fakeRules) Disclaimer() safety.Card { return safety.Card{Title: "disclaimer"} }

func (fakeRules) Technique(text string) bool { return strings.Contains(text, "finger") }

// fakeLibrary is a real index, with a switch that makes it fail.
type fakeLibrary struct {
	*search.Index
	broken bool
	asked  []search.Query
}

var errBroken = errors.New("the disk is gone")

func (f *fakeLibrary) Find(ctx context.Context, q search.Query) (search.Result, error) {
	f.asked = append(f.asked, q)
	if f.broken {
		return search.Result{}, errBroken
	}
	return f.Index.Find(ctx, q)
}

const gland = `---
title: The gland
author: Pat Doe
author_bio: Pat Doe is a gardener with a diploma in botany from Springfield College and five years on television.
updated: 2017-07-19
---

The gland is the size of a walnut. It sits below the bladder.

## Safety

A gentle massage is safe. A rough one can tear the lining, which can cause an infection with fever.

## Technique

The finger goes one inch deep and bends toward the navel.
`

func newLibrary(t *testing.T, sources ...string) *fakeLibrary {
	t.Helper()
	var all []*article.Article
	for _, src := range sources {
		a, err := article.Parse([]byte(src), article.Options{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	x, err := search.Build(t.Context(), all, search.Synonyms{Groups: [][]string{{"tv", "television"}, {"masters", "diploma"}}})
	if err != nil {
		t.Fatal(err)
	}
	return &fakeLibrary{Index: x}
}

func newAnswerer(t *testing.T) (*Answerer, *fakeLibrary) {
	t.Helper()
	library := newLibrary(t, gland)
	return New(newFakeRules(), library), library
}
