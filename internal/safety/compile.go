package safety

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// compiler turns written concepts and patterns into a vocabulary, a trie and
// compiled patterns. It is used once, while loading.
type compiler struct {
	defined map[string][]string    // concept -> its written phrases
	ids     map[string]conceptID   // written term or concept -> number
	members map[string][]conceptID // concept -> itself and the concepts that it includes
	used    map[string]bool        // concepts that some pattern or concept refers to
	vocab   *vocabulary
	trie    *trie

	patterns int // compiled so far
}

func newCompiler() *compiler {
	return &compiler{
		defined: make(map[string][]string, 256),
		ids:     make(map[string]conceptID, 1024),
		members: make(map[string][]conceptID, 256),
		used:    make(map[string]bool, 256),
		vocab:   newVocabulary(),
		trie:    newTrie(),
	}
}

// The most that the data may hold: of patterns, which are tried on every view, and
// of concepts, which every view is counted by.
const (
	maxPatterns = 4000
	maxConcepts = 8000
)

// pattern compiles one written pattern.
func (c *compiler) pattern(source string) (*pattern, error) {
	if c.patterns++; c.patterns > maxPatterns || len(c.ids) > maxConcepts {
		return nil, fmt.Errorf("more than %d patterns or %d concepts and terms in all", maxPatterns, maxConcepts)
	}
	if len(source) > maxPatternLen {
		return nil, fmt.Errorf("pattern is longer than %d bytes", maxPatternLen)
	}
	lexemes, err := lex(source)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", source, err)
	}
	p := &pattern{source: source}
	linked := true // whether a term may follow without an implied link
	for _, l := range lexemes {
		if l.term == "" {
			if linked {
				return nil, fmt.Errorf("pattern %q: a near: or then: must stand between two terms", source)
			}
			p.links, linked = append(p.links, l.link), true
			continue
		}
		id, err := c.term(l.term)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", source, err)
		}
		if !linked {
			p.links = append(p.links, link{gap: defaultGap})
		}
		p.terms, linked = append(p.terms, id), false
	}
	switch {
	case len(p.terms) == 0:
		return nil, fmt.Errorf("pattern %q matches the empty text", source)
	case linked:
		return nil, fmt.Errorf("pattern %q ends with a near or then that leads nowhere", source)
	case len(p.terms) > maxTerms:
		return nil, fmt.Errorf("pattern %q has more than %d terms", source, maxTerms)
	}
	return p, nil
}

// term returns the number of a written term: of literal phrases, of a concept, or
// of a union of concepts.
func (c *compiler) term(written string) (conceptID, error) {
	if id, ok := c.ids[written]; ok {
		return id, nil
	}
	parts, concepts := alternatives(written)
	if !concepts {
		return c.literal(written, parts)
	}
	var union []conceptID
	for _, name := range parts {
		members, err := c.concept(name, nil)
		if err != nil {
			return 0, err
		}
		union = append(union, members...)
	}
	id := c.number(written)
	c.trie.unite(id, union)
	return id, nil
}

// number gives a written term or concept the next number.
func (c *compiler) number(written string) conceptID {
	id := conceptID(len(c.ids))
	c.ids[written] = id
	return id
}

// literal adds the phrases of one term to the trie.
func (c *compiler) literal(written string, phrases []string) (conceptID, error) {
	id := c.number(written)
	for _, p := range phrases {
		phrase, err := c.phrase(p)
		if err != nil {
			return 0, err
		}
		c.trie.insert(phrase, id)
	}
	return id, nil
}

// concept returns a concept and those that it includes, adding its phrases to
// the trie the first time; within holds the names being resolved, to refuse circles.
func (c *compiler) concept(name string, within []string) ([]conceptID, error) {
	c.used[name] = true
	if done, ok := c.members[name]; ok {
		return done, nil
	}
	written, ok := c.defined[name]
	switch {
	case !ok:
		return nil, fmt.Errorf("no concept is called %q", name)
	case slices.Contains(within, name):
		return nil, fmt.Errorf("concepts include each other in a circle: %s", strings.Join(append(within, name), " -> "))
	}
	var own []string
	var included []conceptID
	for _, entry := range written {
		if !strings.HasPrefix(entry, "{") {
			own = append(own, entry)
			continue
		}
		more, err := c.concept(strings.Trim(entry, "{}"), append(within, name))
		if err != nil {
			return nil, err
		}
		included = append(included, more...)
	}
	id, err := c.literal("concept "+name, own)
	if err != nil {
		return nil, fmt.Errorf("concept %q: %w", name, err)
	}
	c.members[name] = append(included, id)
	return c.members[name], nil
}

// maxWords is the longest phrase in words as written.
const maxWords = 8

// phrase interns the words of one written phrase. The characters of a script
// without spaces are words of their own.
func (c *compiler) phrase(written string) ([]symbol, error) {
	fields := strings.Fields(written)
	if len(fields) == 0 || len(fields) > maxWords {
		return nil, fmt.Errorf("phrase %q must have 1 to %d words", written, maxWords)
	}
	phrase := make([]symbol, 0, len(fields))
	for _, field := range fields {
		if ideographs := ideographsOf(field); len(ideographs) > 0 {
			for _, t := range ideographs {
				phrase = append(phrase, c.vocab.add(c.vocab.words, t.text))
			}
			continue
		}
		sym, err := c.vocab.intern(field)
		if err != nil {
			return nil, err
		}
		phrase = append(phrase, sym)
	}
	if len(phrase) > maxPhrase {
		return nil, fmt.Errorf("phrase %q has more than %d characters", written, maxPhrase)
	}
	return phrase, nil
}

// ideographsOf returns the characters of a field that has nothing else.
func ideographsOf(field string) []token {
	if first, _ := utf8.DecodeRuneInString(field); classOf(first) != ideograph {
		return nil
	}
	tokens := tokenize(clean(field))
	for _, t := range tokens {
		if first, _ := utf8.DecodeRuneInString(t.text); classOf(first) != ideograph {
			return nil
		}
	}
	return tokens
}
