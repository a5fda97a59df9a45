package search

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"
)

// relatedWeight is what a word counts that is not the question's word but some
// evidence for it.
const relatedWeight = 0.5

// variant is another way in which a passage may say a phrase of the question.
type variant struct {
	terms  []string
	weight float64
}

// lexicon finds what else a passage may say for a phrase of a question. Only
// what questions touch is ever analysed: the phrases of a bucket and those of a
// sense, once each, when first needed. Safe for concurrent use.
type lexicon struct {
	analyzer analyzer
	senses   []sense
	buckets  map[bucketKey]*bucket
}

// sense is what a group or a relation offers to a question: the phrases to look for.
type sense struct {
	weight  float64
	written []string
	once    sync.Once
	phrases [][]string // written, analysed
}

// bucket holds what questions may say, by the first letters.
type bucket struct {
	texts   []askedText
	once    sync.Once
	byFirst map[string][]entry // texts, analysed
}

type askedText struct {
	text  string
	sense int32
}

// entry is a phrase that a question may say in one sense.
type entry struct {
	phraseTerms
	sense int32
}

// bucketKey is the first two letters of a word, which its stem keeps, but that
// a y may become an i.
type bucketKey [2]byte

func keyOf(word string) bucketKey {
	var key bucketKey
	copy(key[:], word)
	if key[1] == 'y' {
		key[1] = 'i'
	}
	return key
}

func newLexicon(s Synonyms, a analyzer) *lexicon {
	l := &lexicon{
		analyzer: a,
		senses:   make([]sense, len(s.Groups)+len(s.Related)),
		buckets:  make(map[bucketKey]*bucket),
	}
	stop := stopWords()
	for i, group := range s.Groups {
		l.add(i, synonymWeight, group, group, stop)
	}
	for i, r := range s.Related {
		l.add(len(s.Groups)+i, relatedWeight, r.Asked, r.Written, stop)
	}
	return l
}

func (l *lexicon) add(i int, weight float64, asked, written []string, stop map[string]bool) {
	l.senses[i].weight, l.senses[i].written = weight, written
	for _, text := range asked {
		key := keyOf(formOf(firstWord(text, stop)))
		b := l.buckets[key]
		if b == nil {
			b = &bucket{}
			l.buckets[key] = b
		}
		b.texts = append(b.texts, askedText{text, int32(i)})
	}
}

// startingWith yields the entries with a first term. Of a short word the stem may
// keep only one letter, as in "aed", so a term of one letter is looked for in all
// buckets of that letter.
func (l *lexicon) startingWith(term string) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		if len(term) > 1 {
			if b := l.buckets[keyOf(term)]; b != nil {
				b.each(l.analyzer, term, yield)
			}
			return
		}
		for key, b := range l.buckets {
			if strings.HasPrefix(string(key[:]), term) && !b.each(l.analyzer, term, yield) {
				return
			}
		}
	}
}

func (b *bucket) each(a analyzer, term string, yield func(entry) bool) bool {
	b.once.Do(func() { b.open(a) })
	for _, e := range b.byFirst[term] {
		if !yield(e) {
			return false
		}
	}
	return true
}

func (b *bucket) open(a analyzer) {
	texts := make([]string, len(b.texts))
	for i, t := range b.texts {
		texts[i] = t.text
	}
	read := newPhraseReader(texts, a)
	b.byFirst = make(map[string][]entry, len(texts))
	for _, t := range b.texts {
		if p := read.phrase(t.text); len(p.terms) > 0 {
			b.byFirst[p.terms[0]] = append(b.byFirst[p.terms[0]], entry{p, t.sense})
		}
	}
}

// match returns the length of the longest phrase that starts at tokens[0], at
// least 1, and what else a passage may say for the phrases of that length. Of two
// as long, a group's that needs a stop word beside it leaves out one that does
// not, so that "pass out" is not "pass".
func (l *lexicon) match(text string, tokens []token) (length int, variants []variant) {
	length = 1
	var matched []entry
	for e := range l.startingWith(tokens[0].term) {
		n := len(e.terms)
		if n < length || !e.starts(text, tokens) {
			continue
		}
		if n > length {
			length, matched = n, nil
		}
		matched = append(matched, e)
	}
	slices.SortFunc(matched, func(a, b entry) int { return cmp.Compare(a.sense, b.sense) })
	needs := 0
	for _, e := range matched {
		if l.senses[e.sense].weight == synonymWeight {
			needs = max(needs, e.needs)
		}
	}
	for _, e := range matched {
		if e.needs >= needs {
			variants = l.appendSense(variants, &l.senses[e.sense], tokens[:length])
		}
	}
	return length, variants
}

// appendSense adds the sense's phrases that are neither there yet nor what was asked.
func (l *lexicon) appendSense(variants []variant, s *sense, asked []token) []variant {
	s.once.Do(func() { s.phrases = newPhraseReader(s.written, l.analyzer).sayable(s.written) })
	for _, terms := range s.phrases {
		if len(terms) == len(asked) && startsWith(asked, terms) {
			continue
		}
		i := slices.IndexFunc(variants, func(v variant) bool { return slices.Equal(v.terms, terms) })
		if i < 0 {
			variants = append(variants, variant{terms, s.weight})
		} else {
			variants[i].weight = max(variants[i].weight, s.weight)
		}
	}
	return variants
}
