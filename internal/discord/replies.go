package discord

import (
	"context"
	"sync"
)

// sentReply is the reply that a message got.
type sentReply struct{ message, record, channel string }

// replies remembers which messages were answered last, and lets one handler at a time
// work on the reply to one of them: a question may be edited or deleted while it is
// being answered. It is safe for concurrent use.
type replies struct {
	mu     sync.Mutex
	sent   map[string]sentReply // by question
	ring   []string             // in the order of arrival, next being the oldest
	next   int
	locked map[string]*turn // by question
}

type turn struct {
	free    chan struct{} // holds one value while nobody has the turn
	waiting int
}

func newReplies(size int) *replies {
	return &replies{sent: make(map[string]sentReply, size), ring: make([]string, size), locked: make(map[string]*turn)}
}

// put remembers the reply to a question.
func (r *replies) put(question string, s sentReply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.sent[question]; !known {
		delete(r.sent, r.ring[r.next])
		r.ring[r.next] = question
		r.next = (r.next + 1) % len(r.ring)
	}
	r.sent[question] = s
}

func (r *replies) find(question string) (sentReply, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.sent[question]
	return s, ok
}

func (r *replies) forget(question string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sent, question)
}

// lock waits for the turn to work on the reply to a question, and returns how to give
// it back. It reports false when ctx ended before.
func (r *replies) lock(ctx context.Context, question string) (unlock func(), ok bool) {
	r.mu.Lock()
	t := r.locked[question]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		t.free <- struct{}{}
		r.locked[question] = t
	}
	t.waiting++
	r.mu.Unlock()
	select {
	case <-t.free:
		return func() { t.free <- struct{}{}; r.leave(question, t) }, true
	case <-ctx.Done():
		r.leave(question, t)
		return nil, false
	}
}

func (r *replies) leave(question string, t *turn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.waiting--; t.waiting == 0 {
		delete(r.locked, question)
	}
}
