package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"verbatim/internal/article"
)

// Hit is one passage of a ranking.
type Hit struct {
	Article *article.Article
	Passage int // into Article.Passages
	Score   float64
}

// Rank returns the best passages for a question, best first, at most limit of
// them, none when it is negative. It fails only when ctx has ended.
func (x *Index) Rank(ctx context.Context, q Query, limit int) ([]Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	understood := x.understand(q)
	ranked := x.newMeter(&understood).rank(max(limit, candidateLimit))
	ranked = ranked[:min(max(limit, 0), len(ranked))]
	hits := make([]Hit, 0, len(ranked))
	for _, s := range ranked {
		hits = append(hits, Hit{s.passage.article, s.passage.index, s.score})
	}
	return hits, nil
}

// hintWeight is how much the words of a kind's answers count when candidates are
// gathered.
const hintWeight = 0.05

// offering returns the passages that have what the kind of question asks for, in
// a small library: "how do I do it" has no word of its own, and where one article
// is all there is to read it still means something.
func (m *meter) offering(limit int) []int32 {
	passages := m.index.corpus.passages
	if m.query.kind.undecided() || len(passages) > smallLibrary {
		return nil
	}
	var out []int32
	for i := range passages {
		has := slices.ContainsFunc(passages[i].cues, func(c cues) bool { return m.query.kind.fit(c) == 1 })
		if has && len(out) < limit {
			out = append(out, int32(i))
		}
	}
	return out
}

// smallLibrary is how many passages one long article has.
const smallLibrary = 100

// rank gathers candidates by BM25F, measures them and orders them by the linear
// model, best first; ties keep the order of the corpus.
func (m *meter) rank(limit int) []scored {
	a, _ := m.index.accumulators.Get().(*accumulator)
	defer m.index.accumulators.Put(a)
	defer a.reset()
	m.gather(a)
	candidates := a.top(limit)
	if len(candidates) == 0 && len(m.query.clauses) == 0 {
		candidates = m.offering(limit)
	}
	m.spare = make([]float64, len(candidates)*(len(m.weight)+usualSentences))
	m.fetched = m.index.fetch(candidates)
	out := make([]scored, len(candidates))
	for i, number := range candidates {
		out[i] = m.measure(int(number))
	}
	m.measureArticles(a, out)
	for i := range out {
		values := out[i].features.values()
		out[i].score = linear(m.index.weights.Ranking, values[:])
	}
	sortByScore(out)
	return out
}

// usualSentences is how many sentences of a passage there is room for at first.
const usualSentences = 6

// gather adds up the BM25F of all passages.
func (m *meter) gather(a *accumulator) {
	m.index.postings.score(m.query.clauses, a)
	if m.query.hint != nil {
		hint := *m.query.hint
		hint.weight = hintWeight
		m.index.postings.score([]clause{hint}, a)
	}
}

// sortByScore sorts best first and leaves equals as they are. It sorts numbers
// and then moves each candidate once, since candidates are large.
func sortByScore(all []scored) {
	from := make([]int, len(all)) // which of all belongs here
	for i := range from {
		from[i] = i
	}
	slices.SortFunc(from, func(a, b int) int { return cmp.Or(cmp.Compare(all[b].score, all[a].score), cmp.Compare(a, b)) })
	for start := range from {
		if from[start] == start {
			continue
		}
		first, to := all[start], start
		for from[to] != start {
			all[to] = all[from[to]]
			to, from[to] = from[to], to
		}
		all[to], from[to] = first, to
	}
}

// measureArticles fills the features that look at an article as a whole.
func (m *meter) measureArticles(a *accumulator, out []scored) {
	for from := 0; from < len(out); {
		art := out[from].passage.article
		to := from
		clear(m.held)
		for ; to < len(out) && out[to].passage.article == art; to++ {
			unite(m.held, out[to].held)
		}
		first := out[from].number - out[from].passage.index
		var sum float64
		for _, s := range a.scores[first : first+len(art.Passages)] {
			sum += float64(s)
		}
		for i := from; i < to; i++ {
			f := &out[i].features
			f.Article = m.coverage(m.held)
			f.ArticleSum = math.Log1p(sum / max(m.mass, 1e-9))
			f.Around = m.around(a, out[from:to], i-from)
		}
		from = to
	}
}

// unite keeps the greater of two weights for each clause.
func unite(held, more []float64) {
	for i, h := range more {
		if h > held[i] {
			held[i] = h
		}
	}
}

// around returns the coverage by the i-th candidate of an article with the
// passages before and after it.
func (m *meter) around(a *accumulator, of []scored, i int) float64 {
	clear(m.window)
	unite(m.window, of[i].held)
	number, index := of[i].number, of[i].passage.index
	switch {
	case i > 0 && of[i-1].number == number-1:
		unite(m.window, of[i-1].held)
	case index > 0:
		m.lookInto(a, number-1)
	}
	switch {
	case i+1 < len(of) && of[i+1].number == number+1:
		unite(m.window, of[i+1].held)
	case index+1 < len(of[i].passage.article.Passages):
		m.lookInto(a, number+1)
	}
	return m.coverage(m.window)
}

// lookInto adds what a passage holds to the window, if it holds anything.
func (m *meter) lookInto(a *accumulator, number int) {
	if a.scores[number] > 0 {
		hold(m.window, m.matcher.scan(m.index.corpus.passages[number].terms))
	}
}
