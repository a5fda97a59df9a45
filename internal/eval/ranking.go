package eval

import (
	"cmp"
	"math"
	"slices"
)

// Qrels are the judgements of one query: document id to relevance. A document
// that is not there, or is there with 0, is not relevant.
type Qrels map[string]int

// relevant returns how many documents are relevant.
func (q Qrels) relevant() int {
	n := 0
	for _, grade := range q {
		if grade > 0 {
			n++
		}
	}
	return n
}

// RankedDocument is a document with its score for a query.
type RankedDocument struct {
	ID    string
	Score float64
}

// sortRanking puts the best document first, of equals the one with the lower id.
func sortRanking(ranking []RankedDocument) {
	slices.SortFunc(ranking, func(a, b RankedDocument) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
}

// NDCG is the normalised discounted cumulative gain of the first k documents of a
// ranking: the sum of grade/log2(rank+1), rank from 1, over that of the best
// possible ranking. The gain is the grade itself, as in trec_eval's ndcg_cut and
// so in BEIR (Järvelin and Kekäläinen 2002), not 2^grade-1. It is 0 when nothing
// is relevant.
func NDCG(ranking []RankedDocument, q Qrels, k int) float64 {
	grades := make([]int, 0, len(q))
	for _, grade := range q {
		grades = append(grades, max(grade, 0))
	}
	slices.SortFunc(grades, func(a, b int) int { return b - a })
	ideal := 0.0
	for i, grade := range grades[:min(k, len(grades))] {
		ideal += gain(grade, i)
	}
	if ideal == 0 {
		return 0
	}
	got := 0.0
	for i, d := range ranking[:min(k, len(ranking))] {
		got += gain(max(q[d.ID], 0), i)
	}
	return got / ideal
}

// gain is what a document of a grade adds at the i-th place, from 0.
func gain(grade, i int) float64 { return float64(grade) / math.Log2(float64(i+2)) }

// ReciprocalRank is 1 over the rank of the first relevant document among the first
// k, 0 when none is.
func ReciprocalRank(ranking []RankedDocument, q Qrels, k int) float64 {
	for i, d := range ranking[:min(k, len(ranking))] {
		if q[d.ID] > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// Recall is the share of the relevant documents that is among the first k, 0 when
// nothing is relevant.
func Recall(ranking []RankedDocument, q Qrels, k int) float64 {
	relevant := q.relevant()
	if relevant == 0 {
		return 0
	}
	hits := 0
	for _, d := range ranking[:min(k, len(ranking))] {
		if q[d.ID] > 0 {
			hits++
		}
	}
	return float64(hits) / float64(relevant)
}

// RankingFigures are means over queries.
type RankingFigures struct {
	Queries   int     `json:"queries"`
	NDCG10    float64 `json:"ndcg_at_10"`
	MRR10     float64 `json:"mrr_at_10"`
	Recall1   float64 `json:"recall_at_1"`
	Recall5   float64 `json:"recall_at_5"`
	Recall10  float64 `json:"recall_at_10"`
	Recall100 float64 `json:"recall_at_100"`
}

// add counts one query; finish turns the sums into means.
func (f *RankingFigures) add(ranking []RankedDocument, q Qrels) {
	f.Queries++
	f.NDCG10 += NDCG(ranking, q, 10)
	f.MRR10 += ReciprocalRank(ranking, q, 10)
	f.Recall1 += Recall(ranking, q, 1)
	f.Recall5 += Recall(ranking, q, 5)
	f.Recall10 += Recall(ranking, q, 10)
	f.Recall100 += Recall(ranking, q, 100)
}

func (f *RankingFigures) finish() {
	n := float64(max(1, f.Queries))
	for _, sum := range []*float64{&f.NDCG10, &f.MRR10, &f.Recall1, &f.Recall5, &f.Recall10, &f.Recall100} {
		*sum /= n
	}
}
