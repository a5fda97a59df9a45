package discord

import (
	"context"
	"sync"
)

// sentReply is the reply that a message got.
type sentReply struct {
	message, record, channel string

	edited string // when the message was edited last before, "" for never
}

// replies remembers which messages were answered last and what became of those since,
// and lets one handler at a time work on the reply to one of them: a question may be
// edited or deleted while it is being answered. It is safe for concurrent use.
type replies struct {
	mu       sync.Mutex
	sent     *bounded[sentReply]           // by question
	versions *bounded[uint64]              // by question
	last     uint64                        // version of any question
	watching map[uint64]context.CancelFunc // by version: the answer in the making
	locked   map[string]*turn              // by question
}

type turn struct {
	free    chan struct{} // holds one value while nobody has the turn
	waiting int
}

func newReplies(size int) *replies {
	return &replies{sent: newBounded[sentReply](size), versions: newBounded[uint64](size), watching: make(map[uint64]context.CancelFunc), locked: make(map[string]*turn)}
}

// put remembers the reply to a question.
func (r *replies) put(question string, s sentReply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent.put(question, s)
}

func (r *replies) find(question string) (sentReply, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent.get(question)
}

func (r *replies) forget(question string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent.drop(question)
}

// note notes that a question was asked, edited or deleted, and returns its version
// from now on. It is called in the order of Discord's events, which handlers do not keep.
// An answer to the version before is not waited for any more.
func (r *replies) note(question string) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	if before, known := r.versions.get(question); known {
		if end := r.watching[before]; end != nil {
			end()
		}
	}
	r.last++
	r.versions.put(question, r.last)
	return r.last
}

// while returns a context that ends when something becomes of a question since a
// version of it.
func (r *replies) while(ctx context.Context, question string, version uint64) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if latest, known := r.versions.get(question); known && latest != version {
		end()
	}
	r.watching[version] = end
	return ctx, func() {
		end()
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.watching, version)
	}
}

// isLatest reports whether nothing became of a question since a version of it.
func (r *replies) isLatest(question string, version uint64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	latest, known := r.versions.get(question)
	return !known || latest == version
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
