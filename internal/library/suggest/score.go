package suggest

import (
	"context"
	"math/bits"
	"sort"
	"strings"
)

// How much a word counts that has the same stem as the one that was typed, and one
// that is spelt otherwise, for each letter.
const (
	sameStem = 0.9
	misspelt = 0.7
)

// scorer compares what was typed with the entries of one list.
type scorer struct {
	*List

	has     []float32 // of each entry: the weight of what it has
	begun   []uint32  // and the typed words that its words begin with, a bit each
	best    []float32 // of each entry: how well it has the word in hand
	touched []int32   // those that have it
}

// score returns all entries that fit.
func score(ctx context.Context, text string, words []string, lists []*List) ([]hit, error) {
	scorers := make([]*scorer, len(lists))
	all := 0
	for i, l := range lists {
		n := len(l.entries)
		scorers[i] = &scorer{List: l, has: make([]float32, n), begun: make([]uint32, n), best: make([]float32, n)}
		all += n
	}
	var mass float32
	light := lightWords()
	for i, word := range words {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		have := 0
		for _, s := range scorers {
			s.look(words, i)
			have += len(s.touched)
		}
		if have == 0 && !light[word] {
			have = guess(scorers, word)
		}
		weight := rarity(have, all)
		switch {
		case light[word] && have == 0:
			weight = 0
		case light[word]:
			weight *= lightWeight
		}
		mass += weight
		for _, s := range scorers {
			s.settle(weight)
		}
	}
	var found []hit
	for i, s := range scorers {
		found = s.hits(found, i, text, words, mass)
	}
	return found, ctx.Err()
}

// guess looks for words like one that no list has, and returns how many entries
// have them.
func guess(scorers []*scorer, word string) (have int) {
	for _, s := range scorers {
		s.misspelt(word)
		have += len(s.touched)
	}
	return have
}

// look finds the entries that have a typed word, or something that means the same.
func (s *scorer) look(words []string, at int) {
	word := words[at]
	for i := sort.SearchStrings(s.words, word); i < len(s.words) && strings.HasPrefix(s.words[i], word); i++ {
		for _, e := range s.holders[i] {
			s.begun[e] |= 1 << at
			s.touch(e, 1)
		}
	}
	if root := stem(word); len(root) >= shortestMisspelt-1 {
		for i := sort.SearchStrings(s.words, root); i < len(s.words) && strings.HasPrefix(s.words[i], root); i++ {
			if stem(s.words[i]) == root {
				s.touchAll(s.holders[i], sameStem)
			}
		}
	}
	s.vocabulary.asked(words, func(from, to int, m meaning) {
		if from <= at && at < to {
			s.touchAll(s.senses[m.sense], m.weight)
		}
	})
}

// misspelt finds the entries that have a word like one that no entry has.
func (s *scorer) misspelt(word string) {
	limit := typos(word)
	if limit == 0 {
		return
	}
	have := lettersOf(word)
	for i, w := range s.words {
		if bits.OnesCount32(uint32(have&^s.letters[i])) > limit || w[0] != word[0] && w[0] != word[1] {
			continue
		}
		if d := beginsLike(w, word, limit); d <= limit {
			weight := float32(misspelt)
			if d > 1 {
				weight *= misspelt
			}
			s.touchAll(s.holders[i], weight)
		}
	}
}

func (s *scorer) touchAll(entries []int32, weight float32) {
	for _, e := range entries {
		s.touch(e, weight)
	}
}

// touch notes that an entry has the word in hand.
func (s *scorer) touch(e int32, weight float32) {
	if s.best[e] == 0 {
		s.touched = append(s.touched, e)
	}
	s.best[e] = max(s.best[e], weight)
}

// settle adds what was found for the word in hand to what the entries have.
func (s *scorer) settle(weight float32) {
	for _, e := range s.touched {
		s.has[e] += weight * s.best[e]
		s.best[e] = 0
	}
	s.touched = s.touched[:0]
}

// hits adds the entries that fit to found.
func (s *scorer) hits(found []hit, list int, text string, words []string, mass float32) []hit {
	for i := range s.entries {
		e := &s.entries[i]
		var share float32
		if mass > 0 {
			share = s.has[i] / mass
		}
		if r := s.rank(i, share, text, words); r != misses {
			found = append(found, hit{list, int32(i), e.order, r, e.Kind, share})
		}
	}
	return found
}

// nearlyAll is how much of what was typed a question must have to go before a title or
// a heading that has the words far apart.
const nearlyAll = 0.8

// rank says how an entry fits that has a share of what was typed. A title or a heading
// is a text about something else, so the words count for less there when they are apart.
func (s *scorer) rank(i int, share float32, text string, words []string) rank {
	e := &s.entries[i]
	isQuestion := e.Kind <= Shipped
	within := len(text) >= shortestWithin && strings.Contains(e.plain, text)
	switch {
	case s.begun[i] == uint32(1)<<len(words)-1:
		r := fit(e.plain, text, words)
		if r == inOrder && !isQuestion && len(words) > 1 && !within {
			return holds
		}
		return r
	case within, isQuestion && share >= nearlyAll && len(words) > 1:
		return holds
	case share >= leastShare:
		return means
	}
	return misses
}

// shortestWithin is how many bytes must have been typed to be looked for within words.
const shortestWithin = 3

// fit says how an entry fits in which some word begins with every word that was typed.
func fit(entry, text string, words []string) rank {
	if strings.HasPrefix(entry, text) {
		return begins
	}
	for word := range strings.FieldsSeq(entry) {
		if strings.HasPrefix(word, words[0]) {
			if words = words[1:]; len(words) == 0 {
				return inOrder
			}
		}
	}
	return holds
}
