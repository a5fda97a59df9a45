package search

import "strings"

// misspelt are the tokens of a question that were read as other words, by their
// start in the text.
type misspelt map[int][]reading

// respell replaces the terms of tokens that nobody knows by what they may have
// been meant to be, in place, and returns which.
func (x *Index) respell(text string, tokens []token) misspelt {
	var found misspelt
	if x.speller == nil {
		return found
	}
	for i, t := range tokens {
		if x.knows(t.term) {
			continue
		}
		word := strings.TrimSuffix(strings.ToLower(text[t.start:t.end]), "'s")
		if commonWords[word] || lightWords[word] || ordinaryWords[word] {
			continue
		}
		readings := x.speller.readings(word, t.term)
		if len(readings) == 0 {
			continue
		}
		if found == nil {
			found = misspelt{}
		}
		found[t.start] = readings
		tokens[i].term = readings[0].term
	}
	return found
}

// knows reports whether a passage has a term or the vocabulary starts with it.
func (x *Index) knows(term string) bool {
	if x.corpus.id(term) != unknown {
		return true
	}
	for range x.lexicon.startingWith(term) {
		return true
	}
	return false
}

// doubted returns the clause of tokens of which some were misspelt: all that was
// found counts less, and what else a single word may have been meant to be is
// looked for too. A word two edits away is no evidence that the articles are about
// what was asked.
func (x *Index) doubted(c clause, tokens []token, found misspelt) clause {
	sure := 1.0
	for _, t := range tokens {
		if readings := found[t.start]; len(readings) > 0 {
			sure = min(sure, readings[0].weight())
		}
	}
	if sure == 1 {
		return c
	}
	for i := range c.alternatives {
		c.alternatives[i].weight *= sure
	}
	if len(tokens) == 1 {
		for _, r := range found[tokens[0].start][1:] {
			if id := x.corpus.id(r.term); id != unknown {
				c.alternatives = append(c.alternatives, alternative{[]int32{id}, r.weight()})
			}
		}
	}
	c.known = c.known && sure > twoEditsWeight
	return c
}
