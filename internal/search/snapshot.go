package search

import "sync/atomic"

// Snapshot is the index that questions are answered from at the moment. A
// published change is a new index that is stored in one step: a question holds on
// to the index that it loaded, whatever is stored meanwhile, and nobody waits for
// anybody. An index that nothing holds on to any more is garbage. Safe for
// concurrent use.
type Snapshot struct{ current atomic.Pointer[Index] }

// NewSnapshot returns a snapshot that holds x.
func NewSnapshot(x *Index) *Snapshot {
	s := &Snapshot{}
	s.Store(x)
	return s
}

// Load returns the index that was stored last. All that belongs to one answer
// must come from one Load.
func (s *Snapshot) Load() *Index { return s.current.Load() }

// Store publishes x: every Load after it returns x or a later one.
func (s *Snapshot) Store(x *Index) { s.current.Store(x) }
