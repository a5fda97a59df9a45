package memory

import "sync"

// Votes remembers the last verdicts, so that one that is given again, or changed, is
// counted once. It is safe for concurrent use.
type Votes[V any] struct {
	mu   sync.Mutex
	last *bounded[V]
}

// NewVotes returns a Votes for so many verdicts, at least one.
func NewVotes[V any](size int) *Votes[V] { return &Votes[V]{last: newBounded[V](size)} }

// Put remembers a verdict and returns the one that it replaces, if that is remembered.
func (v *Votes[V]) Put(key string, verdict V) (before V, known bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	before, known = v.last.get(key)
	v.last.put(key, verdict)
	return before, known
}
