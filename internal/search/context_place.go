package search

import (
	"math"
	"slices"

	"verbatim/internal/article"
)

// How fast the neighbourhood of a quote fades: by the sentence, a new passage
// counting one more and a new section two. Beyond reach nothing is near.
const (
	sentenceFade = 0.85
	passageStep  = 1
	sectionStep  = 2
	nearReach    = 12
	shownStep    = 3 // to what was shown already, when that is all the section has
)

// spot is a sentence: the number of its passage in the corpus and its own in
// the passage.
type spot struct{ passage, sentence int }

// quoted is where an earlier quote stands.
type quoted struct {
	first, last, decisive spot
	weight                float64
}

// vicinity knows how near sentences are to what was quoted before.
type vicinity struct {
	corpus *corpus
	quotes []quoted // latest first
	onward bool     // only what comes after a quote is near to it
	again  bool     // but its deciding sentence too, at the end of a section: "and what then with it"
}

// firstPassage returns the number of an article's first passage and the article.
func (x *Index) firstPassage(slug string) (int, *article.Article) {
	first := 0
	for _, art := range x.articles {
		if art.Slug == slug {
			return first, art
		}
		first += len(art.Passages)
	}
	return 0, nil
}

// quotedAt finds what a turn quoted; not when the article reads otherwise by now.
func (x *Index) quotedAt(t Turn) (quoted, bool) {
	first, art := x.firstPassage(t.Article)
	if art == nil || t.Quoted.Len() <= 0 || t.Quoted.Revision != art.Revision {
		return quoted{}, false
	}
	decisive := t.Decisive
	if decisive.Len() <= 0 {
		decisive = article.Range{Start: t.Quoted.Start, End: t.Quoted.Start + 1}
	}
	for i := range art.Passages {
		p := &x.corpus.passages[first+i]
		sentences := art.Passages[i].Sentences
		if len(sentences) == 0 || sentences[len(sentences)-1].End <= t.Quoted.Start || sentences[0].Start >= t.Quoted.End {
			continue
		}
		from, to := p.within(t.Quoted.Range)
		at, _ := p.within(decisive)
		return quoted{first: spot{first + i, from}, last: spot{first + i, to}, decisive: spot{first + i, at}}, true
	}
	return quoted{}, false
}

// fieldsAt returns the analysed text that a turn quoted, with heading and title;
// nothing when it quoted nothing.
func (x *Index) fieldsAt(t Turn) [][]int32 {
	q, ok := x.quotedAt(t)
	if !ok {
		return nil
	}
	p := &x.corpus.passages[q.first.passage]
	return [][]int32{p.between(q.first.sentence, q.last.sentence), p.heading, p.title}
}

// vicinityOf returns the neighbourhood of what a thread quoted, each turn with
// less weight than the one after it.
func (x *Index) vicinityOf(thread []understood) vicinity {
	v := vicinity{corpus: x.corpus}
	weight := 1.0
	for _, t := range thread {
		if q, ok := x.quotedAt(t.Turn); ok {
			q.weight = weight
			v.quotes = append(v.quotes, q)
		}
		weight *= turnFade
	}
	return v
}

// near returns how near a sentence is to the earlier quotes, from 0 to 1.
func (v *vicinity) near(at spot) float64 {
	var most float64
	for _, q := range v.quotes {
		if d := v.steps(q, at); d <= nearReach {
			most = max(most, q.weight*math.Pow(sentenceFade, float64(d)))
		}
	}
	return most
}

// decided reports whether a sentence was the one that decided an earlier answer.
func (v *vicinity) decided(at spot) bool {
	return slices.ContainsFunc(v.quotes, func(q quoted) bool { return q.decisive == at })
}

// steps returns how far a sentence is from a quote: from its deciding sentence;
// for what comes next from the end of the quote on, or, at the end of a section,
// from the deciding sentence on.
func (v *vicinity) steps(q quoted, at spot) int {
	switch {
	case !v.onward:
		return v.distance(q.decisive, at)
	case q.last.before(at):
		return v.distance(q.last, at)
	case (q.decisive.before(at) || v.again && q.decisive == at) && v.endsSection(q.last):
		return shownStep
	}
	return nearReach + 1
}

// endsSection reports whether nothing follows a sentence in its section.
func (v *vicinity) endsSection(at spot) bool {
	p := &v.corpus.passages[at.passage]
	if at.sentence+1 < len(p.ends) {
		return false
	}
	if at.passage+1 == len(v.corpus.passages) {
		return true
	}
	next := &v.corpus.passages[at.passage+1]
	return next.article != p.article || next.source().Section != p.source().Section
}

func (s spot) before(t spot) bool {
	return s.passage < t.passage || s.passage == t.passage && s.sentence < t.sentence
}

// distance counts the steps between two sentences, more than nearReach when they
// are further apart than that or not in the same article.
func (v *vicinity) distance(from, to spot) int {
	if to.before(from) {
		from, to = to, from
	}
	passages := v.corpus.passages
	if to.passage-from.passage > nearReach || passages[from.passage].article != passages[to.passage].article {
		return nearReach + 1
	}
	steps := 0
	for from.passage < to.passage {
		p, next := &passages[from.passage], &passages[from.passage+1]
		steps += len(p.ends) - from.sentence + passageStep
		if p.source().Section != next.source().Section {
			steps += sectionStep
		}
		from = spot{from.passage + 1, 0}
	}
	return steps + to.sentence - from.sentence
}

// passages returns the numbers of the passages that have something near.
func (v *vicinity) passages() []int {
	var out []int
	seen := map[int]bool{}
	for _, q := range v.quotes {
		for n := max(0, q.first.passage-nearReach); n <= min(q.first.passage+nearReach, len(v.corpus.passages)-1); n++ {
			last := len(v.corpus.passages[n].ends) - 1
			if !seen[n] && last >= 0 && (v.near(spot{n, 0}) > 0 || v.near(spot{n, last}) > 0) {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	return out
}
