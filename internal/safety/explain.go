package safety

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoTopic is the error of [Rules.Explain] for an id that no topic has.
var ErrNoTopic = errors.New("no such topic")

// Explanation is a topic with its patterns spelled out, for a reader who wants to
// know what would fire it and why.
type Explanation struct {
	Topic    Topic
	Patterns []ExplainedPattern // of any, then the two sides of each pair
	Unless   []ExplainedPattern // what excuses a place of a pattern; tier safety only
}

// ExplainedPattern is one pattern, or one side of a pair.
type ExplainedPattern struct {
	Source string // as written
	Pair   int    // the pair that it is a side of, counted from 1; 0 for a pattern of any
	Terms  []ExplainedTerm
}

// ExplainedTerm is one term of a pattern with every phrase that it stands for,
// included concepts and all, sorted and without repeats. Within a phrase "word*"
// is a word beginning and "#38..43" a number in a range.
type ExplainedTerm struct {
	Written string
	Phrases []string
}

// Explain returns the topic with the given id, its patterns with their concepts
// expanded. Its error wraps [ErrNoTopic].
func (r *Rules) Explain(id string) (Explanation, error) {
	found, words := ruleOf(r.rules, id), glossary(r.defined)
	if found == nil && r.own != nil {
		found, words = ruleOf(r.own.rules, id), r.own.defined
	}
	if found == nil {
		return Explanation{}, fmt.Errorf("%w: %q; list the topics to see their ids", ErrNoTopic, id)
	}
	e := Explanation{Topic: r.own.lifted(found.Topic)}
	for _, p := range found.any {
		e.Patterns = append(e.Patterns, words.explain(p, 0))
	}
	for n, pair := range found.pairs {
		e.Patterns = append(e.Patterns, words.explain(pair[0], n+1), words.explain(pair[1], n+1))
	}
	for _, p := range found.unless {
		e.Unless = append(e.Unless, words.explain(p, 0))
	}
	return e, nil
}

// ruleOf returns the rule of a topic, or nil.
func ruleOf(rules []rule, id string) *rule {
	if i := slices.IndexFunc(rules, func(rule rule) bool { return rule.ID == id }); i >= 0 {
		return &rules[i]
	}
	return nil
}

// glossary holds the phrases of each concept as written.
type glossary map[string][]string

// explain expands one pattern. It was lexed without error when it was loaded.
func (g glossary) explain(p *pattern, pair int) ExplainedPattern {
	e := ExplainedPattern{Source: p.source, Pair: pair}
	lexemes, err := lex(p.source)
	if err != nil {
		return e
	}
	for _, l := range lexemes {
		if l.term != "" {
			e.Terms = append(e.Terms, ExplainedTerm{Written: l.term, Phrases: g.expand(l.term)})
		}
	}
	return e
}

// expand returns every phrase that a written term stands for.
func (g glossary) expand(term string) []string {
	parts, concepts := alternatives(term)
	if !concepts {
		return parts
	}
	var phrases []string
	for _, name := range parts {
		phrases = g.phrasesOf(name, phrases)
	}
	slices.Sort(phrases)
	return slices.Compact(phrases)
}

// phrasesOf appends the phrases of a concept and of those that it includes, which
// loading has shown not to go in circles.
func (g glossary) phrasesOf(concept string, into []string) []string {
	for _, entry := range g[concept] {
		if strings.HasPrefix(entry, "{") {
			into = g.phrasesOf(strings.Trim(entry, "{}"), into)
			continue
		}
		into = append(into, entry)
	}
	return into
}
