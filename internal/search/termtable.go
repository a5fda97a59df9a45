package search

// termTable numbers terms in the order in which they come.
type termTable struct {
	ids   map[string]int32
	names []string // the inverse of ids
}

func newTermTable() termTable { return termTable{ids: map[string]int32{}} }

// number returns the id of a term, a new one when it is seen for the first time.
func (t *termTable) number(term string) int32 {
	id, ok := t.ids[term]
	if !ok {
		id = int32(len(t.names))
		t.ids[term] = id
		t.names = append(t.names, term)
	}
	return id
}

// numbers returns the ids of terms in their order.
func (t *termTable) numbers(terms []string) []int32 {
	ids := make([]int32, len(terms))
	for i, term := range terms {
		ids[i] = t.number(term)
	}
	return ids
}
