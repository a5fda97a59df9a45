package memory

import (
	"context"
	"sync"
)

// Reply is the reply that a message got.
type Reply struct {
	Message string // its id
	Record  string // the id of its record
	Channel string
	Edited  string // when the question was edited last before, "" for never
}

// Replies remembers which messages were answered last and what became of those since,
// and lets one handler at a time work on the reply to one of them: a question may be
// edited or deleted while it is being answered. It is safe for concurrent use.
type Replies struct {
	mu       sync.Mutex
	sent     *bounded[Reply]               // by question
	versions *bounded[uint64]              // by question
	last     uint64                        // version of any question
	watching map[uint64]context.CancelFunc // by version: the answer in the making
	locked   map[string]*turn              // by question
}

type turn struct {
	free    chan struct{} // holds one value while nobody has the turn
	waiting int
}

// NewReplies returns Replies for so many questions, at least one.
func NewReplies(size int) *Replies {
	return &Replies{
		sent: newBounded[Reply](size), versions: newBounded[uint64](size),
		watching: make(map[uint64]context.CancelFunc), locked: make(map[string]*turn),
	}
}

// Put remembers the reply to a question.
func (r *Replies) Put(question string, sent Reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent.put(question, sent)
}

// Find returns the reply to a question, as far as it is remembered.
func (r *Replies) Find(question string) (Reply, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent.get(question)
}

// Forget forgets the reply to a question.
func (r *Replies) Forget(question string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent.drop(question)
}

// Note notes that a question was asked, edited or deleted, and returns its version
// from now on. It is called in the order of Discord's events, which handlers do not keep.
// An answer to the version before is not waited for any more.
func (r *Replies) Note(question string) uint64 {
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

// While returns a context that ends when something becomes of a question since a
// version of it. The function that it returns as well is to be called in the end.
func (r *Replies) While(ctx context.Context, question string, version uint64) (context.Context, context.CancelFunc) {
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

// IsLatest reports whether nothing became of a question since a version of it.
func (r *Replies) IsLatest(question string, version uint64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	latest, known := r.versions.get(question)
	return !known || latest == version
}

// Lock waits for the turn to work on the reply to a question, and returns how to give
// it back. It reports false when ctx ended before.
func (r *Replies) Lock(ctx context.Context, question string) (unlock func(), ok bool) {
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

func (r *Replies) leave(question string, t *turn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.waiting--; t.waiting == 0 {
		delete(r.locked, question)
	}
}
