package safety

import (
	"slices"
)

// conceptID numbers a concept: a set of phrases that rules treat as one.
type conceptID int32

// span is a half-open range of token indices.
type span struct{ start, end int }

// hit is one occurrence of a concept.
type hit struct {
	id conceptID
	at span
}

// hits are the places where each concept occurs, sorted by start.
type hits struct {
	spans []span  // of all concepts, one concept after the other
	first []int32 // conceptID -> where its spans start; one more entry ends the last
}

// of returns the occurrences of a concept.
func (h hits) of(id conceptID) []span { return h.spans[h.first[id]:h.first[id+1]] }

// index groups occurrences by concept, in one pass and keeping their order.
func index(found []hit, concepts int) hits {
	h := hits{spans: make([]span, len(found)), first: make([]int32, concepts+2)}
	for _, f := range found {
		h.first[f.id+2]++
	}
	for id := 2; id < len(h.first); id++ {
		h.first[id] += h.first[id-1]
	}
	for _, f := range found {
		h.spans[h.first[f.id+1]] = f.at
		h.first[f.id+1]++
	}
	return h
}

// maxPhrase is the longest phrase in tokens. It bounds the work at each token.
const maxPhrase = 20

// trie finds all phrases of all concepts in one pass over the tokens.
type trie struct {
	edges   map[edge]int32
	outputs [][]conceptID             // concepts whose phrase ends at the node
	unions  map[conceptID][]conceptID // concept -> the unions that it belongs to
}

type edge struct {
	node int32
	sym  symbol
}

func newTrie() *trie {
	return &trie{edges: make(map[edge]int32, 1<<15), outputs: make([][]conceptID, 1, 1<<15), unions: make(map[conceptID][]conceptID, 256)}
}

// insert adds one phrase of a concept.
func (t *trie) insert(phrase []symbol, id conceptID) {
	node := int32(0)
	for _, sym := range phrase {
		next, ok := t.edges[edge{node, sym}]
		if !ok {
			next = int32(len(t.outputs))
			t.outputs = append(t.outputs, nil)
			t.edges[edge{node, sym}] = next
		}
		node = next
	}
	if !slices.Contains(t.outputs[node], id) {
		t.outputs[node] = append(t.outputs[node], id)
	}
}

// unite makes every hit of a member a hit of the union.
func (t *trie) unite(union conceptID, members []conceptID) {
	for _, member := range members {
		if !slices.Contains(t.unions[member], union) {
			t.unions[member] = append(t.unions[member], union)
		}
	}
}

// close copies the unions to the outputs; the trie takes no phrases after it.
func (t *trie) close() {
	for node, ids := range t.outputs {
		all := slices.Clone(ids)
		for _, id := range ids {
			all = append(all, t.unions[id]...)
		}
		slices.Sort(all)
		t.outputs[node] = slices.Compact(all)
	}
}

// scan returns every occurrence of every concept, sorted by place. The work is
// the number of tokens times the phrases that can start at one, which the data bounds.
func (t *trie) scan(tokens []token, vocab *vocabulary) []hit {
	symbols, ends := vocab.allSymbols(tokens)
	found := make([]hit, 0, 8*len(tokens))
	var live, next []int32
	for start := range tokens {
		live = append(live[:0], 0)
		for end := start; end < min(len(tokens), start+maxPhrase) && len(live) > 0; end++ {
			next = t.step(live, symbols[ends[end]:ends[end+1]], next[:0])
			for _, node := range next {
				for _, id := range t.outputs[node] {
					found = append(found, hit{id, span{start, end + 1}})
				}
			}
			live, next = next, live
		}
	}
	return found
}

// step follows every edge from the live nodes that one of the symbols allows.
func (t *trie) step(live []int32, symbols []symbol, into []int32) []int32 {
	for _, node := range live {
		for _, sym := range symbols {
			if child, ok := t.edges[edge{node, sym}]; ok {
				into = append(into, child)
			}
		}
	}
	return into
}
