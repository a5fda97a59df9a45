package search

import (
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
)

const cooling = `---
title: Cold tea
author: B. Leaf
updated: 2024-01-02
---

Black tea steeps for ten minutes in boiling water. Lemon goes well with it.

## Keeping

Cold tea keeps for two days.
`

// TestFindChosen says what a chosen excerpt does to a result.
func TestFindChosen(t *testing.T) {
	one, two := parse(t, steeping), parse(t, cooling)
	x := build(t, Synonyms{}, one, two)
	const question = "How long does black tea steep?"
	plain, err := x.Find(t.Context(), Query{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	at := func(a *article.Article, text string) *Chosen {
		start := strings.Index(a.Canonical, text)
		return &Chosen{a, article.Range{Start: start, End: start + len(text)}}
	}
	for name, c := range map[string]struct {
		chosen   *Chosen
		section  string
		conflict bool
	}{
		"what is best anyway": {&Chosen{plain.Candidates[0].Article, plain.Candidates[0].Excerpt.Range}, plain.Candidates[0].Section, true},
		"part of the best":    {at(one, "Black tea steeps for four minutes in boiling water."), "", true},
		"of another article":  {at(two, "Black tea steeps for ten minutes in boiling water."), "", true},
		"something else":      {at(two, "Cold tea keeps for two days."), "Keeping", false},
	} {
		t.Run(name, func(t *testing.T) {
			context := []Turn{{Question: "Does lemon go with it?", Article: two.Slug}}
			got, err := x.Find(t.Context(), Query{Text: question, Context: context, Chosen: c.chosen})
			if err != nil {
				t.Fatal(err)
			}
			first := got.Candidates[0]
			if first.Article != c.chosen.Article || first.Excerpt.Range != c.chosen.Range || first.Section != c.section || !got.Sure() || got.Confidence != 1 {
				t.Errorf("%+v", first)
			}
			if first.Decisive.Start < first.Excerpt.Start || first.Excerpt.End < first.Decisive.End || first.Score < plain.Candidates[0].Score {
				t.Errorf("%+v", first)
			}
			if slices.ContainsFunc(got.Candidates[1:], func(o Candidate) bool {
				return o.Article == first.Article && o.Excerpt.Start < first.Excerpt.End && first.Excerpt.Start < o.Excerpt.End
			}) {
				t.Errorf("the chosen words stand twice: %+v", got.Candidates)
			}
			if (len(got.Conflicts) > 0) != c.conflict {
				t.Errorf("conflicts: %+v", got.Conflicts)
			}
		})
	}
	if again, err := x.Find(t.Context(), Query{Text: "xyzzy", Chosen: at(two, "Cold tea keeps for two days.")}); err != nil || len(again.Candidates) != 1 || !again.Sure() {
		t.Errorf("with nothing else: %+v, %v", again, err)
	}
}
