package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// A word that a slip of the finger left unknown counts less than a synonym, and
// less with each edit.
const (
	oneEditWeight  = 0.7
	twoEditsWeight = 0.5
	typoLimit      = 3 // readings of one word
)

// Lengths of words, in letters: shorter ones are not corrected, long ones may
// differ in two places, and of the shortest the first letter must be right.
const (
	shortestTypo  = 4
	surestTypo    = 5
	twoEditTypo   = 8
	longestSpelt  = 24
	shortestSpelt = 3
)

// reading is a word that may have been meant by one that nobody knows.
type reading struct {
	term  string // its stem
	edits int
	df    int32 // 0 for a word that only the vocabulary has
}

func (r reading) weight() float64 {
	if r.edits <= 1 {
		return oneEditWeight
	}
	return twoEditsWeight
}

// speller reads misspelt words as terms of the corpus or words of the vocabulary
// that are few edits away, by the optimal string alignment distance: Damerau, "A
// technique for computer detection and correction of spelling errors", 1964, with
// swaps of neighbours as one edit. The lists are made when the first unknown word
// comes. Safe for concurrent use.
type speller struct {
	analyzer analyzer
	corpus   *corpus
	synonyms Synonyms

	once  sync.Once
	terms spellings // stems of the corpus
	words spellings // of the vocabulary, as written
}

func newSpeller(c *corpus, s Synonyms, a analyzer) *speller {
	return &speller{analyzer: a, corpus: c, synonyms: s}
}

func (s *speller) open() {
	s.terms = newSpellings(s.corpus.names)
	s.words = newSpellings(askedWords(s.synonyms))
}

// readings returns what a word in lower case may have been meant to be, the best
// first: of fewer edits, then more frequent, then by the alphabet. None if the
// vocabulary knows the word itself in another form.
func (s *speller) readings(word, stem string) []reading {
	limit := editsAllowed(word)
	if limit == 0 {
		return nil
	}
	s.once.Do(s.open)
	var found []reading
	for name, edits := range s.terms.near(stem, limit) {
		if plausible(word, name) {
			found = append(found, reading{name, edits, s.corpus.df[s.corpus.id(name)]})
		}
	}
	for _, name := range s.spoiltEndings(word) {
		found = append(found, reading{name, 1, s.corpus.df[s.corpus.id(name)]})
	}
	for entry, edits := range s.words.near(word, limit) {
		terms := s.analyzer.terms(entry)
		if len(terms) != 1 {
			continue
		}
		if terms[0] == stem {
			return nil
		}
		if plausible(word, entry) {
			found = append(found, s.reading(terms[0], edits))
		}
	}
	return bestReadings(found)
}

func (s *speller) reading(term string, edits int) reading {
	if id := s.corpus.id(term); id != unknown {
		return reading{term, edits, s.corpus.df[id]}
	}
	return reading{term, edits, 0}
}

func bestReadings(found []reading) []reading {
	slices.SortFunc(found, func(a, b reading) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(b.df, a.df), cmp.Compare(a.term, b.term))
	})
	var best []reading
	for _, r := range found {
		same := slices.ContainsFunc(best, func(b reading) bool { return b.term == r.term })
		if !same && len(best) < typoLimit {
			best = append(best, r)
		}
	}
	return best
}

// editsAllowed returns how many edits may lie between a word and its reading.
func editsAllowed(word string) int {
	switch n := len(word); {
	case n < shortestTypo || n > longestSpelt || !isPlain(word):
		return 0
	case n < twoEditTypo:
		return 1
	default:
		return 2
	}
}

// plausible reports whether the first letter of a word is right where it must be.
func plausible(word, name string) bool {
	return word[0] == name[0] || len(word) >= surestTypo
}

// endings are what English words end in beyond their stems.
var endings = [...]string{"e", "s", "es", "ed", "er", "ers", "ing", "ings", "ly", "ion", "ions", "ation", "ations", "ment", "ments", "ive", "al", "able", "ness", "ity", "y", "ies"}

// spoiltEndings returns the terms that a word starts with, when what follows is
// one edit from an ending: "massagign" is some form of "massag".
func (s *speller) spoiltEndings(word string) []string {
	var found []string
	for cut := max(len(word)-5, shortestTypo); cut < len(word)-1; cut++ {
		stem, rest := word[:cut], word[cut:]
		if s.corpus.id(stem) == unknown {
			continue
		}
		if slices.ContainsFunc(endings[:], func(e string) bool { return len(e) > 1 && editDistance(rest, e, 1) <= 1 }) {
			found = append(found, stem)
		}
	}
	return found
}

// askedWords returns the words of all phrases that the vocabulary looks for in
// questions, each once.
func askedWords(s Synonyms) []string {
	seen := make(map[string]bool)
	var words []string
	add := func(phrases []string) {
		for _, text := range phrases {
			for word := range strings.FieldsFuncSeq(text, isPhraseBreak) {
				if !seen[word] {
					seen[word] = true
					words = append(words, word)
				}
			}
		}
	}
	for _, group := range s.Groups {
		add(group)
	}
	for _, r := range s.Related {
		add(r.Asked)
	}
	return words
}
