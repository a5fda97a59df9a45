package discord

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

const (
	maxHandlers = 1024 // questions in hand at once; more are dropped
	maxAsking   = 16   // answers being looked up at once; the others wait
)

// workers runs handlers, each in a goroutine that is counted, bounded and cannot
// take the process down. It is safe for concurrent use.
type workers struct {
	log    *slog.Logger
	ctx    context.Context //nolint:containedctx // of all handlers; done when the grace is over
	cancel context.CancelFunc
	asking chan struct{}

	mu      sync.Mutex
	refuses bool
	running int
	wg      sync.WaitGroup
	stopped chan struct{} // closed when nothing is waited for any more
}

func newWorkers(log *slog.Logger) *workers {
	ctx, cancel := context.WithCancel(context.Background())
	return &workers{log: log, ctx: ctx, cancel: cancel, asking: make(chan struct{}, maxAsking), stopped: make(chan struct{})}
}

// run starts a handler and reports whether it did: not when there are too many or
// no more are taken.
func (w *workers) run(name string, handle func(context.Context)) bool {
	if !w.enter() {
		w.log.Warn("not handled: too much at once, or leaving", "handler", name)
		return false
	}
	go func() {
		defer w.leave()
		defer w.recover(name)
		handle(w.ctx)
	}()
	return true
}

// enter counts a handler, unless it may not start. It counts under the lock that
// refuse takes, so that none is added once stop waits.
func (w *workers) enter() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refuses || w.running >= maxHandlers {
		return false
	}
	w.running++
	w.wg.Add(1)
	return true
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
