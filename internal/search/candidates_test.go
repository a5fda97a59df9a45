package search

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTopIsTheHeadOfTheRanking compares the heap with sorting everything.
func TestTopIsTheHeadOfTheRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOf(rapid.Float32Range(0, 3)).Draw(t, "scores")
		for i := range scores {
			scores[i] = float32(int(scores[i]*4)) / 4 // so that some are equal
		}
		a := newAccumulator(len(scores))
		for i, s := range scores {
			if s > 0 {
				a.scores[i], a.touched = s, append(a.touched, int32(i))
			}
		}
		want := slices.Clone(a.touched)
		slices.SortStableFunc(want, func(i, j int32) int { return cmp.Compare(scores[j], scores[i]) })
		limit := rapid.IntRange(0, 10).Draw(t, "limit")
		want = want[:min(limit, len(want))]
		slices.Sort(want)
		a.touched = rapid.Permutation(a.touched).Draw(t, "touched")
		if got := a.top(limit); !slices.Equal(got, want) {
			t.Errorf("top %v, want %v of %v", got, want, scores)
		}
	})
}

// TestSortByScore compares with the stable sort of the standard library.
func TestSortByScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []scored
		for i, score := range rapid.SliceOf(rapid.IntRange(0, 5)).Draw(t, "scores") {
			all = append(all, scored{number: i, score: float64(score)})
		}
		want := slices.Clone(all)
		slices.SortStableFunc(want, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
		sortByScore(all)
		if !slices.EqualFunc(all, want, func(a, b scored) bool { return a.number == b.number }) {
			t.Errorf("%v, want %v", all, want)
		}
	})
}

// TestMatcher compares with looking for every clause at every position.
func TestMatcher(t *testing.T) {
	term := rapid.Int32Range(-1, 3000)
	rapid.Check(t, func(t *rapid.T) {
		pool := rapid.SliceOfN(term, 1, 8).Draw(t, "pool")
		drawn := rapid.SampledFrom(pool)
		var clauses []clause
		for range rapid.IntRange(0, 6).Draw(t, "clauses") {
			var c clause
			for n := range rapid.IntRange(0, 3).Draw(t, "alternatives") {
				terms := rapid.SliceOfN(drawn.Filter(func(t int32) bool { return t != unknown }), 1, 3)
				if !slices.ContainsFunc(pool, func(t int32) bool { return t != unknown }) {
					break
				}
				c.alternatives = append(c.alternatives, alternative{terms.Draw(t, "terms"), 1 / float64(n+1)})
			}
			clauses = append(clauses, c)
		}
		text := rapid.SliceOf(rapid.OneOf(drawn, term)).Draw(t, "text")
		m := newMatcher(clauses)
		m.scan(pool) // what one scan saw must not show in the next
		var want []hit
		for i := range text {
			for n := range clauses {
				if w := clauses[n].endsAt(text, i); w > 0 {
					want = append(want, hit{n, i, w})
				}
			}
		}
		if got := m.scan(text); !slices.Equal(got, want) {
			t.Errorf("hits %v, want %v", got, want)
		}
	})
}

// endsAt returns the best weight of an alternative that is complete at a position
// and has a term there.
func (c *clause) endsAt(text []int32, position int) (best float64) {
	for _, alt := range c.alternatives {
		here := slices.Contains(alt.terms, text[position])
		if here && holdsAll([][]int32{text[:position+1]}, alt.terms) {
			best = max(best, alt.weight)
		}
	}
	return best
}
