package eval

import (
	"math"
	"testing"
)

func ranking(ids ...string) []RankedDocument {
	out := make([]RankedDocument, len(ids))
	for i, id := range ids {
		out[i] = RankedDocument{ID: id, Score: float64(len(ids) - i)}
	}
	return out
}

func TestNDCG(t *testing.T) {
	log3 := 1 / math.Log2(3) // the discount at rank 2
	for name, tc := range map[string]struct {
		ranking []RankedDocument
		qrels   Qrels
		k       int
		want    float64
	}{
		"perfect":                    {ranking("a", "b"), Qrels{"a": 2, "b": 1}, 10, 1},
		"the two exchanged":          {ranking("b", "a"), Qrels{"a": 2, "b": 1}, 10, (1 + 2*log3) / (2 + log3)},
		"behind one that is not":     {ranking("x", "a"), Qrels{"a": 1, "x": 0}, 10, log3},
		"one of two found":           {ranking("a"), Qrels{"a": 1, "b": 1}, 10, 1 / (1 + log3)},
		"beyond the cut":             {ranking("x", "y", "a"), Qrels{"a": 1}, 2, 0},
		"ideal is cut as well":       {ranking("a"), Qrels{"a": 1, "b": 1}, 1, 1},
		"a negative grade is none":   {ranking("x", "a"), Qrels{"a": 1, "x": -1}, 10, log3},
		"nothing found":              {nil, Qrels{"a": 1}, 10, 0},
		"nothing is relevant":        {ranking("a"), Qrels{"a": 0}, 10, 0},
		"linear and not exponential": {ranking("b", "a"), Qrels{"a": 3, "b": 1}, 10, (1 + 3*log3) / (3 + log3)},
	} {
		if got := NDCG(tc.ranking, tc.qrels, tc.k); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestReciprocalRankAndRecall(t *testing.T) {
	for name, tc := range map[string]struct {
		ranking    []RankedDocument
		qrels      Qrels
		k          int
		rr, recall float64
	}{
		"first":           {ranking("a", "x"), Qrels{"a": 1}, 10, 1, 1},
		"third of three":  {ranking("x", "y", "a"), Qrels{"a": 1, "b": 1}, 10, 1. / 3, .5},
		"judged 0":        {ranking("x", "a"), Qrels{"x": 0, "a": 1}, 10, .5, 1},
		"beyond the cut":  {ranking("x", "y", "a"), Qrels{"a": 1}, 2, 0, 0},
		"nothing found":   {nil, Qrels{"a": 1}, 10, 0, 0},
		"none to be had":  {ranking("a"), Qrels{}, 10, 0, 0},
		"two of them":     {ranking("a", "x", "b"), Qrels{"a": 2, "b": 1, "c": 1, "d": 1}, 3, 1, .5},
		"only the best k": {ranking("a", "b"), Qrels{"a": 1, "b": 1}, 1, 1, .5},
	} {
		if got := ReciprocalRank(tc.ranking, tc.qrels, tc.k); math.Abs(got-tc.rr) > 1e-12 {
			t.Errorf("%s: reciprocal rank %v, want %v", name, got, tc.rr)
		}
		if got := Recall(tc.ranking, tc.qrels, tc.k); math.Abs(got-tc.recall) > 1e-12 {
			t.Errorf("%s: recall %v, want %v", name, got, tc.recall)
		}
	}
}

func TestSortRanking(t *testing.T) {
	r := []RankedDocument{{"b", 1}, {"c", 2}, {"a", 1}}
	sortRanking(r)
	if r[0].ID != "c" || r[1].ID != "a" || r[2].ID != "b" {
		t.Errorf("%v", r)
	}
}
