package search

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
)

// Limits of an excerpt, in bytes of UTF-8; no text has more characters than bytes.
const (
	excerptLimit = 400 // never more
	excerptAim   = 260 // neighbours are added up to here
)

// opensElsewhere recognises a sentence that cannot be understood without the one before.
var opensElsewhere = regexp.MustCompile(`^(?:It|Its|This|That|These|Those|They|Their|He|She|His|Her|Such|However|Therefore|Thus|Also|But|And|So|Then|Instead|Otherwise|The (?:latter|former|only|same|concern|result|reason))\b`)

// excerpt is a piece of a passage on sentence boundaries with the sentence that
// decides the question.
type excerpt struct{ whole, decisive article.Range }

// excerptOf returns the best sentence with what a reader needs around it: the
// sentence before when it opens with a word that points back, then neighbours
// that add to the question, all within the limits. A sentence longer than the
// limit is cut at clause or word boundaries around the words of the question.
func (x *Index) excerptOf(q *query, s scored) excerpt {
	sentences := s.passage.source().Sentences
	decisive := sentences[s.sentence]
	if decisive.Len() > excerptLimit {
		cut := x.cut(q, s.passage.article.Canonical, decisive)
		return excerpt{cut, cut}
	}
	first, last := s.sentence, s.sentence
	text := s.passage.article.Canonical
	for first > 0 && opensElsewhere.MatchString(text[sentences[first].Start:]) &&
		sentences[last].End-sentences[first-1].Start <= excerptLimit {
		first--
	}
	first, last = widen(q, s.passage, sentences, first, last)
	return excerpt{article.Range{Start: sentences[first].Start, End: sentences[last].End}, decisive}
}

// widen adds neighbours as long as they hold something of the question that the
// excerpt does not have yet, or fit easily.
func widen(q *query, p *passage, sentences []article.Range, first, last int) (int, int) {
	for {
		have := q.coverage(p.sentences[first : last+1]...)
		var gainNext, gainBefore float64 = -1, -1
		if last+1 < len(sentences) && sentences[last+1].End-sentences[first].Start <= excerptLimit {
			gainNext = q.coverage(p.sentences[first:last+2]...) - have
		}
		if first > 0 && sentences[last].End-sentences[first-1].Start <= excerptLimit {
			gainBefore = q.coverage(p.sentences[first-1:last+1]...) - have
		}
		switch {
		case gainNext > 0 && gainNext >= gainBefore:
			last++
		case gainBefore > 0:
			first--
		case gainNext == 0 && sentences[last+1].End-sentences[first].Start <= excerptAim:
			last++
		default:
			return first, last
		}
	}
}

var clauseEnd = regexp.MustCompile(`[,;:—–] |\s[-–—]\s`)

// cut returns the piece of an overlong sentence, at most excerptLimit bytes on
// word boundaries, that holds most of the question.
func (x *Index) cut(q *query, text string, r article.Range) article.Range {
	best, top := article.Range{Start: r.Start, End: fitEnd(text, r.Start, r.End)}, -1.0
	for _, start := range clauseStarts(text, r) {
		piece := article.Range{Start: start, End: fitEnd(text, start, r.End)}
		held := q.coverage(x.lookup(text[piece.Start:piece.End]))
		if held > top {
			best, top = piece, held
		}
	}
	return best
}

func (x *Index) lookup(text string) []int32 {
	terms := x.analyzer.terms(text)
	ids := make([]int32, len(terms))
	for i, t := range terms {
		ids[i] = x.corpus.id(t)
	}
	return ids
}

func clauseStarts(text string, r article.Range) []int {
	starts := []int{r.Start}
	for _, m := range clauseEnd.FindAllStringIndex(text[r.Start:r.End], -1) {
		starts = append(starts, r.Start+m[1])
	}
	return starts
}

// fitEnd returns the end of the longest piece from start within the limit that
// ends at a clause, else at a word, else at a character.
func fitEnd(text string, start, end int) int {
	if end-start <= excerptLimit {
		return end
	}
	limit := start + excerptLimit
	for !utf8.RuneStart(text[limit]) {
		limit--
	}
	piece := text[start:limit]
	if ends := clauseEnd.FindAllStringIndex(piece, -1); len(ends) > 0 && ends[len(ends)-1][0] > excerptLimit/2 {
		return start + ends[len(ends)-1][0]
	}
	if i := strings.LastIndexByte(piece, ' '); i > 0 {
		return start + i
	}
	return limit
}
