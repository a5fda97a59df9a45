package shelf

import (
	"context"
	"sync"
)

// queue holds the guilds whose index must be built, each once. Safe for concurrent
// use.
type queue struct {
	mu      sync.Mutex
	ready   map[string]bool
	resting map[string]*rest // those that failed
	signal  chan struct{}    // holds a value while somebody should look
}

// rest is how many rounds a guild that failed is left alone.
type rest struct{ whole, left int }

// longestRest is how many rounds a guild is left alone at most.
const longestRest = 32

func newQueue() *queue {
	return &queue{ready: map[string]bool{}, resting: map[string]*rest{}, signal: make(chan struct{}, 1)}
}

// add adds a guild; one that rests is tried again when it has rested.
func (q *queue) add(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if r := q.resting[id]; r == nil || r.left == 0 {
		q.ready[id] = true
		q.ring()
	}
}

// ring makes one of those who wait look. The caller holds mu.
func (q *queue) ring() {
	select {
	case q.signal <- struct{}{}:
	default:
	}
}

// take waits for a guild and takes it out. It returns false when ctx ends.
func (q *queue) take(ctx context.Context) (string, bool) {
	for {
		select {
		case <-ctx.Done():
			return "", false
		case <-q.signal:
		}
		if id, ok := q.next(); ok {
			return id, true
		}
	}
}

func (q *queue) next() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for id := range q.ready {
		delete(q.ready, id)
		if len(q.ready) > 0 {
			q.ring()
		}
		return id, true
	}
	return "", false
}

// failed leaves a guild alone for twice as many rounds as the last time.
func (q *queue) failed(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	r := q.resting[id]
	if r == nil {
		r = &rest{}
		q.resting[id] = r
	}
	r.whole = min(max(1, 2*r.whole), longestRest)
	r.left = r.whole
	delete(q.ready, id)
}

func (q *queue) succeeded(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.resting, id)
}

// nextRound lets those have another try that have rested.
func (q *queue) nextRound() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for id, r := range q.resting {
		if r.left > 0 {
			if r.left--; r.left == 0 {
				q.ready[id] = true
				q.ring()
			}
		}
	}
}
