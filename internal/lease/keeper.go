package lease

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"verbatim/internal/article"
)

// Parts of a lease's time to live.
const (
	renewals = 3  // a lease is renewed every third of it
	margin   = 6  // a Held counts itself lost a sixth of it before the table would
	patience = 10 // a call of the table may take a tenth of it
	retries  = 15 // a call that failed is made again after a fifteenth of it
)

// Keeper takes leases for one holder, which is a process, and renews them. It is
// safe for concurrent use.
type Keeper struct {
	table  Table
	holder string
	ttl    time.Duration
	log    *slog.Logger

	mu  sync.Mutex
	own map[string]*Held // by name: what this keeper holds, for when the table cannot say
}

// NewKeeper makes a keeper for a holder. A ttl that is not positive stands for
// [TTL], and a nil log is silent.
func NewKeeper(t Table, holder string, ttl time.Duration, log *slog.Logger) *Keeper {
	if ttl <= 0 {
		ttl = TTL
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Keeper{table: t, holder: holder, ttl: ttl, log: log, own: map[string]*Held{}}
}

// Holder returns the name under which the keeper takes leases.
func (k *Keeper) Holder() string { return k.holder }

// TTL returns how long a lease lives without renewal.
func (k *Keeper) TTL() time.Duration { return k.ttl }

// Live lists the leases that somebody holds and whose name begins with prefix, by name.
func (k *Keeper) Live(ctx context.Context, prefix string) ([]Lease, error) {
	live, err := k.table.Live(ctx, prefix)
	if err != nil {
		return nil, fmt.Errorf("list leases: %w", err)
	}
	return live, nil
}

// Take takes a lease and renews it until it is lost or released; ctx bounds the
// taking only. It is article.ErrConflict while somebody holds the name, this keeper
// included.
//
// In a table that takes no writes ([ErrFrozen]) and in which nobody holds the name,
// the lease is assumed, with epoch 0: its fence lets no write through, and it is
// taken properly once the table can be written. Until then another process may
// assume it too; whoever then comes second has lost it.
func (k *Keeper) Take(ctx context.Context, name string) (*Held, error) {
	h := newHeld(k, name)
	asked := h.newTerm()
	within, cancel := context.WithTimeout(ctx, k.lasting())
	defer cancel()
	l, err := k.table.Acquire(within, name, k.holder, k.ttl)
	switch {
	case errors.Is(err, ErrFrozen):
		asked.timer.Stop()
		if err := k.assume(within, name, h); err != nil {
			return nil, fmt.Errorf("take lease %s: %w", name, err)
		}
		k.log.Warn("the database takes no writes; nobody holds the lease, so it is assumed", "lease", name, "error", err)
	case err != nil:
		asked.timer.Stop()
		return nil, fmt.Errorf("take lease %s: %w", name, err)
	default:
		k.claim(name, h)
		h.renewed(l, asked)
	}
	h.start(ctx)
	if h.isLost() { // taken, but the answer came when the lease was as good as over
		return nil, errors.Join(fmt.Errorf("%w: take lease %s: the table took too long", article.ErrUnavailable, name), h.Release(ctx))
	}
	return h, nil
}

// TakeFor waits until a name is free and takes it for d, which is neither renewed
// nor released: a gate, such as one identify in five seconds. It polls the table. In
// a table that takes no writes, the gate holds among the users of this keeper only.
func (k *Keeper) TakeFor(ctx context.Context, name string, d time.Duration) error {
	for {
		_, err := k.table.Acquire(ctx, name, k.holder, d)
		if errors.Is(err, ErrFrozen) {
			gate := new(Held)
			if err = k.assume(ctx, name, gate); err == nil {
				time.AfterFunc(d, func() { k.disclaim(name, gate) })
				k.log.Warn("the database takes no writes; the gate holds in this process only", "lease", name)
			}
		}
		if !errors.Is(err, article.ErrConflict) {
			return inTaking(name, err)
		}
		if !pause(ctx, jitter(d)) {
			return inTaking(name, context.Cause(ctx))
		}
	}
}

// inTaking says what failed; nil stays nil.
func inTaking(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("take %s: %w", name, err)
}

// assume claims a name that nobody holds, as far as a table that cannot be written
// and this keeper know. It is article.ErrConflict when somebody does.
func (k *Keeper) assume(ctx context.Context, name string, h *Held) error {
	holder, err := k.holderOf(ctx, name)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.own[name] != nil {
		holder = k.holder
	}
	if holder != "" {
		return fmt.Errorf("%w: %s holds %s", article.ErrConflict, holder, name)
	}
	k.own[name] = h
	return nil
}

// holderOf returns who holds a name according to the table, or "".
func (k *Keeper) holderOf(ctx context.Context, name string) (string, error) {
	live, err := k.table.Live(ctx, name)
	if err != nil {
		return "", err
	}
	for _, l := range live {
		if l.Name == name {
			return l.Holder, nil
		}
	}
	return "", nil
}

// claim notes what the table gave to h.
func (k *Keeper) claim(name string, h *Held) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.own[name] = h
}

// disclaim takes back a claim of h, unless another one has taken its place.
func (k *Keeper) disclaim(name string, h *Held) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.own[name] == h {
		delete(k.own, name)
	}
}

// lasting is how long a lease may be relied on from before it was asked for.
func (k *Keeper) lasting() time.Duration { return k.ttl - k.ttl/margin }

// jitter is the time to the next look at a gate that is held for d: about a tenth
// of it, at most a second, and never the same for all who wait.
func jitter(d time.Duration) time.Duration {
	step := max(min(d/10, time.Second), time.Millisecond)
	return step/2 + rand.N(step)
}

// pause waits and reports whether there was time for it before ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}
