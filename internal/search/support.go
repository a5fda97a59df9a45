package search

import "verbatim/internal/article"

// Support says how much of a question a text outside the index speaks of, such
// as an author's biography.
type Support struct {
	Coverage float64 // share of the question's words found, by weight, from 0 to 1
	Words    int     // words of the question that carry meaning
	Fits     bool    // the text has the sort of thing asked for: a number, a year, a place
}

// Support compares a question with a text word by word, synonyms included. Every
// word weighs the same, but for light ones, since there are no statistics to go
// by. Of a very long question the beginning and the end count.
func (x *Index) Support(question, text string) Support {
	question = searched(question)
	own := &corpus{termTable: newTermTable()}
	terms := [][]int32{own.numbers(x.analyzer.terms(text))}
	own.count()
	probe := &Index{analyzer: x.analyzer, corpus: own, lexicon: x.lexicon}
	clauses := probe.clauses(question)
	s := Support{Words: len(clauses), Fits: kindOf(question).suits(text)}
	var held, mass float64
	for i := range clauses {
		mass += clauses[i].weight
		held += clauses[i].weight * clauses[i].found(terms)
	}
	if mass > 0 {
		s.Coverage = held / mass
	}
	return s
}

// Articles returns the articles that the index was built from.
func (x *Index) Articles() []*article.Article { return x.articles }
