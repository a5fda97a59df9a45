package search

import "slices"

// turnLimit is how many turns before a question are looked at.
const turnLimit = 6

// turnFade is what remains of a turn's weight one turn later.
const turnFade = 0.5

// understood is a turn as the search sees it now.
type understood struct {
	Turn
	query query
	leans leaning
}

// answered reports whether the turn was answered from an article.
func (t *understood) answered() bool { return t.Article != "" }

// quotes reports whether the turn was answered by a quote.
func (t *understood) quotes() bool { return t.Quoted.Len() > 0 }

// thread returns the turns that a question may lean on, latest first: back to
// the last question that stands alone, which opened the topic, and no further.
func (x *Index) thread(turns []Turn) []understood {
	var out []understood
	for i := len(turns) - 1; i >= 0 && len(out) < turnLimit; i-- {
		text := searched(turns[i].Question)
		t := understood{Turn: turns[i], query: x.understand(Query{Text: text})}
		t.leans = t.query.leans(text)
		if c, ok := readCorrection(text); ok {
			t.query = x.understand(Query{Text: c.meant})
			t.leans = max(leansPartly, t.query.leans(c.meant))
		}
		out = append(out, t)
		if t.leans == standsAlone {
			break
		}
	}
	return out
}

// stale reports whether the latest turn was not answered and names more that the
// articles do not know than what they do: what leans on it can not be answered
// either.
func stale(thread []understood) bool {
	if len(thread) == 0 || thread[0].answered() {
		return false
	}
	known, strange := thread[0].query.ownWords(thread[0].Question)
	return strange > 0 && strange >= known || thread[0].Question == ""
}

// resolve completes an elliptic question with the words of the thread, each turn
// with less weight than the one after it, and with the kind of question when it
// has none of its own: "and green tea?" after "how long does black tea steep".
// Words that the answer of their turn did not have are left behind.
func (x *Index) resolve(q query, thread []understood) query {
	// Of words that no article has only those that ask are left here, see leans.
	q.clauses = slices.DeleteFunc(slices.Clone(q.clauses), func(c clause) bool { return len(c.alternatives) == 0 })
	q.own = len(q.clauses)
	weight := contextWeight
	for _, t := range thread {
		if q.kind == nil && t.query.kind != nil {
			q.kind = t.query.kind.lenient()
			if hint, ok := x.hint(q.kind); ok {
				q.hint = &hint
			}
		}
		before := len(q.clauses)
		q.clauses = addNew(q.clauses, x.carried(t, weight))
		if len(q.clauses) > before {
			q.faded = append(q.faded, slices.Repeat([]float64{weight}, len(q.clauses)-before)...)
			weight *= turnFade
		}
	}
	q.lighten()
	return q
}

// lighten keeps the words carried over from outweighing the question's own, where
// it has any: of "and for white flour?" after "does rye flour rise slowly in the
// cold" white is what matters.
func (q *query) lighten() {
	var own, carried float64
	for i, c := range q.clauses {
		if i < q.own {
			own += c.weight
		} else {
			carried += c.weight
		}
	}
	if own < 1 || carried <= own*contextWeight {
		return
	}
	share := own * contextWeight / carried
	for i := range q.faded {
		q.faded[i] *= share
		q.clauses[q.own+i].weight *= share
	}
}

// lenient returns a kind that a sentence without the cue may answer too.
func (k *kind) lenient() *kind {
	other := *k
	other.strict = false
	return &other
}

// carried returns the words of a turn that its answer had, or all of them when
// there was none, at a weight.
func (x *Index) carried(t understood, weight float64) []clause {
	texts := x.fieldsAt(t.Turn)
	var out []clause
	for _, c := range t.query.clauses {
		if len(texts) > 0 && c.found(texts) == 0 {
			continue
		}
		c.weight *= weight
		out = append(out, c)
	}
	return out
}
