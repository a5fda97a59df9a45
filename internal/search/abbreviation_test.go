package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
)

func TestDefined(t *testing.T) {
	for name, tc := range map[string]struct{ before, bracket, short, long string }{
		"long, then short":     {"He had a transurethral resection ", "TUR", "tur", "transurethral resection"},
		"three words":          {"He had a transurethral resection of prostate ", "TURP", "turp", "transurethral resection of prostate"},
		"parts of a word":      {"measured by polymerase chain reaction ", "PCR", "pcr", "polymerase chain reaction"},
		"a hyphen":             {"with prostate-specific antigen ", "PSA", "psa", "prostate specific antigen"},
		"a digit":              {"the tumour protein 53 ", "TP53", "tp53", "tumour protein 53"},
		"small letters inside": {"some messenger RNA ", "mRNA", "mrna", "messenger rna"},
		"a plural":             {"urinary tract infections ", "UTIs", "utis", "urinary tract infections"},
		"short, then long":     {"A TUR ", "transurethral resection", "tur", "transurethral resection"},
		"a name":               {"the village hall ", "Smith", "", ""},
		"a year":               {"a study of tea ", "1999", "", ""},
		"an aside":             {"The tin ", "which is round", "", ""},
		"letters missing":      {"a closed tin ", "PSA", "", ""},
		"letters out of order": {"antigen specific prostate ", "PSA", "", ""},
		"another sentence":     {"Prostate specific. Antigen tests ", "PSA", "", ""},
		"the organisation":     {"the World Health Organization ", "WHO", "", ""},
		"a unit":               {"in large barrels ", "LB", "", ""},
		"starts small":         {"tested in vitro ", "IV", "", ""},
		"inside one word":      {"of the prostate ", "PSA", "", ""},
		"half a word":          {"given postpartum ", "PP", "pp", "postpartum"},
		"holds itself":         {"a PSA test ", "PSA", "", ""},
		"empty":                {"", "", "", ""},
		"only a bracket":       {"", "PSA", "", ""},
		"not a word":           {"alpha beta ", "A-B", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			short, long := defined(tc.before, tc.bracket)
			if short != tc.short || long != tc.long {
				t.Errorf("%q (%q): %q = %q, want %q = %q", tc.before, tc.bracket, short, long, tc.short, tc.long)
			}
		})
	}
}

const surgery = `---
title: Surgery
author: A. Surgeon
updated: 2022-01-01
---

A transurethral resection (TUR) takes about an hour. Benign hyperplasia (see below) is common.

## After

After TUR, drink water (two litres, at least). The polymerase chain reaction (PCR; a test) takes longer (PCR) than that.
`

func TestDefinitions(t *testing.T) {
	got := definitions([]*article.Article{parse(t, surgery), parse(t, tea), parse(t, surgery)})
	want := Synonyms{Groups: [][]string{{"tur", "transurethral resection"}, {"pcr", "polymerase chain reaction"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDefinedAbbreviationsAreSynonyms asks for the one form what the article says
// in the other.
func TestDefinedAbbreviationsAreSynonyms(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, surgery), parse(t, tea))
	for question, want := range map[string]string{
		"what to drink after a transurethral resection": "drink water",
		"how long does a TUR take":                      "about an hour",
	} {
		r, err := x.Find(context.Background(), Query{Text: question})
		if err != nil || len(r.Candidates) == 0 || !strings.Contains(r.Candidates[0].Text(), want) {
			t.Errorf("%q: %+v, %v, want %q", question, r.Candidates, err, want)
		}
	}
	clauses := x.understand(Query{Text: "transurethral resection"}).clauses
	id := x.corpus.id("tur")
	if len(clauses) != 1 || !slices.ContainsFunc(clauses[0].alternatives, func(a alternative) bool {
		return slices.Equal(a.terms, []int32{id}) && a.weight == synonymWeight
	}) {
		t.Errorf("clauses = %+v, want one with the abbreviation as a synonym", clauses)
	}
}

// TestDefinedSaysWhatStandsThere holds for any text: a long form is made of words
// of the text, in order, and starts with the first letter of the short one.
func TestDefinedSaysWhatStandsThere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before := rapid.OneOf(rapid.String(), rapid.StringMatching(`([abAB]{1,4}[ .-]){0,8}`)).Draw(rt, "before")
		bracket := rapid.OneOf(rapid.String(), rapid.StringMatching(`[abAB]{2,5}`)).Draw(rt, "bracket")
		short, long := defined(before, bracket)
		if short == "" {
			return
		}
		both := phraseOf(before) + " " + phraseOf(bracket)
		if !strings.Contains(both, long) || long[0] != short[0] || len(long) <= len(short) {
			rt.Fatalf("%q (%q): %q = %q", before, bracket, short, long)
		}
	})
}

func TestSpelledOut(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	for text, want := range map[string]string{
		"steep it w/o light":      "steep it without light",
		"my bf makes it b4 lunch": "my boyfriend makes it before lunch",
		"(tmrw)?":                 "(tomorrow)?",
		"w/ milk":                 "with milk",
		"sooo bitterrr":           "so bitter",
		"black teeeea":            "black tea",
		"leaaaves coool":          "leaves cool",
		"HURRRTS":                 "hurts",
		"www aaa hmmm":            "www aaa hm",
		"good coffee":             "good coffee",
		"1000 and 2000000":        "1000 and 2000000",
		"":                        "",
		"café ☕️ b4":              "café ☕️ before",
	} {
		if got := x.spelledOut(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
