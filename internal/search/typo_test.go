package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// orchard is an article whose words the tests misspell.
const orchard = `---
title: Orchards
author: A. Grower
updated: 2021-03-04
---

Prune a mature orchard in February. Massage of the graft helps nobody.

## Diseases

Canker spreads through wounded branches. Mildew whitens the leaves, and fungicide stops it. Inflammation follows.

## Harvest

The testicle-shaped quince ripens last. Store quinces on straw in a ventilated cellar for 1234 hours.
`

func TestReadings(t *testing.T) {
	x := build(t, Synonyms{Groups: [][]string{{"scrumping", "harvest", "apple theft"}}}, parse(t, orchard))
	for name, tc := range map[string]struct {
		word string
		want []string // terms
	}{
		"left out":           {"fungcide", []string{"fungicid"}},
		"put in":             {"orchhard", []string{"orchard"}},
		"replaced":           {"brunches", []string{"branch"}},
		"swapped":            {"mildwe", []string{"mildew"}},
		"two edits":          {"funggiside", []string{"fungicid"}},
		"first letter":       {"uince", []string{"quinc"}},
		"spoilt ending":      {"spreadign", []string{"spread"}},
		"of the vocabulary":  {"scrumpng", []string{"scrump"}},
		"two edits, short":   {"mldw", nil},
		"too short":          {"str", nil},
		"four, first letter": {"tore", nil},
		"a number":           {"1235", nil},
		"far from all":       {"xylophone", nil},
		"another alphabet":   {"орчард", nil},
		"too long":           {strings.Repeat("orchard", 9), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range x.speller.readings(tc.word, x.stem(t, tc.word)) {
				got = append(got, r.term)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func (x *Index) stem(t *testing.T, word string) string {
	t.Helper()
	terms := x.analyzer.terms(word)
	if len(terms) != 1 {
		t.Fatalf("%q has the terms %q", word, terms)
	}
	return terms[0]
}

// TestMisspeltClauses looks at what a question's words become.
func TestMisspeltClauses(t *testing.T) {
	x := build(t, Synonyms{Groups: [][]string{{"scrumping", "harvest"}, {"powdery blight", "mildew"}}}, parse(t, orchard))
	for name, tc := range map[string]struct {
		question string
		found    map[string]float64 // term: the weight it is found with
	}{
		"one edit":            {"does fungcide work", map[string]float64{"fungicid": oneEditWeight}},
		"two edits":           {"does funggiside work", map[string]float64{"fungicid": twoEditsWeight}},
		"a synonym":           {"is scrumpng allowed", map[string]float64{"harvest": oneEditWeight * synonymWeight}},
		"in a phrase":         {"powdry blight", map[string]float64{"mildew": oneEditWeight * synonymWeight}},
		"at a phrase's end":   {"powdery blght", map[string]float64{"mildew": oneEditWeight * synonymWeight}},
		"right":               {"does fungicide work", map[string]float64{"fungicid": 1}},
		"an ordinary word":    {"massive", map[string]float64{}},
		"another one":         {"a straw hat in spain", map[string]float64{"straw": 1}},
		"a known form":        {"orchards", map[string]float64{"orchard": 1}},
		"typed for effect":    {"orcharddd pruuune", map[string]float64{"orchard": 1, "prune": 1}},
		"double for effect":   {"masssssage", map[string]float64{"massag": 1}},
		"possessive":          {"orchrad's harvest", map[string]float64{"orchard": oneEditWeight, "harvest": 1}},
		"capitals":            {"FUNGCIDE", map[string]float64{"fungicid": oneEditWeight}},
		"an unknown language": {"какой", map[string]float64{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]float64{}
			for _, c := range x.understand(Query{Text: tc.question}).clauses {
				for _, alt := range c.alternatives {
					if len(alt.terms) == 1 {
						got[x.corpus.names[alt.terms[0]]] = alt.weight
					}
				}
			}
			if diff := cmp.Diff(tc.found, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestTwoEditsAreNoEvidence holds back: a word two edits away does not make a
// question one about the articles.
func TestTwoEditsAreNoEvidence(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, orchard))
	for question, want := range map[string]bool{"fungicide": true, "fungcide": true, "funggiside": false} {
		clauses := x.understand(Query{Text: question}).clauses
		if len(clauses) != 1 || clauses[0].known != want || clauses[0].weight != 1 {
			t.Errorf("%q: %+v, want known=%t and the full weight", question, clauses, want)
		}
	}
}

// slowDistance is the recurrence of the optimal string alignment distance itself.
func slowDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// TestNearFindsAll compares the list with a comparison of every word.
func TestNearFindsAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.StringMatching(`[abest]{3,9}`)
		words := slices.Compact(slices.Sorted(slices.Values(rapid.SliceOf(word).Draw(rt, "words"))))
		asked, limit := word.Draw(rt, "asked"), rapid.IntRange(1, 2).Draw(rt, "limit")
		want, got := map[string]int{}, map[string]int{}
		for _, w := range words {
			if d := slowDistance(asked, w); d == 1 || d == 2 && limit == 2 && w[0] == asked[0] {
				want[w] = d
			}
		}
		list := newSpellings(words)
		maps.Insert(got, list.near(asked, limit))
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("%q: %s", asked, diff)
		}
	})
}

// TestAnyQuestionIsUnderstood holds for any text.
func TestAnyQuestionIsUnderstood(t *testing.T) {
	x := build(t, Synonyms{Groups: [][]string{{"scrumping", "harvest"}}}, parse(t, orchard))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-z]{0,3}(aaa|w/o|b4| |')[a-z]*){0,6}`)).Draw(rt, "text")
		for _, c := range x.understand(Query{Text: text}).clauses {
			for _, alt := range c.alternatives {
				if alt.weight <= 0 || alt.weight > 1 {
					rt.Fatalf("%q: %+v", text, c)
				}
			}
		}
	})
}

// BenchmarkReadings looks misspelt words up among as many terms as a large
// library has.
func BenchmarkReadings(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("pro sta te mas sa ge in fla ma tion gra ft or char d que st ri pen ver ti la co mi ne er al ist u o")
	words := make([]string, 50_000)
	for i := range words {
		for range 2 + rnd.IntN(3) {
			words[i] += syllables[rnd.IntN(len(syllables))]
		}
	}
	b.Run("make", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			newSpellings(words)
		}
	})
	list := newSpellings(words)
	for _, word := range []string{"prostaet", "inflamation", "masage"} {
		b.Run(fmt.Sprintf("letters=%d", len(word)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for range list.near(word, editsAllowed(word)) {
				}
			}
		})
	}
}
