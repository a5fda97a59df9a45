package search

import "verbatim/internal/article"

// Limits of an excerpt, in characters (Unicode code points, not bytes).
const (
	excerptLimit = 400 // never more
	excerptAim   = 250 // neighbours are added up to here
)

// closeBy is how far a neighbour's score may be below that of the best sentence
// for the neighbour to be the better one after all. The weights of sentences are
// fitted to the softmax of the scores, so this one is a tenth as likely (exp -2.25).
const closeBy = 2.25

// excerpt is a piece of an article on sentence boundaries with the sentence that
// decides the question.
type excerpt struct{ whole, decisive article.Range }

// excerptOf returns the best sentence with what a reader needs around it: what a
// sentence that points back points to, the list that it introduces or stands in,
// then neighbours, within the limits. Only what is needed may come from another
// passage of the same section. A sentence longer than the limit is cut at clause
// or word boundaries around the words of the question.
func (m *meter) excerptOf(s scored) excerpt {
	st := stretchAround(s)
	at := st.answering()
	decisive := st.lines[at].Range
	if !st.fits(at, at, excerptLimit) {
		cut := m.cut(st.text, decisive)
		return excerpt{cut, cut}
	}
	first, last := st.widen(st.core(at))
	return excerpt{article.Range{Start: st.lines[first].Start, End: st.lines[last].End}, decisive}
}

// answering returns the best sentence, or one behind it when the best only
// introduces what follows and there is no room for both.
func (st *stretch) answering() int {
	for at := st.best; ; at++ {
		if end := st.introduced(at); end == at || st.fits(at, end, excerptLimit) {
			return at
		}
	}
}

// core returns what must be read with a sentence.
func (st *stretch) core(at int) (first, last int) {
	first, last = at, at
	if end, ok := st.completed(first, last); ok {
		last = end
	}
	switch {
	case st.lines[at].listed():
		first, last = st.listed(at, last)
	case st.lines[last].listed():
		_, to := st.list(last)
		last = st.items(first, last, to)
	}
	return st.opened(first, last), last
}

// listed returns the list around the lines from at to last, with its introduction
// if there is room for that; else as much of it as there is room for, in whole
// items and from its start on; else the item alone.
func (st *stretch) listed(at, last int) (from, to int) {
	start, to := st.list(at)
	for _, from := range []int{st.introduction(start), start} {
		if end, ok := st.completed(from, last); ok {
			return from, st.items(from, end, to)
		}
	}
	if item, _ := st.item(at); st.fits(item, last, excerptLimit) {
		return item, last
	}
	return at, last
}

// items adds whole items of a list that ends at to, while there is room.
func (st *stretch) items(first, last, to int) int {
	for last < to {
		end, ok := st.grown(first, last+1)
		if !ok {
			break
		}
		last = end
	}
	return last
}

// completed returns the end of what has to follow the last line: what it
// introduces, and the rest of its item if there is room. It reports whether there
// is room for all of it.
func (st *stretch) completed(first, last int) (end int, ok bool) {
	for end = last; ; {
		end = st.introduced(end)
		_, whole := st.item(end)
		if whole == end || !st.fits(first, whole, excerptLimit) {
			return end, st.fits(first, end, excerptLimit)
		}
		end = whole
	}
}

// grown is completed for a line that is not needed: it must not part an item.
func (st *stretch) grown(first, last int) (end int, ok bool) {
	end, ok = st.completed(first, last)
	_, whole := st.item(end)
	return end, ok && whole == end
}

// introduced returns the first line from one on that introduces nothing.
func (st *stretch) introduced(at int) int {
	for at+1 < len(st.lines) && st.introduces(at) {
		at++
	}
	return at
}

// opened adds the sentences before that the first one points back to, as far as
// there is room. A list before is needed as a whole.
func (st *stretch) opened(first, last int) int {
	for first > 0 && st.leans(first) {
		from := first - 1
		if st.lines[from].listed() && st.lines[from].block != st.lines[first].block {
			from, _ = st.list(from)
			from = st.introduction(from)
		}
		if !st.fits(from, last, excerptLimit) {
			break
		}
		first = from
	}
	return first
}

// introduction returns the sentence before a list when it introduces the list,
// else the start of the list.
func (st *stretch) introduction(from int) int {
	if from > 0 && st.introduces(from-1) {
		return from - 1
	}
	return from
}

// widen adds neighbours of the same passage, the better scored first: up to the
// aim, and up to the limit those that score nearly as well as the best sentence,
// since any of them may be the one that answers.
func (st *stretch) widen(first, last int) (from, to int) {
	for {
		start, hasBefore := st.before(first, last)
		end, hasNext := st.next(first, last)
		switch {
		case hasNext && (!hasBefore || st.top(last+1, end) >= st.top(start, first-1)):
			last = end
		case hasBefore:
			first = start
		default:
			return first, last
		}
	}
}

// next returns the end of the neighbour behind, with what it introduces.
func (st *stretch) next(first, last int) (end int, ok bool) {
	if last+1 >= st.to {
		return last, false
	}
	end, ok = st.grown(first, last+1)
	if !ok || end >= st.to || end+1 == len(st.lines) && st.introduces(end) {
		return last, false
	}
	return end, st.welcome(first, end, last+1, end)
}

// before returns the start of the neighbour before, with what it points back to.
func (st *stretch) before(first, last int) (start int, ok bool) {
	for start = first; start > st.from; {
		if start, _ = st.item(start - 1); !st.leans(start) {
			return start, st.welcome(start, last, start, first-1)
		}
	}
	return first, false
}

// welcome reports whether there is room for the excerpt from first to last, of
// which the sentences from a to b are new.
func (st *stretch) welcome(first, last, a, b int) bool {
	limit := excerptAim
	if st.top(a, b) > st.lines[st.best].score-closeBy {
		limit = excerptLimit
	}
	return st.fits(first, last, limit)
}

// between returns the terms of the sentences from first to last.
func (p *passage) between(first, last int) []int32 {
	if first == 0 {
		return p.terms[:p.ends[last]]
	}
	return p.terms[p.ends[first-1]:p.ends[last]]
}

// within returns the first and the last sentence that a range touches.
func (p *passage) within(r article.Range) (first, last int) {
	sentences := p.source().Sentences
	for first < len(sentences)-1 && sentences[first].End <= r.Start {
		first++
	}
	last = first
	for last < len(sentences)-1 && sentences[last+1].Start < r.End {
		last++
	}
	return first, last
}
