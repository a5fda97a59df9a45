package suggest

import (
	"strings"

	"verbatim/internal/search"
)

// How much a word counts that means the same as one that was typed, and one that
// only has to do with it.
const (
	sameSense    = 0.8
	relatedSense = 0.5
)

// Vocabulary knows which words mean the same. It is not changed once made and is
// safe for concurrent use. The nil Vocabulary knows nothing.
type Vocabulary struct {
	below  *Vocabulary // whose senses hold too
	senses int32       // how many there are, with those below
	asks   phrases     // what a member may type for a sense
	writes phrases     // what says it in an entry
}

// meaning is a sense that a phrase has, and how much it counts.
type meaning struct {
	sense  int32
	weight float32
}

// phrases leads from the stems of a phrase, joined by spaces, to its meanings.
type phrases struct {
	meanings map[string][]meaning
	longest  map[string]int // words of the longest phrase that begins with a stem
}

// NewVocabulary makes a vocabulary of synonyms.
func NewVocabulary(s search.Synonyms) *Vocabulary { return (*Vocabulary)(nil).With(s) }

// With returns a vocabulary that has more synonyms. v is not changed and is part of it.
func (v *Vocabulary) With(s search.Synonyms) *Vocabulary {
	more := &Vocabulary{below: v, asks: newPhrases(), writes: newPhrases()}
	if v != nil {
		more.senses = v.senses
	}
	for _, group := range s.Groups {
		more.put(group, group, sameSense)
	}
	for _, r := range s.Related {
		more.put(r.Asked, r.Written, relatedSense)
	}
	return more
}

// put adds a sense.
func (v *Vocabulary) put(asked, written []string, weight float32) {
	for _, text := range asked {
		v.asks.put(text, meaning{v.senses, weight})
	}
	for _, text := range written {
		v.writes.put(text, meaning{v.senses, weight})
	}
	v.senses++
}

func newPhrases() phrases { return phrases{map[string][]meaning{}, map[string]int{}} }

func (p phrases) put(text string, m meaning) {
	words := stems(strings.Fields(plain(text)))
	if len(words) == 0 {
		return
	}
	key := strings.Join(words, " ")
	p.meanings[key] = append(p.meanings[key], m)
	p.longest[words[0]] = max(p.longest[words[0]], len(words))
}

// each calls do for every meaning of every phrase among stems, with its place.
func (p phrases) each(stems []string, do func(from, to int, m meaning)) {
	for i, first := range stems {
		for n := 1; n <= min(p.longest[first], len(stems)-i); n++ {
			for _, m := range p.meanings[strings.Join(stems[i:i+n], " ")] {
				do(i, i+n, m)
			}
		}
	}
}

// asked calls do for every sense that typed words have, with their place.
func (v *Vocabulary) asked(words []string, do func(from, to int, m meaning)) {
	s := stems(words)
	for ; v != nil; v = v.below {
		v.asks.each(s, do)
	}
}

// written calls do for every sense that the words of an entry have.
func (v *Vocabulary) written(words []string, do func(sense int32)) {
	s := stems(words)
	for ; v != nil; v = v.below {
		v.writes.each(s, func(_, _ int, m meaning) { do(m.sense) })
	}
}
