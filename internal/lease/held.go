package lease

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"verbatim/internal/article"
)

// Held is a lease in somebody's hands, renewed every third of its time to live
// until it is lost or released. Whoever takes one releases it. It is safe for
// concurrent use.
//
// It is lost when the table says so, or when no renewal succeeded for the time to
// live less a sixth, counted by this machine's monotonic clock from before the last
// successful call was sent. As long as the table takes no writes from anybody
// ([ErrFrozen]) it is kept beyond that. If it ran out meanwhile, it is taken anew
// once the table can be written, and kept if the epoch shows that nobody had it in
// between; in the moment between the two another process may take it.
//
// The monotonic clock stands still while a machine is suspended, and a process that
// was stopped needs a moment to notice; the fence covers both.
type Held struct {
	keeper *Keeper
	lost   chan struct{} // closed when lost or released
	done   chan struct{} // closed when the renewal has ended
	stop   context.CancelFunc

	mu     sync.Mutex
	lease  Lease
	term   *term
	frozen bool // the table took no writes when it was last asked
	failed bool // the last renewal failed, and the log says so
	over   bool // lost is closed
}

// term is the time for which one answer of the table may be relied on.
type term struct {
	timer *time.Timer
	over  bool // guarded by the mu of its Held
}

func newHeld(k *Keeper, name string) *Held {
	return &Held{
		keeper: k, lost: make(chan struct{}), done: make(chan struct{}), stop: func() {},
		lease: Lease{Name: name, Holder: k.holder}, term: &term{over: true}, frozen: true,
	}
}

// Lease returns the lease as it is now, for fencing writes. Its epoch is 0 while the
// lease is assumed, and grows when it had to be taken anew.
func (h *Held) Lease() Lease {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lease
}

// Lost is closed when the lease was lost or released.
func (h *Held) Lost() <-chan struct{} { return h.lost }

// Release gives the lease up: it counts as lost from then on, is renewed no more
// when Release returns, and others may take it at once. When the table cannot be
// told before ctx ends, the error says why and the lease runs out by itself.
func (h *Held) Release(ctx context.Context) error {
	h.end()
	l := h.Lease()
	select {
	case <-h.done:
		l = h.Lease()
	case <-ctx.Done():
		return fmt.Errorf("release lease %s: %w", l.Name, context.Cause(ctx))
	}
	if l.Epoch == 0 {
		return nil
	}
	if err := h.keeper.table.Release(ctx, l); err != nil {
		return fmt.Errorf("release lease %s: %w", l.Name, err)
	}
	return nil
}

// start begins the renewal, which ctx does not end.
func (h *Held) start(ctx context.Context) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.mu.Lock()
	h.stop = stop
	wait := h.keeper.ttl / renewals
	if h.frozen {
		wait = h.keeper.ttl / retries
	}
	if h.over {
		stop()
	}
	h.mu.Unlock()
	go func() {
		defer close(h.done)
		for pause(ctx, wait) {
			wait = h.renew(ctx)
		}
	}()
}

// renew makes the lease live on, and returns how long to wait before the next time.
func (h *Held) renew(ctx context.Context) time.Duration {
	k := h.keeper
	asked := h.newTerm()
	slow := time.AfterFunc(2*k.ttl/patience, func() { h.doubt(errSlow) }) // for a table that does not mind its context
	within, cancel := context.WithTimeout(ctx, k.ttl/patience)
	l, err := h.extend(within)
	cancel()
	slow.Stop()
	if err == nil {
		if h.renewed(l, asked) {
			k.log.Info("the database takes writes again; the lease is held", "lease", l.Name)
		}
		return k.ttl / renewals
	}
	asked.timer.Stop()
	switch {
	case ctx.Err() != nil: // released
	case errors.Is(err, article.ErrConflict):
		h.lose("another process may have it", err)
	case errors.Is(err, ErrFrozen):
		h.freeze(err)
	default:
		h.complain(err)
		h.doubt(err)
	}
	return k.ttl / retries
}

var errSlow = fmt.Errorf("%w: the table does not answer", article.ErrUnavailable)

// extend asks the table for more time: by renewing the lease, or by taking it when
// it was only assumed or ran out while the table took no writes. The lease it
// returns has a name in any case.
func (h *Held) extend(ctx context.Context) (Lease, error) {
	h.mu.Lock()
	held, ranOut := h.lease, h.term.over
	h.mu.Unlock()
	l, err := held, fmt.Errorf("%w: it was never taken", article.ErrConflict)
	if held.Epoch != 0 {
		l, err = h.keeper.table.Renew(ctx, held, h.keeper.ttl)
	}
	if ranOut && errors.Is(err, article.ErrConflict) {
		l, err = h.retake(ctx, held)
	}
	if ranOut && errors.Is(err, ErrFrozen) {
		err = h.unlessTaken(ctx, held.Name, err)
	}
	if err != nil {
		return held, err
	}
	return l, nil
}

// retake takes the lease anew. It is article.ErrConflict when somebody had it meanwhile.
func (h *Held) retake(ctx context.Context, held Lease) (Lease, error) {
	k := h.keeper
	l, err := k.table.Acquire(ctx, held.Name, k.holder, k.ttl)
	if err != nil || held.Epoch == 0 || l.Epoch == held.Epoch+1 {
		return l, err
	}
	err = fmt.Errorf("%w: somebody had %s meanwhile", article.ErrConflict, held.Name)
	return held, errors.Join(err, k.table.Release(ctx, l))
}

// unlessTaken returns err, or article.ErrConflict when somebody else can be seen to
// hold the lease: the table could be written for a moment.
func (h *Held) unlessTaken(ctx context.Context, name string, err error) error {
	holder, unread := h.keeper.holderOf(ctx, name)
	if unread == nil && holder != "" && holder != h.keeper.holder {
		return fmt.Errorf("%w: %s holds %s", article.ErrConflict, holder, name)
	}
	return err
}

// newTerm starts the time for which an answer that is about to be asked for may be
// relied on.
func (h *Held) newTerm() *term {
	t := new(term)
	t.timer = time.AfterFunc(h.keeper.lasting(), func() {
		h.update("it could not be renewed in time", nil, func() { t.over = true })
	})
	return t
}

// renewed notes a success that was asked for at the beginning of t, and reports
// whether the table could not be written before.
func (h *Held) renewed(l Lease, t *term) (thawed bool) {
	h.update("the database answered too late", nil, func() {
		h.term.end()
		thawed = h.frozen
		h.lease, h.term, h.frozen, h.failed = l, t, false, false
	})
	return thawed
}

// end stops the timer of a term that has been superseded.
func (t *term) end() {
	if t.timer != nil {
		t.timer.Stop()
	}
}

// complain logs the first of several failures in a row.
func (h *Held) complain(err error) {
	h.mu.Lock()
	first := !h.failed
	h.failed = true
	h.mu.Unlock()
	if first {
		h.keeper.log.Warn("a lease could not be renewed; trying again", "lease", h.Lease().Name, "error", err)
	}
}

// freeze notes that the table takes no writes from anybody.
func (h *Held) freeze(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.frozen && !h.over {
		h.keeper.log.Warn("the database takes no writes, so nobody can take the lease over: it is kept", "lease", h.lease.Name, "error", err)
		h.frozen = true
	}
}

// doubt notes that nothing is known of the table any more.
func (h *Held) doubt(err error) {
	h.update("it ran out while the database took no writes, and the database is out of reach now", err, func() { h.frozen = false })
}

// lose counts the lease as lost.
func (h *Held) lose(why string, err error) {
	if h.end() {
		h.keeper.log.Warn("a lease is lost: "+why, "lease", h.Lease().Name, "error", err)
	}
}

// update makes a change and loses the lease when it ran out by it.
func (h *Held) update(why string, err error, change func()) {
	h.mu.Lock()
	change()
	out := h.term.over && !h.frozen
	h.mu.Unlock()
	if out {
		h.lose(why, err)
	}
}

// end closes lost and stops the renewal, and reports whether it was the first to.
func (h *Held) end() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over {
		return false
	}
	h.over = true
	close(h.lost)
	h.term.end()
	h.stop()
	h.keeper.disclaim(h.lease.Name, h)
	return true
}

func (h *Held) isLost() bool {
	select {
	case <-h.lost:
		return true
	default:
		return false
	}
}
