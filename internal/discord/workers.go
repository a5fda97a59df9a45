package discord

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

const (
	maxHandlers = 1024            // questions in hand at once; of more, only cards are shown
	maxCrowd    = 8 * maxHandlers // and beyond that nothing is
	maxAsking   = 16              // answers being looked up at once; the others wait
)

// crowdedKey marks the context of a handler that may only show cards.
type crowdedKey struct{}

// crowded reports whether there is so much in hand that only cards are shown.
func crowded(ctx context.Context) bool { return ctx.Value(crowdedKey{}) != nil }

// workers runs handlers, each in a goroutine that is counted, bounded and cannot
// take the process down. It is safe for concurrent use.
type workers struct {
	log     *slog.Logger
	observe func(name string, took time.Duration, failed bool)
	ctx     context.Context //nolint:containedctx // of all handlers; done when the grace is over
	cancel  context.CancelFunc
	asking  chan struct{}

	mu      sync.Mutex
	refuses bool
	running int
	wg      sync.WaitGroup
	stopped chan struct{} // closed when nothing is waited for any more
}

func newWorkers(log *slog.Logger, observe func(string, time.Duration, bool)) *workers {
	ctx, cancel := context.WithCancel(context.Background())
	return &workers{log: log, observe: observe, ctx: ctx, cancel: cancel, asking: make(chan struct{}, maxAsking), stopped: make(chan struct{})}
}

// run starts a handler and reports whether it did: not when there are far too many
// or no more are taken.
func (w *workers) run(name string, handle func(context.Context)) bool {
	ctx, ok := w.enter()
	if !ok {
		w.log.Warn("not handled: too much at once, or leaving", "handler", name)
		return false
	}
	go func() {
		defer w.leave()
		began, failed := time.Now(), true
		defer func() { w.observe(name, time.Since(began), failed) }()
		w.guard(name, func() { handle(ctx); failed = false })
	}()
	return true
}

// enter counts a handler, unless it may not start, and returns its context. It counts
// under the lock that refuse takes, so that none is added once stop waits.
func (w *workers) enter() (context.Context, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refuses || w.running >= maxCrowd {
		return nil, false
	}
	w.running++
	w.wg.Add(1)
	if w.running > maxHandlers {
		return context.WithValue(w.ctx, crowdedKey{}, true), true
	}
	return w.ctx, true
}

func (w *workers) leave() {
	defer w.wg.Done()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running--
}

// recover keeps a panic from ending the process. The value of a panic may quote
// a member's words, so only the place is logged.
func (w *workers) recover(name string) {
	if r := recover(); r != nil {
		w.log.Error("a handler panicked", "handler", name, "stack", string(debug.Stack()))
	}
}

// guard runs f and recovers from its panics.
func (w *workers) guard(name string, f func()) {
	defer w.recover(name)
	f()
}

// slot waits for a turn to look something up and reports whether it came.
func (w *workers) slot(ctx context.Context) bool {
	select {
	case w.asking <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (w *workers) giveBack() { <-w.asking }

// refuse takes no more handlers.
func (w *workers) refuse() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuses = true
}

// farewell is how long handlers may take to say that they were interrupted.
const farewell = 1500 * time.Millisecond

// stop waits for the handlers, interrupts those that are not done after the
// grace, and waits for their last words. It is called once.
func (w *workers) stop(grace time.Duration) {
	w.refuse()
	defer close(w.stopped)
	defer w.cancel()
	done := make(chan struct{})
	go func() { w.wg.Wait(); close(done) }()
	select {
	case <-done:
		return
	case <-time.After(grace):
		w.cancel()
	}
	select {
	case <-done:
	case <-time.After(farewell):
		w.log.Error("left while a handler was still running")
	}
}
