package suggest

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Query is what is looked for.
type Query struct {
	Typed         string
	AgeRestricted bool // the channel is
	Limit         int  // of the result
}

// maxWords is how many words of what was typed are looked at.
const maxWords = 24

// rank is how well an entry fits, the best first.
type rank uint8

const (
	begins  rank = iota // it begins with what was typed
	inOrder             // its words begin with those that were typed, in their order
	holds               // in any order, or what was typed stands within it
	means               // it has some of the words, misspelt ones, or others that mean the same
	misses
)

// leastShare is how much of what was typed an entry must have to be offered for
// what it means.
const leastShare = 0.35

// Find returns what fits, the best first, each text once; for an empty text what is
// good to begin with. Among texts that fit equally well those of the first list go
// first. The error is that of ctx, when it ends.
func Find(ctx context.Context, q Query, lists ...*List) ([]string, error) {
	if err := ctx.Err(); err != nil || q.Limit <= 0 {
		return nil, err
	}
	text := plain(q.Typed)
	words := strings.Fields(text)
	words = words[:min(maxWords, len(words))]
	out := picked{query: q, seen: map[string]bool{}}
	if len(words) == 0 {
		out.first(lists)
		return out.texts, nil
	}
	found, err := score(ctx, text, words, lists)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.late(), b.late()), cmp.Compare(b.share, a.share), cmp.Compare(a.list, b.list), cmp.Compare(a.order, b.order))
	})
	for i, h := range found {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if out.add(lists[h.list], h.entry); out.full() {
			break
		}
	}
	return out.texts, nil
}

// hit is an entry that fits.
type hit struct {
	list         int
	entry, order int32
	rank         rank
	kind         Kind
	share        float32 // of what was typed that it has, by weight
}

// late is 1 for a title or a heading that holds the words in any order: questions that
// do go before those.
func (h hit) late() int {
	if h.rank == holds && h.kind > Shipped {
		return 1
	}
	return 0
}

// picked collects the result.
type picked struct {
	query Query
	seen  map[string]bool // by their plain form
	texts []string
}

func (p *picked) full() bool { return len(p.texts) >= p.query.Limit }

// add adds an entry if it may be offered, and was not yet.
func (p *picked) add(l *List, i int32) bool {
	e := &l.entries[i]
	if p.full() || p.seen[e.plain] || !l.allows(i, p.query.AgeRestricted) {
		return false
	}
	p.seen[e.plain] = true
	p.texts = append(p.texts, e.Text)
	return true
}

// first picks what is good to begin with: one text of each article, a question if it
// has one and else its title, and the questions of no article; then headings; then
// what is left.
func (p *picked) first(lists []*List) {
	served := map[string]bool{}
	for kind := Own; kind <= Title; kind++ {
		p.each(lists, kind, func(l *List, i int32) {
			key := l.entries[i].Article
			if !served[key] && p.add(l, i) {
				served[key] = key != ""
			}
		})
	}
	for _, kind := range [...]Kind{Heading, Own, Shipped, Title} {
		p.each(lists, kind, func(l *List, i int32) { p.add(l, i) })
	}
}

// each calls do for the entries of a kind until the result is full.
func (p *picked) each(lists []*List, kind Kind, do func(l *List, i int32)) {
	for _, l := range lists {
		for i := range l.entries {
			if p.full() {
				return
			}
			if l.entries[i].Kind == kind {
				do(l, int32(i))
			}
		}
	}
}
