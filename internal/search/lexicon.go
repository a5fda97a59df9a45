package search

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"

	"verbatim/internal/article"
)

// Synonyms are groups of words and short phrases that mean the same to a member
// and to an article, for instance "belly button" and "navel".
type Synonyms [][]string

// ParseSynonyms reads the YAML form, a list of lists under the key groups. A
// fault is ErrInvalid and names line and column.
func ParseSynonyms(src []byte) (Synonyms, error) {
	var file struct {
		Groups [][]string `yaml:"groups"`
	}
	err := yaml.NewDecoder(bytes.NewReader(src), yaml.Strict()).Decode(&file)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: synonyms: %s", article.ErrInvalid, yaml.FormatError(err, false, false))
	}
	return file.Groups, nil
}

// entry is one phrase of a synonym group, analysed.
type entry struct {
	terms []string
	group int
}

// lexicon finds the synonyms of analysed phrases. It is not changed once built.
type lexicon struct {
	groups  [][]entry
	byFirst map[string][]entry
}

func newLexicon(groups Synonyms, a analyzer) *lexicon {
	l := &lexicon{byFirst: map[string][]entry{}}
	for g, phrases := range groups {
		var entries []entry
		for _, phrase := range phrases {
			if terms := a.terms(phrase); len(terms) > 0 {
				e := entry{terms, g}
				entries = append(entries, e)
				l.byFirst[terms[0]] = append(l.byFirst[terms[0]], e)
			}
		}
		l.groups = append(l.groups, entries)
	}
	return l
}

// match returns the length of the longest phrase that starts at tokens[0], at
// least 1, and every other phrase of the groups that hold a phrase of that length.
// The tokens of a phrase stand side by side in text, but for function words.
func (l *lexicon) match(text string, tokens []token) (length int, synonyms [][]string) {
	tokens = adjacent(text, tokens)
	length = 1
	var groups []int
	for _, e := range l.byFirst[tokens[0].term] {
		switch n := len(e.terms); {
		case !startsWith(tokens, e.terms):
		case n > length:
			length, groups = n, []int{e.group}
		case n == length:
			groups = append(groups, e.group)
		}
	}
	for _, g := range groups {
		for _, e := range l.groups[g] {
			if !startsWith(tokens[:length], e.terms) || len(e.terms) != length {
				synonyms = append(synonyms, e.terms)
			}
		}
	}
	return length, synonyms
}

// functionWords may stand inside a phrase, as in "neck of the womb".
var functionWords = wordSet("of the a an in to for and on at from by with")

// adjacent returns the tokens at the front with nothing but function words between.
func adjacent(text string, tokens []token) []token {
	for i := 1; i < len(tokens); i++ {
		for word := range strings.FieldsSeq(text[tokens[i-1].end:tokens[i].start]) {
			if !functionWords[strings.ToLower(word)] && strings.IndexFunc(word, isWordRune) >= 0 {
				return tokens[:i]
			}
		}
	}
	return tokens
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
