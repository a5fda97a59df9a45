package memory

import "sync"

// Recent remembers the last events, so that one that is delivered again is answered
// once. It is safe for concurrent use.
type Recent struct {
	mu   sync.Mutex
	seen *bounded[struct{}]
}

// NewRecent returns a Recent for so many events, at least one.
func NewRecent(size int) *Recent { return &Recent{seen: newBounded[struct{}](size)} }

// First reports whether an event is new, and remembers it.
func (r *Recent) First(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.seen.get(id); known {
		return false
	}
	r.seen.put(id, struct{}{})
	return true
}
