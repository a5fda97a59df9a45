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
	hint         bool // from the kind of question, not from its words
}

// query is an analysed question.
type query struct {
	clauses []clause
	kind    *kind
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

// understand analyses a question, with the questions before it, latest last,
// if there are any.
func (x *Index) understand(q Query) query {
	text := searched(q.Text)
	out := query{kind: kindOf(text), clauses: x.clauses(text, 1)}
	if hint, ok := x.hint(out.kind); ok {
		out.clauses = append(out.clauses, hint)
	}
	weight := contextWeight
	for i := len(q.Earlier) - 1; i >= 0 && weight > 0.2; i-- {
		earlier := x.clauses(searched(q.Earlier[i]), weight)
		out.clauses = addNew(out.clauses, earlier)
		weight /= 2
	}
	return out
}

func (x *Index) clauses(text string, weight float64) []clause {
	text = strings.ReplaceAll(text, "’", "'")
	tokens := x.questionTokens(text)
	var out []clause
	for len(tokens) > 0 {
		n, synonyms := x.lexicon.match(text, tokens)
		c := x.clause(tokens[:n], synonyms)
		c.surface = text[tokens[0].start:tokens[n-1].end]
		c.weight = weight
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
		if !carrierWords[word] && strings.IndexFunc(word, isWordRune) >= 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (x *Index) clause(tokens []token, synonyms [][]string) clause {
	own := make([]string, len(tokens))
	for i, t := range tokens {
		own[i] = t.term
	}
	var c clause
	if ids, ok := x.corpus.known(own); ok {
		c.alternatives = append(c.alternatives, alternative{ids, 1})
		c.idf = x.corpus.rarest(ids)
	}
	for _, terms := range synonyms {
		if ids, ok := x.corpus.known(terms); ok {
			c.alternatives = append(c.alternatives, alternative{ids, synonymWeight})
			if c.alternatives[0].weight < 1 {
				c.idf = max(c.idf, x.corpus.rarest(ids))
			}
		}
	}
	if len(c.alternatives) == 0 {
		c.idf = x.corpus.idf(unknown)
	}
	return c
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
