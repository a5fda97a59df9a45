package search

import (
	"strings"
	"unicode"
)

// Weights of what a question says. Exact words count fully; the rest less.
const (
	synonymWeight = 0.85 // a word of the same synonym group
	lightWeight   = 0.4  // verbs and nouns that say little ("use", "thing")
	contextWeight = 0.5  // words taken over from the turn before, halved for each turn
)

// alternative is one way in which a clause can be found in a passage: all of
// its terms in one sentence.
type alternative struct {
	terms  []int32
	weight float64
}

// clause is one idea of the question: a word or a phrase with its synonyms.
type clause struct {
	surface      string
	alternatives []alternative // the question's own words first, if the corpus has them
	weight       float64
	idf          float64
	concept      bool // the vocabulary has other words for it
	known        bool // the corpus has it, or other words for it, and not parts of it only
}

// query is an analysed question.
type query struct {
	clauses []clause
	kind    *kind
	asked   map[int32]bool // all terms of the question
	hint    *clause        // words of answers to that kind; nil when the corpus has none
	own     int            // how many clauses the question has itself; the rest is carried over
	faded   []float64      // the share of its weight that each of the rest has left
}

// mass is the greatest coverage that a text can reach.
func (q *query) mass() float64 {
	var sum float64
	for _, c := range q.clauses {
		sum += c.weight * c.idf
	}
	return sum
}

// searchedLimit is how much of a question is searched for, in bytes: of a longer
// one the beginning and the end, where questions stand. Triage reads all of it.
const searchedLimit = 4000

// searched returns the part of a question that is searched for.
func searched(text string) string {
	if len(text) <= searchedLimit {
		return text
	}
	head, tail := text[:searchedLimit/2], text[len(text)-searchedLimit/2:]
	return strings.ToValidUTF8(head, "") + " " + strings.ToValidUTF8(tail, "")
}

// understand analyses a question by itself; what was said before it is added by
// resolve.
func (x *Index) understand(q Query) query {
	text := searched(q.Text)
	out := query{kind: kindOf(text), asked: map[int32]bool{}, clauses: x.clauses(text)}
	out.own = len(out.clauses)
	for _, t := range x.analyzer.terms(text) {
		out.asked[x.corpus.id(t)] = true
	}
	if hint, ok := x.hint(out.kind); ok {
		out.hint = &hint
	}
	return out
}

func (x *Index) clauses(text string) []clause {
	text = x.spelledOut(strings.ReplaceAll(text, "’", "'"))
	tokens := x.questionTokens(text)
	typos := x.respell(text, tokens)
	var out []clause
	for len(tokens) > 0 {
		n, variants := x.lexicon.match(text, tokens)
		c := x.doubted(x.clause(tokens[:n], variants), tokens[:n], typos)
		c.concept = len(variants) > 0
		c.surface = text[tokens[0].start:tokens[n-1].end]
		c.weight = 1
		word := strings.ToLower(c.surface)
		if lightWords[word] || (commonWords[word] && len(c.alternatives) == 0) {
			c.weight *= lightWeight
		}
		out = addNew(out, []clause{c})
		tokens = tokens[n:]
	}
	return out
}

// questionTokens analyses a question without the words that carry it: chat
// words, question words and words that only point at the article.
func (x *Index) questionTokens(text string) []token {
	var kept []token
	for _, t := range x.analyzer.tokens(text) {
		word := strings.ToLower(text[t.start:t.end])
		if (!carrierWords[word] || isDigitByte(t.term[0])) && strings.IndexFunc(t.term, isWordRune) >= 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (x *Index) clause(tokens []token, variants []variant) clause {
	own := make([]string, len(tokens))
	for i, t := range tokens {
		own[i] = t.term
	}
	var c clause
	if ids, ok := x.corpus.known(own); ok {
		c.alternatives = append(c.alternatives, alternative{ids, 1})
		c.idf = x.corpus.rarest(ids)
	}
	for _, v := range variants {
		if ids, ok := x.corpus.known(v.terms); ok {
			c.alternatives = append(c.alternatives, alternative{ids, v.weight})
			if c.alternatives[0].weight < 1 {
				c.idf = max(c.idf, x.corpus.rarest(ids))
			}
		}
	}
	c.known = len(c.alternatives) > 0
	if c.idf == 0 {
		c.idf = x.corpus.idf(unknown)
	}
	c.alternatives = append(c.alternatives, x.parts(own)...)
	return c
}

// partWeight is what all words of a phrase count together where they stand
// apart, or some are missing.
const partWeight = 0.8

// parts returns the words of a phrase, each on its own.
func (x *Index) parts(terms []string) []alternative {
	var out []alternative
	for _, term := range terms {
		if id := x.corpus.id(term); id != unknown && len(terms) > 1 {
			out = append(out, alternative{[]int32{id}, partWeight / float64(len(terms))})
		}
	}
	return out
}

// known returns the ids of terms, and whether the corpus has all of them.
func (c *corpus) known(terms []string) ([]int32, bool) {
	ids := make([]int32, len(terms))
	for i, t := range terms {
		if ids[i] = c.id(t); ids[i] == unknown {
			return nil, false
		}
	}
	return ids, true
}

// rarest returns the highest idf among terms.
func (c *corpus) rarest(ids []int32) float64 {
	var most float64
	for _, id := range ids {
		most = max(most, c.idf(id))
	}
	return most
}

// addNew appends the clauses whose idea is not there yet.
func addNew(have, more []clause) []clause {
	for _, c := range more {
		if !containsIdea(have, c) {
			have = append(have, c)
		}
	}
	return have
}

func containsIdea(have []clause, c clause) bool {
	for _, h := range have {
		if strings.EqualFold(h.surface, c.surface) || sameFirst(h.alternatives, c.alternatives) {
			return true
		}
	}
	return false
}

func sameFirst(a, b []alternative) bool {
	return len(a) > 0 && len(b) > 0 && len(a[0].terms) == 1 && len(b[0].terms) == 1 && a[0].terms[0] == b[0].terms[0]
}
