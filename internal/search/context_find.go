package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"verbatim/internal/article"
)

// findLeaning answers a question that something was said before.
func (x *Index) findLeaning(ctx context.Context, q Query, own query) (Result, error) {
	text := searched(q.Text)
	c, corrects := readCorrection(text)
	if corrects {
		text, own = c.meant, x.understand(Query{Text: c.meant})
	}
	lean := own.leans(text)
	thread := x.thread(q.Context)
	switch {
	case corrects:
		thread = x.corrected(c, thread)
		lean = max(lean, leansPartly)
	case lean == leansEntirely && stale(thread):
		result, err := x.find(ctx, &own)
		result.Confidence = 0
		return result, err
	}
	if lean == standsAlone || len(thread) == 0 || thread[0].answered() && !thread[0].quotes() {
		return x.find(ctx, &own)
	}
	within, err := x.within(ctx, own, lean, text, thread)
	if err != nil || lean == leansEntirely || corrects {
		return within, err
	}
	result, err := x.find(ctx, &own)
	if err != nil || within.Confidence >= result.Confidence {
		return within, err
	}
	return result, nil
}

// corrected returns the thread without what a correction takes back: where the
// last quote stands, and the words that were not meant.
func (x *Index) corrected(c correction, thread []understood) []understood {
	not := x.clauses(c.not)
	for i := range thread {
		t := &thread[i]
		t.Quoted = article.Span{}
		t.query.clauses = slices.DeleteFunc(t.query.clauses, func(c clause) bool { return containsIdea(not, c) })
	}
	return thread
}

// within answers a question that leans on what was said before it.
func (x *Index) within(ctx context.Context, q query, lean leaning, text string, thread []understood) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	entirely := lean == leansEntirely
	goesOn := entirely && onward.MatchString(text)
	if goesOn && q.kind.undecided() {
		q.kind = shippedKinds.named("how")
	}
	q = x.resolve(q, thread)
	near := x.vicinityOf(thread)
	if near.onward = goesOn; goesOn {
		near.quotes = near.quotes[:min(1, len(near.quotes))]
	}
	near.again = pronoun.MatchString(onward.ReplaceAllString(text, ""))
	l := contextSearch{meter: x.newMeter(&q), near: near, entirely: entirely && len(near.quotes) > 0, priors: map[int]float64{}}
	return l.find(), nil
}

// contextSearch is a search with a prior: what is near an earlier quote counts as
// if it held one more word of the question. Not safe for concurrent use.
type contextSearch struct {
	*meter
	near     vicinity
	entirely bool            // the question has nothing of its own
	priors   map[int]float64 // what nearness added to the score, by the number of the passage
}

// priorShare is the share of a question that nearness stands for: of one with
// words of its own, and of one without.
const (
	priorShare         = 0.25
	priorShareEntirely = 1.0
)

// topicWords is how many words the quote stands for that a question is about which
// has no words of its own.
const topicWords = 2

func (l *contextSearch) find() Result {
	ranked := l.gather()
	kept := make([]scored, 0, len(ranked))
	for _, s := range ranked {
		if l.lean(&s) {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		result, _ := l.result(ranked)
		result.Confidence = 0
		return result
	}
	slices.SortStableFunc(kept, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	result, a := l.result(kept)
	if result.Confidence > 0 {
		e := l.inherit(a.evidence, kept[0])
		score, ahead := l.unaided(a, kept)
		e.Score, e.Lead = score, lead(ahead)
		result.Confidence = a.factor * l.index.weights.confidence(e)
		if l.entirely {
			result.Confidence *= kept[0].features.Cue // all that it asks is there, or half of it
		}
	}
	return result
}

// gather returns the candidates of the question and what is near the quotes.
func (l *contextSearch) gather() []scored {
	ranked := l.rank(candidateLimit)
	for _, number := range l.near.passages() {
		if !slices.ContainsFunc(ranked, func(s scored) bool { return s.number == number }) {
			ranked = append(ranked, l.measure(number))
		}
	}
	return ranked
}

// lean chooses the sentence of a passage anew, nearness counting, and adds the
// prior to the score. A question with nothing of its own is answered only by a
// sentence that is near and has the sort of thing that is asked for, to the full
// if it is the one that answered before: it returns false when there is none.
func (l *contextSearch) lean(s *scored) bool {
	share := priorShare
	if l.entirely {
		share = priorShareEntirely
	}
	perSentence := share * linear(l.index.weights.Sentence, everywhereInSentence())
	l.spots = append(l.spots[:0], l.matcher.scan(s.passage.terms)...)
	found, top, nearest := false, 0.0, 0.0
	l.eachSentence(s.passage, func(i int, f SentenceFeatures) {
		near := l.near.near(spot{s.number, i})
		values := f.values()
		s.sentences[i] = linear(l.index.weights.Sentence, values[:]) + perSentence*near
		said := f.Cue < 1 && l.near.decided(spot{s.number, i})
		if l.entirely && (f.Cue == 0 || near == 0 || said) {
			return
		}
		if l.near.onward {
			s.sentences[i] = perSentence * near
		}
		if l.entirely {
			s.sentences[i] *= f.Cue
		}
		if !found || s.sentences[i] > top {
			found, top, nearest, s.sentence = true, s.sentences[i], near, i
			s.features.Sentence = f.Coverage + f.Leaning
			s.features.Cue, s.features.CueMass, s.features.Novel = f.Cue, f.CueMass, f.Novel
		}
	})
	values := s.features.values()
	s.score = linear(l.index.weights.Ranking, values[:])
	if found && nearest > 0 {
		l.priors[s.number] = share * nearest * linear(l.index.weights.Ranking, everywhere())
		s.score += l.priors[s.number]
	}
	return found
}

// everywhere returns the features that a word has which is all of the question
// and is found.
func everywhere() []float64 {
	values := Features{BM25F: 1 / (1 + k1), Passage: 1, Sentence: 1, Rest: 1, Window: 1, Around: 1}.values()
	return values[:]
}

func everywhereInSentence() []float64 {
	values := SentenceFeatures{Coverage: 1, Dense: 0.5}.values()
	return values[:]
}

// inherit judges the completed question as if it had been typed in full: the words
// carried over weigh what they weighed in their own turn, and count as found near
// the quote that had them. Of a question with nothing of its own the quote stands
// for words too, since it is all that is asked about.
func (l *contextSearch) inherit(e Evidence, best scored) Evidence {
	near := l.near.near(spot{best.number, best.sentence})
	if l.near.onward {
		near = math.Sqrt(near) // the next step may stand a few sentences on
	} else {
		near *= near
	}
	first, last := best.passage.within(l.excerptOf(best).whole)
	held := l.heldBy(best.passage.between(first, last))
	var words, all, missing float64
	if l.entirely {
		words, all = topicWords*near, topicWords
		e.Thin = max(0, e.Thin-e.Size*words/thickWords)
	}
	for i, c := range l.query.clauses {
		weight := c.weight
		if i >= l.query.own {
			weight /= l.query.faded[i-l.query.own]
			missing += l.weight[i] * max(0, near-held[i])
			held[i] = max(held[i], near)
		}
		words += weight * held[i]
		all += weight
	}
	e.Words = words / (all + .5)
	e.BM25F += missing * l.mass / (l.mass + l.cueMass + 1e-9) / (1 + k1)
	return e
}

// unaided returns the score of the best candidate and its margin as they would be
// without the prior, which is no evidence that the candidate answers: a lead that
// it owes to the prior alone counts as none. Of a question with nothing of its own
// the prior chose the candidates, so that a lead says nothing.
func (l *contextSearch) unaided(a assessment, kept []scored) (score, ahead float64) {
	score = a.evidence.Score - l.priors[kept[0].number]
	if l.entirely {
		return score, 0
	}
	rival := slices.IndexFunc(kept, func(s scored) bool { return s.score == a.rival })
	if rival < 1 {
		return score, score - a.rival
	}
	ahead = score - (kept[rival].score - l.priors[kept[rival].number])
	return score, min(a.evidence.Score-a.rival, max(0, ahead))
}

// undecided reports whether a question asks for no particular sort of thing.
func (k *kind) undecided() bool { return k == nil || k.wants == 0 }

// named returns a kind by its name, nil if there is none.
func (t *kindTable) named(name string) *kind {
	for i := range t.kinds {
		if t.kinds[i].name == name {
			return &t.kinds[i]
		}
	}
	return nil
}
