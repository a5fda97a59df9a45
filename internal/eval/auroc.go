package eval

import (
	"cmp"
	"encoding/json"
	"slices"
)

// AUROC is the area under the receiver operating characteristic of a score: the
// probability that a positive case, drawn at random, has a higher score than a
// negative one, a tie counting half. It is the statistic of Mann and Whitney over
// the number of pairs (Hanley and McNeil 1982). Without cases of either kind it is
// 0, and means nothing.
func AUROC(positive, negative []float64) float64 {
	if len(positive) == 0 || len(negative) == 0 {
		return 0
	}
	cases := make([]scoredCase, 0, len(positive)+len(negative))
	for _, s := range positive {
		cases = append(cases, scoredCase{s, true})
	}
	for _, s := range negative {
		cases = append(cases, scoredCase{s, false})
	}
	slices.SortFunc(cases, func(a, b scoredCase) int { return cmp.Compare(a.score, b.score) })
	var wins float64
	below := 0 // negatives with a lower score than the current one
	for len(cases) > 0 {
		ties := 1
		for ties < len(cases) && cases[ties].score == cases[0].score {
			ties++
		}
		up := 0
		for _, c := range cases[:ties] {
			if c.positive {
				up++
			}
		}
		wins += float64(up) * (float64(below) + float64(ties-up)/2)
		below += ties - up
		cases = cases[ties:]
	}
	return wins / (float64(len(positive)) * float64(len(negative)))
}

type scoredCase struct {
	score    float64
	positive bool
}

// Area is an AUROC with the number of cases behind it.
type Area struct {
	AUROC      float64 // means nothing without cases of both kinds
	Answerable int
	Negatives  int
}

// MarshalJSON writes {"auroc","answerable","negatives"}, the area null where there
// is nothing to compare.
func (a Area) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		AUROC      *float64 `json:"auroc"`
		Answerable int      `json:"answerable"`
		Negatives  int      `json:"negatives"`
	}{known(a.AUROC, a.defined()), a.Answerable, a.Negatives})
}

// known returns the figure for JSON, where one that means nothing is null.
func known(figure float64, means bool) *float64 {
	if !means {
		return nil
	}
	return &figure
}

// defined reports whether there are cases of both kinds.
func (a Area) defined() bool { return a.Answerable > 0 && a.Negatives > 0 }

// Separation says how well the confidence tells answerable questions from others,
// on all rows and on each half: the answerable and the other rows of that half.
type Separation struct {
	All    Area `json:"all"`
	InView Area `json:"in_view"`
	Hidden Area `json:"hidden"`
}

func separate(answerable, others []probe) Separation {
	return Separation{All: area(All, answerable, others), InView: area(View, answerable, others), Hidden: area(Hidden, answerable, others)}
}

func area(h Half, answerable, others []probe) Area {
	positive, negative := confidences(h, answerable), confidences(h, others)
	return Area{AUROC: AUROC(positive, negative), Answerable: len(positive), Negatives: len(negative)}
}

func confidences(h Half, probes []probe) []float64 {
	var out []float64
	for _, p := range probes {
		if h.holds(p.id) {
			out = append(out, p.confidence)
		}
	}
	return out
}
