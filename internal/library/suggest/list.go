// Package suggest finds what a member may want to ask while the member is typing:
// questions, titles and headings that begin with what was typed, hold it, or mean
// the same.
//
// It looks at words and their beginnings, and not at what articles say, so that it
// answers within milliseconds at every key. Nothing that is typed is kept.
//
// Invariants:
//   - what is offered is one of the texts of a list as it stands there, never cut;
//   - what is age-restricted or tells a technique is offered to nobody who did not
//     ask in an age-restricted channel;
//   - the same lists and the same typed text give the same result;
//   - texts that differ in case, accents or punctuation alone are offered once.
package suggest

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf16"
)

// MaxText is how many characters a text may have that is offered, counted as
// Discord's clients do, in UTF-16 units. Longer ones are left out.
const MaxText = 100

// Kind says what a text is.
type Kind uint8

// The kinds, those that go first when all else is equal first.
const (
	Own     Kind = iota // a question of the guild's own
	Shipped             // a question that came with the program
	Title
	Heading
)

// Entry is one text to offer.
type Entry struct {
	Text       string
	Kind       Kind
	Article    string // the key of its article, or empty
	Restricted bool   // its article is age-restricted
}

// List is a number of texts ready to be searched. It is not changed once made and
// is safe for concurrent use.
type List struct {
	entries    []entry
	words      []string          // of all entries, sorted, each once
	letters    []letters         // of words
	holders    [][]int32         // the entries that have a word, ascending
	senses     map[int32][]int32 // the entries that say a sense, ascending
	vocabulary *Vocabulary
	technique  func(string) bool
	verdicts   []atomic.Uint32 // of technique on each entry, once it was asked
}

type entry struct {
	Entry
	plain string // of Text, see plain
	order int32  // among equals
}

// checkEvery is after how many entries a context is looked at.
const checkEvery = 256

// New prepares a list. Of texts that are plainly the same the first one stays, and
// is restricted only if all are. Those that are empty or too long are left out.
// technique says whether a text tells how to do it; it is asked when a text is first
// about to be offered, and its word then stands. The error is that of ctx, when it ends.
func New(ctx context.Context, entries []Entry, v *Vocabulary, technique func(string) bool) (*List, error) {
	l := &List{senses: map[int32][]int32{}, vocabulary: v, technique: technique}
	known := map[string]int{}
	holders := map[string][]int32{}
	for i, e := range entries {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e.Text = strings.Join(strings.Fields(e.Text), " ")
		text := plain(e.Text)
		if text == "" || len(utf16.Encode([]rune(e.Text))) > MaxText {
			continue
		}
		if at, ok := known[text]; ok {
			l.entries[at].Restricted = l.entries[at].Restricted && e.Restricted
			continue
		}
		known[text] = len(l.entries)
		l.add(entry{Entry: e, plain: text}, holders)
	}
	l.arrange(holders)
	return l, nil
}

// add adds an entry with its words and senses.
func (l *List) add(e entry, holders map[string][]int32) {
	number := int32(len(l.entries))
	l.entries = append(l.entries, e)
	words := strings.Fields(e.plain)
	for _, w := range words {
		holders[w] = appendOnce(holders[w], number)
	}
	l.vocabulary.written(words, func(sense int32) {
		l.senses[sense] = appendOnce(l.senses[sense], number)
	})
}

// appendOnce adds a number that is not smaller than the last one.
func appendOnce(all []int32, n int32) []int32 {
	if len(all) > 0 && all[len(all)-1] == n {
		return all
	}
	return append(all, n)
}

// arrange sorts the words, and says what goes first among equals: the kind, then
// the shorter text.
func (l *List) arrange(holders map[string][]int32) {
	for w := range holders {
		l.words = append(l.words, w)
	}
	slices.Sort(l.words)
	for _, w := range l.words {
		l.letters = append(l.letters, lettersOf(w))
		l.holders = append(l.holders, slices.Clip(holders[w]))
	}
	l.verdicts = make([]atomic.Uint32, len(l.entries))
	order := make([]int32, len(l.entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &l.entries[a], &l.entries[b]
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(len(x.plain), len(y.plain)), cmp.Compare(a, b))
	})
	for place, i := range order {
		l.entries[i].order = int32(place)
	}
}

// Vocabulary returns the one that the list was made with.
func (l *List) Vocabulary() *Vocabulary { return l.vocabulary }

// Len returns how many texts there are.
func (l *List) Len() int { return len(l.entries) }

// What the parts of a list take beside their texts, in bytes, with the rounding of
// the allocator and the share of a map.
const (
	entryBytes = 112
	wordBytes  = 80
	senseBytes = 64
)

// Bytes estimates the memory of the list, without its vocabulary.
func (l *List) Bytes() int64 {
	sum := len(l.entries)*entryBytes + len(l.words)*wordBytes + len(l.senses)*senseBytes
	for i := range l.entries {
		sum += len(l.entries[i].Text) + len(l.entries[i].plain)
	}
	for _, h := range l.holders {
		sum += 4 * cap(h)
	}
	for _, h := range l.senses {
		sum += 4 * cap(h)
	}
	return int64(sum)
}

// The verdicts on an entry.
const (
	unasked uint32 = iota
	harmless
	tells
)

// allows reports whether an entry may be offered in a channel.
func (l *List) allows(i int32, ageRestricted bool) bool {
	if ageRestricted {
		return true
	}
	if l.entries[i].Restricted {
		return false
	}
	verdict := l.verdicts[i].Load()
	if verdict == unasked {
		verdict = harmless
		if l.technique(l.entries[i].Text) {
			verdict = tells
		}
		l.verdicts[i].Store(verdict)
	}
	return verdict == harmless
}

// rarity is what a word weighs that some of all entries have: the inverse document
// frequency of Robertson and Spärck Jones in the smoothed form ln(1 + N/(1+n)),
// which is above zero for a word that all have.
func rarity(have, all int) float32 {
	return float32(math.Log1p(float64(all+1) / float64(have+1)))
}
