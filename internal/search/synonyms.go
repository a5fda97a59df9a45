package search

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"

	"verbatim/internal/article"
)

// Synonyms is a vocabulary that joins the words of members to those of articles.
// The zero value holds nothing.
type Synonyms struct {
	// Groups are words and short phrases of one sense, for instance "belly
	// button" and "navel". Each entry stands for every other of its group.
	Groups [][]string
	// Related says what is some evidence for what; it does not hold the other way.
	Related []Relation
}

// Relation says that a passage with one of Written has something to do with a
// question that says one of Asked: "upside" asks for a "benefit".
type Relation struct{ Asked, Written []string }

// With returns both vocabularies as one, the entries of s first. Neither is
// changed; what is added, for instance by one community, takes nothing away.
func (s Synonyms) With(extra Synonyms) Synonyms {
	return Synonyms{
		Groups:  slices.Concat(s.Groups, extra.Groups),
		Related: slices.Concat(s.Related, extra.Related),
	}
}

// ParseSynonyms reads the YAML form:
//
//	groups:
//	  - [navel, belly button]
//	related:
//	  - {asked: [upside, perk], written: [benefit]}
//
// A fault is ErrInvalid and names line and column: YAML of another form, a group
// with fewer than two entries, an entry twice, in upper case, or made of nothing
// but stop words. All faults of the entries are reported at once.
func ParseSynonyms(src []byte) (Synonyms, error) {
	lists, ok := readPlain(string(src))
	if !ok {
		var err error
		if lists, err = readYAML(src); err != nil {
			return Synonyms{}, fmt.Errorf("%w: synonyms: %w", article.ErrInvalid, err)
		}
	}
	if err := validate(lists); err != nil {
		return Synonyms{}, fmt.Errorf("%w: synonyms: %w", article.ErrInvalid, err)
	}
	return lists.synonyms(), nil
}

// place is where something stands in a file, both from 1.
type place struct{ line, column int }

func (p place) fault(format string, args ...any) error {
	return fmt.Errorf("line %d, column %d: %s", p.line, p.column, fmt.Sprintf(format, args...))
}

// phrase is an entry as written.
type phrase struct {
	text string
	at   place
}

// phrases is a list of entries as written.
type phrases struct {
	entries []phrase
	at      place
}

// synonymLists is a file of synonyms as written.
type synonymLists struct {
	groups  []phrases
	related [][2]phrases // asked, written
}

func (l *synonymLists) synonyms() Synonyms {
	var s Synonyms
	for _, g := range l.groups {
		s.Groups = append(s.Groups, g.texts())
	}
	for _, r := range l.related {
		s.Related = append(s.Related, Relation{Asked: r[0].texts(), Written: r[1].texts()})
	}
	return s
}

func (p phrases) texts() []string {
	texts := make([]string, len(p.entries))
	for i, e := range p.entries {
		texts[i] = e.text
	}
	return texts
}

func validate(lists *synonymLists) error {
	stop := stopWords()
	var faults []error
	for _, g := range lists.groups {
		if len(g.entries) < 2 {
			faults = append(faults, g.at.fault("a group needs two entries"))
		}
		faults = append(faults, g.faults(stop)...)
	}
	for _, r := range lists.related {
		for i, key := range []string{askedKey, writtenKey} {
			if len(r[i].entries) == 0 {
				faults = append(faults, r[i].at.fault("a relation needs an entry under %q", key))
			}
		}
		both := phrases{entries: slices.Concat(r[0].entries, r[1].entries)}
		faults = append(faults, both.faults(stop)...)
	}
	return errors.Join(faults...)
}

func (p phrases) faults(stop map[string]bool) []error {
	var faults []error
	for i, e := range p.entries {
		switch {
		case e.text != strings.ToLower(e.text):
			faults = append(faults, e.at.fault("%q has upper case", e.text))
		case slices.ContainsFunc(p.entries[:i], func(o phrase) bool { return o.text == e.text }):
			faults = append(faults, e.at.fault("%q stands twice", e.text))
		case !saysSomething(e.text, stop):
			faults = append(faults, e.at.fault("%q is made of words that are not searched for", e.text))
		}
	}
	return faults
}

func saysSomething(text string, stop map[string]bool) bool {
	return strings.IndexFunc(firstWord(text, stop), isWordRune) >= 0
}

// stopWords returns the words that the analysis drops.
func stopWords() map[string]bool {
	stop := make(map[string]bool, 256)
	for line := range bytes.Lines(en.EnglishStopWords) {
		line, _, _ = bytes.Cut(line, []byte("|"))
		if word := bytes.TrimSpace(line); len(word) > 0 {
			stop[string(word)] = true
		}
	}
	return stop
}

// isPhraseBreak reports whether r parts the words of an entry.
func isPhraseBreak(r rune) bool { return r == ' ' || r == '-' }
