package search

import (
	"cmp"
	"slices"
)

// candidateLimit is how many passages are measured in full.
const candidateLimit = 200

// leaders is a heap of the highest scored passages, the lowest of them on top.
type leaders []passageScore

type passageScore struct {
	passage int32
	score   float32
}

// worse orders by score; of equals the later passage is worse.
func (s passageScore) worse(t passageScore) bool {
	if s.score != t.score {
		return s.score < t.score
	}
	return s.passage > t.passage
}

// heapify makes a heap of any order.
func (l leaders) heapify() {
	for i := len(l)/2 - 1; i >= 0; i-- {
		l.sink(i)
	}
}

// sink moves the i-th down to where it belongs.
func (l leaders) sink(i int) {
	for {
		child := 2*i + 1
		if child >= len(l) {
			return
		}
		if right := child + 1; right < len(l) && l[right].worse(l[child]) {
			child = right
		}
		if !l[child].worse(l[i]) {
			return
		}
		l[i], l[child] = l[child], l[i]
		i = child
	}
}

// top returns the limit highest scored passages in the order of the corpus.
func (a *accumulator) top(limit int) []int32 {
	kept := make(leaders, min(limit, len(a.touched)))
	for i := range kept {
		kept[i] = passageScore{a.touched[i], a.scores[a.touched[i]]}
	}
	kept.heapify()
	for _, i := range a.touched[len(kept):] {
		s := passageScore{i, a.scores[i]}
		if len(kept) > 0 && s.score >= kept[0].score && kept[0].worse(s) {
			kept[0] = s
			kept.sink(0)
		}
	}
	out := make([]int32, len(kept))
	for i, s := range kept {
		out[i] = s.passage
	}
	slices.SortFunc(out, cmp.Compare[int32])
	return out
}
