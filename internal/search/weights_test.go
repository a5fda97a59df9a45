package search

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
)

// TestShippedWeights keeps the committed file in the form that training writes,
// so that a diff of it shows numbers and nothing else.
func TestShippedWeights(t *testing.T) {
	w, err := ShippedWeights()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(w.JSON()); got != string(shippedWeights) {
		t.Errorf("weights.json is not as Weights.JSON writes it:\n%s", cmp.Diff(string(shippedWeights), got))
	}
	if w.Threshold <= 0 || w.Threshold >= 1 {
		t.Errorf("threshold %v is no probability", w.Threshold)
	}
	for i, name := range rankingNames() {
		if w.Ranking[i] < 0 && name != "length" {
			t.Errorf("%s counts %v: what speaks for a candidate must not count against it", name, w.Ranking[i])
		}
	}
}

func TestWeightNames(t *testing.T) {
	for part, n := range map[string][2]int{
		"ranking":    {len(rankingNames()), rankingSize},
		"sentence":   {len(sentenceNames()), sentenceSize},
		"confidence": {len(evidenceNames()), evidenceSize},
	} {
		if n[0] != n[1] {
			t.Errorf("%s has %d names for %d values", part, n[0], n[1])
		}
	}
}

func TestParseWeights(t *testing.T) {
	good := string(shippedWeights)
	for name, src := range map[string]string{
		"no JSON":         "weights",
		"unknown key":     strings.Replace(good, `"bias"`, `"bios"`, 1),
		"missing weight":  strings.Replace(good, `    "bm25f": `, `    "bm26": `, 1),
		"not a number":    strings.Replace(good, `"early": `, `"early": "`, 1),
		"nothing":         "",
		"a list of parts": "[]",
	} {
		if _, err := ParseWeights([]byte(src)); !errors.Is(err, article.ErrInvalid) {
			t.Errorf("%s: err = %v", name, err)
		}
	}
}

// TestWithLeavesTheIndexAlone ranks by other weights beside the shipped ones.
func TestWithLeavesTheIndexAlone(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	before := find(t, x, "how long does black tea steep")
	w, err := ShippedWeights()
	if err != nil {
		t.Fatal(err)
	}
	w.Bias, w.Ranking[0] = w.Bias-3, 0
	other := x.With(w)
	w.Ranking[1] = -100 // the caller's copy is its own
	if got := find(t, other, "how long does black tea steep"); got.Confidence >= before.Confidence {
		t.Errorf("confidence %v with a lower bias, %v with the shipped one", got.Confidence, before.Confidence)
	}
	after := find(t, x, "how long does black tea steep")
	if after.Confidence != before.Confidence || after.Candidates[0].Score != before.Candidates[0].Score {
		t.Error("other weights changed the index they were made from")
	}
}
