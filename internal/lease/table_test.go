package lease_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ttl = 30 * time.Second

// table is a lease.Table in memory, with a clock that is handed to it.
type table struct {
	now func() time.Time

	mu     sync.Mutex
	rows   map[string]lease.Lease
	frozen bool
	gone   bool // out of reach for everybody
	renews int
}

func newTable() *table { return &table{now: time.Now, rows: map[string]lease.Lease{}} }

// write makes a change that may be refused.
func (t *table) write(change func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.gone:
		return fmt.Errorf("%w: no connection", article.ErrUnavailable)
	case t.frozen:
		return fmt.Errorf("disk full: %w", lease.ErrFrozen)
	}
	return change()
}

func (t *table) live(l lease.Lease) bool { return l.Expires.After(t.now()) }

func (t *table) Acquire(_ context.Context, name, holder string, ttl time.Duration) (l lease.Lease, err error) {
	return l, t.write(func() error {
		if t.live(t.rows[name]) {
			return fmt.Errorf("%w: %s is held", article.ErrConflict, name)
		}
		l = lease.Lease{Name: name, Holder: holder, Epoch: t.rows[name].Epoch + 1, Expires: t.now().Add(ttl)}
		t.rows[name] = l
		return nil
	})
}

func (t *table) Renew(_ context.Context, l lease.Lease, ttl time.Duration) (lease.Lease, error) {
	return l, t.write(func() error {
		t.renews++
		if row := t.rows[l.Name]; !t.live(row) || row.Holder != l.Holder || row.Epoch != l.Epoch {
			return fmt.Errorf("%w: %s was lost", article.ErrConflict, l.Name)
		}
		l.Expires = t.now().Add(ttl)
		t.rows[l.Name] = l
		return nil
	})
}

func (t *table) Release(_ context.Context, l lease.Lease) error {
	return t.write(func() error {
		if row := t.rows[l.Name]; row.Holder == l.Holder && row.Epoch == l.Epoch {
			row.Expires = time.Time{}
			t.rows[l.Name] = row
		}
		return nil
	})
}

func (t *table) Live(_ context.Context, prefix string) ([]lease.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone {
		return nil, fmt.Errorf("%w: no connection", article.ErrUnavailable)
	}
	var live []lease.Lease
	for _, l := range t.rows {
		if strings.HasPrefix(l.Name, prefix) && t.live(l) {
			live = append(live, l)
		}
	}
	slices.SortFunc(live, func(a, b lease.Lease) int { return strings.Compare(a.Name, b.Name) })
	return live, nil
}

// set makes the table frozen, out of reach, or neither.
func (t *table) set(frozen, gone bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.frozen, t.gone = frozen, gone
}

// line is one process's connection to a table. Calls wait on the way there and
// back; one that is cut fails, before or after the table has done it.
type line struct {
	lease.Table

	mu sync.Mutex
	state
}

// state is how a line is. The zero state is a good one.
type state struct {
	there, back time.Duration
	cut, mute   bool // the call does not arrive; the answer does not
	deaf        bool // waits on even when the caller's context has ended
}

func (l *line) set(s state) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state = s
}

func (l *line) call(ctx context.Context, f func() error) error {
	l.mu.Lock()
	now := l.state
	l.mu.Unlock()
	if err := travel(ctx, now.there, now.deaf); err != nil {
		return err
	}
	if now.cut {
		return fmt.Errorf("%w: connection refused", article.ErrUnavailable)
	}
	err := f()
	if lost := travel(ctx, now.back, now.deaf); lost != nil {
		return lost
	}
	if now.mute {
		return fmt.Errorf("%w: connection reset", article.ErrUnavailable)
	}
	return err
}

func travel(ctx context.Context, d time.Duration, deaf bool) error {
	if deaf {
		time.Sleep(d)
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (l *line) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (got lease.Lease, err error) {
	err = l.call(ctx, func() error { got, err = l.Table.Acquire(ctx, name, holder, ttl); return err })
	return got, err
}

func (l *line) Renew(ctx context.Context, held lease.Lease, ttl time.Duration) (got lease.Lease, err error) {
	err = l.call(ctx, func() error { got, err = l.Table.Renew(ctx, held, ttl); return err })
	return got, err
}

func (l *line) Release(ctx context.Context, held lease.Lease) error {
	return l.call(ctx, func() error { return l.Table.Release(ctx, held) })
}

// take takes a lease that is free.
func take(t *testing.T, k *lease.Keeper, name string) *lease.Held {
	t.Helper()
	h, err := k.Take(t.Context(), name)
	if err != nil {
		t.Fatalf("Take(%s) = %v", name, err)
	}
	t.Cleanup(func() { _ = h.Release(context.Background()) })
	return h
}

// after waits and lets everything that is due then happen.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func lost(h *lease.Held) bool {
	select {
	case <-h.Lost():
		return true
	default:
		return false
	}
}

func wantLost(t *testing.T, h *lease.Held, want bool, when string) {
	t.Helper()
	if lost(h) != want {
		t.Fatalf("%s: lost = %v, want %v", when, lost(h), want)
	}
}

func wantConflict(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, article.ErrConflict) {
		t.Fatalf("error = %v, want a conflict", err)
	}
}
