package search

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/internal/article"
)

// fern is the article that answers in these tests; the others lead away from it.
const fern = `---
title: Ferns on the windowsill
author: Kim Poe
updated: 2019-03-04
---

A fern is a plant without flowers that grows from spores.

## Watering

Water a potted fern twice a week with soft water. Brown tips say that the air is too dry.

## Light

A fern wants light shade. Direct sun burns the fronds of a fern within a few days.

## Feeding

Feed a fern once a month from spring to autumn. Half of the dose on the bottle is enough for a fern.
`

// written returns an article of this title, date and text, reviewed or not.
func written(t testing.TB, title, updated string, reviewed bool, text string) *article.Article {
	t.Helper()
	review := ""
	if reviewed {
		review = "reviewed: {by: A moderator, on: 2024-01-01}\n"
	}
	return parse(t, fmt.Sprintf("---\ntitle: %q\nauthor: Lee Loe\nupdated: %s\n%s---\n\n%s\n", title, updated, review, text))
}

// others are articles that have nothing to do with ferns, so that a word has a
// rarity.
func others(t testing.TB) []*article.Article {
	t.Helper()
	return []*article.Article{
		parse(t, tea),
		written(t, "Bread", "2018-01-01", false, "Knead the dough for ten minutes. Let it rise in a warm place until it has doubled.\n\n## Baking\n\nBake the loaf for forty minutes in a hot oven."),
		written(t, "Bicycles", "2018-01-01", false, "Pump the tyres once a month. Oil the chain after rain.\n\n## Brakes\n\nA brake that squeaks needs new pads."),
	}
}

func findAmong(t testing.TB, question string, articles ...*article.Article) Result {
	t.Helper()
	var none Synonyms
	return find(t, build(t, none, append(others(t), articles...)...), question)
}

// TestDuplicatedPassage puts one passage into several articles: the reviewed one
// is quoted, else the newest, and the others are its duplicates.
func TestDuplicatedPassage(t *testing.T) {
	const question, passage = "how often do i water a potted fern", "Water a potted fern twice a week with soft water."
	alone := findAmong(t, question, parse(t, fern))
	if !alone.Sure() || !strings.Contains(alone.Candidates[0].Text(), passage) {
		t.Fatalf("without duplicates: %.2f, %+v", alone.Confidence, alone.Candidates)
	}
	for name, tc := range map[string]struct {
		copies []*article.Article
		want   string
	}{
		"newer":    {[]*article.Article{written(t, "Green friends", "2023-01-01", false, passage+" Brown tips say that the air is too dry.")}, "Green friends"},
		"older":    {[]*article.Article{written(t, "Green friends", "2009-01-01", false, passage)}, "Ferns on the windowsill"},
		"reviewed": {[]*article.Article{written(t, "Green friends", "2009-01-01", true, passage), written(t, "Pots", "2023-01-01", false, passage)}, "Green friends"},
	} {
		t.Run(name, func(t *testing.T) {
			r := findAmong(t, question, append(tc.copies, parse(t, fern))...)
			if len(r.Candidates) == 0 || r.Candidates[0].Article.Meta.Title != tc.want || !strings.Contains(r.Candidates[0].Text(), passage) {
				t.Fatalf("candidates %+v", r.Candidates)
			}
			if got := len(r.Candidates[0].Duplicates); got != len(tc.copies) {
				t.Errorf("%d duplicates", got)
			}
			if len(r.Conflicts) > 0 {
				t.Errorf("a duplicate contradicts: %q", r.Conflicts[0].Text())
			}
		})
	}
}

// TestTwinsLeaveTheAnswerSure adds an article that says the same, or nearly the
// same of another thing: the library stays sure of the passage that answers.
func TestTwinsLeaveTheAnswerSure(t *testing.T) {
	const question = "how often do i water a potted fern"
	for name, twin := range map[string]string{
		"duplicate":   "Water a potted fern twice a week with soft water. Brown tips say that the air is too dry.",
		"other plant": "Water a potted palm six times a week with soft water.",
	} {
		t.Run(name, func(t *testing.T) {
			r := findAmong(t, question, parse(t, fern), written(t, "Plants and people", "2021-01-01", false, twin))
			if alone := findAmong(t, question, parse(t, fern)); !r.Sure() {
				t.Errorf("confidence %.2f, and %.2f without the twin", r.Confidence, alone.Confidence)
			}
		})
	}
}

// TestContradictingArticles finds the article that says otherwise, and none where
// the other speaks of something else.
func TestContradictingArticles(t *testing.T) {
	for name, tc := range map[string]struct {
		question, other string
		conflict        bool
	}{
		"number":        {"how often do i water a potted fern", "Water a potted fern six times a week with soft water.", true},
		"denial":        {"does direct sun burn the fronds of a fern", "Direct sun does not burn the fronds of a fern within a few days.", true},
		"other plant":   {"how often do i water a potted fern", "Water a potted palm six times a week with soft water.", false},
		"same":          {"how often do i water a potted fern", "Water a potted fern two times a week with soft water.", false},
		"other subject": {"does direct sun burn the fronds of a fern", "Direct sun does not burn the leaves of a cactus.", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := findAmong(t, tc.question, parse(t, fern), written(t, "Plants and people", "2021-01-01", false, tc.other))
			if got := len(r.Conflicts) > 0; got != tc.conflict {
				t.Fatalf("conflicts %v, of %+v", r.Conflicts, r.Candidates)
			}
			if tc.conflict && r.Conflicts[0].Article == r.Candidates[0].Article {
				t.Error("the article contradicts itself")
			}
		})
	}
}

// TestStuffedArticles asks what one passage says, in a library with articles that
// hold all the words of every question and answer none.
func TestStuffedArticles(t *testing.T) {
	const everything = "how often do i water feed a potted fern light shade direct sun burn fronds soft water brown tips dry air what is a fern spores flowers twice a week once a month"
	stuffed := map[string]*article.Article{
		"title":   written(t, everything, "2024-01-01", true, "Welcome to this page. Subscribe for news of the garden. Our shop opens at nine."),
		"heading": written(t, "Plants", "2024-01-01", true, "Welcome.\n\n## "+everything+"\n\nSubscribe for news of the garden. Our shop opens at nine."),
		"both":    written(t, everything, "2024-01-01", true, "Welcome.\n\n## "+everything+"\n\nThe fern is a favourite of ours. Our shop opens at nine."),
		"keywords": written(t, "Plants", "2024-01-01", true,
			"Tags: fern, ferns, water, watering, potted fern, feed, fern feeding, soft water, light, shade, sun, fronds, spores, flowers, burn, brown tips, dry air."),
		"questions": written(t, "Plants", "2024-01-01", true,
			"How often do I water a potted fern? How often do I feed a fern? Does direct sun burn the fronds of a fern? Why are the tips brown? Ask us in the shop."),
	}
	for name, decoy := range stuffed {
		for question, want := range map[string]string{
			"how often do i water a potted fern":        "twice a week",
			"does direct sun burn the fronds of a fern": "burns the fronds",
			"how often do i feed a fern":                "once a month",
			"why are the tips brown":                    "air is too dry",
			"what is a fern":                            "plant without flowers",
		} {
			t.Run(name+"/"+question, func(t *testing.T) {
				skipOpen(t, name+"/"+question)
				r := findAmong(t, question, parse(t, fern), decoy)
				if len(r.Candidates) == 0 {
					t.Fatal("nothing found")
				}
				if best := r.Candidates[0]; best.Article == decoy || !strings.Contains(best.Text(), want) {
					t.Errorf("the best is %q", best.Text())
				}
			})
		}
	}
}

// skipOpen leaves out what the ranking does not do yet.
func skipOpen(t *testing.T, name string) {
	t.Helper()
	const (
		faq  = "the words of a question still count for the passage that it stands in"
		tags = "a list of tags has the same words side by side, and opens its article"
	)
	open := map[string]string{
		"keywords/why are the tips brown":      tags,
		"questions/how often do i feed a fern": faq,
	}
	if why, ok := open[name]; ok {
		t.Skip(why)
	}
}
