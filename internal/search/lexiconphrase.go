package search

import (
	"iter"
	"slices"
	"strings"
)

// phraseTerms is a phrase of the vocabulary, analysed. Analysis drops stop words,
// and some of them make the sense, as in "throw up" or "not proven".
type phraseTerms struct {
	terms []string
	small []smallWord
	needs int // how many of small a question must have
}

// smallWord is a stop word of a phrase.
type smallWord struct {
	gap    int // 0 is before the first term, n is after the n-th
	word   string
	needed bool
}

// Stop words that a phrase of two terms or more does not need: looseWords
// nowhere, prepositions not between two terms. "The runs" needs its "the".
var (
	looseWords   = wordSet("of the a an to and or is are be been being am was were my your his her their our its it i me you that this")
	prepositions = wordSet("in on at for from by with as about")
	negations    = wordSet("not no nor cannot cant dont doesnt didnt isnt arent wasnt wont wouldnt couldnt shouldnt havent hasnt never without")
)

// phraseReader analyses phrases word by word, each word once and all in one pass.
type phraseReader struct{ terms map[string][]string }

func newPhraseReader(phrases []string, a analyzer) phraseReader {
	r := phraseReader{terms: make(map[string][]string, len(phrases))}
	var all strings.Builder
	var words []string
	for _, text := range phrases {
		for word := range strings.FieldsFuncSeq(text, isPhraseBreak) {
			if _, seen := r.terms[word]; !seen {
				r.terms[word] = nil
				words = append(words, word)
				all.WriteString(word)
				all.WriteByte('\n')
			}
		}
	}
	i, end := -1, 0
	for _, t := range a.tokens(all.String()) {
		for t.start >= end {
			i++
			end += len(words[i]) + 1
		}
		r.terms[words[i]] = append(r.terms[words[i]], t.term)
	}
	return r
}

// firstWord returns the first word of a phrase that is not a stop word.
func firstWord(text string, stop map[string]bool) string {
	for word := range strings.FieldsFuncSeq(text, isPhraseBreak) {
		if !stop[word] {
			return word
		}
	}
	return ""
}

// phrase analyses a phrase.
func (r phraseReader) phrase(text string) phraseTerms {
	var p phraseTerms
	if strings.IndexFunc(text, isPhraseBreak) < 0 {
		p.terms = r.terms[text]
		return p
	}
	for word := range strings.FieldsFuncSeq(text, isPhraseBreak) {
		if terms := r.terms[word]; len(terms) > 0 {
			p.terms = append(p.terms, terms...)
		} else {
			p.small = append(p.small, smallWord{gap: len(p.terms), word: word})
		}
	}
	for i := range p.small {
		w := &p.small[i]
		inside := w.gap > 0 && w.gap < len(p.terms)
		loose := looseWords[w.word] || inside && prepositions[w.word]
		if w.needed = len(p.terms) == 1 || !loose; w.needed {
			p.needs++
		}
	}
	return p
}

// sayable returns the terms to look for in passages, each once. A phrase whose
// sense hangs on a stop word is not looked for, since the index has no stop words:
// one without its particle if a single word is left, and never one that denies.
func (r phraseReader) sayable(texts []string) [][]string {
	out := make([][]string, 0, len(texts))
	for _, text := range texts {
		p := r.phrase(text)
		hangs := slices.ContainsFunc(p.small, func(w smallWord) bool {
			return w.needed && (len(p.terms) == 1 || negations[w.word])
		})
		known := slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, p.terms) })
		if len(p.terms) > 0 && !hangs && !known {
			out = append(out, p.terms)
		}
	}
	return out
}

// functionWords may stand inside any phrase, as in "neck of the womb".
var functionWords = wordSet("of the a an in to for and on at from by with my your his her their it up out off down")

// starts reports whether tokens start with the phrase: its terms side by side, but
// for function words and its own, and its needed words where they belong.
func (p phraseTerms) starts(text string, tokens []token) bool {
	n := len(p.terms)
	if !startsWith(tokens, p.terms) {
		return false
	}
	for i := 1; i < n; i++ {
		for word := range words(gap(text, tokens, i, n)) {
			if !functionWords[word] && !slices.ContainsFunc(p.small, func(w smallWord) bool { return w.gap == i && w.is(word) }) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(p.small, func(w smallWord) bool { return w.needed && !w.standsIn(gap(text, tokens, w.gap, n)) })
}

func startsWith(tokens []token, terms []string) bool {
	if len(tokens) < len(terms) {
		return false
	}
	for i, t := range terms {
		if tokens[i].term != t {
			return false
		}
	}
	return true
}

// gap returns the text in one of the gaps of a phrase of n tokens. Before and
// after the phrase it ends with the clause.
func gap(text string, tokens []token, i, n int) string {
	const clauseEnd = ".,;:?!\n"
	switch {
	case i == 0:
		before := text[:tokens[0].start]
		return before[strings.LastIndexAny(before, clauseEnd)+1:]
	case i < n:
		return text[tokens[i-1].end:tokens[i].start]
	}
	after := text[tokens[n-1].end:]
	if n < len(tokens) {
		after = text[tokens[n-1].end:tokens[n].start]
	}
	if end := strings.IndexAny(after, clauseEnd); end >= 0 {
		after = after[:end]
	}
	return after
}

func (w smallWord) standsIn(text string) bool {
	for word := range words(text) {
		if w.is(word) {
			return true
		}
	}
	return false
}

// is reports whether w stands for a word: it is the same, or both deny.
func (w smallWord) is(word string) bool {
	return word == w.word || negations[w.word] && negations[word]
}

// words yields the words of text in lower case and without apostrophes.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWordRune(r) && r != '\'' }) {
			word = strings.ReplaceAll(strings.ToLower(word), "'", "")
			if word != "" && !yield(word) {
				return
			}
		}
	}
}
