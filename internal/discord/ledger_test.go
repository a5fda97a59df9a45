package discord_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// ledger is a discord.Ledger in memory.
type ledger struct {
	fence *table // what leases are held against; nil for none

	mu     sync.Mutex
	fail   error
	slow   time.Duration // how long Post takes, unless its context ends before
	stuck  chan struct{} // when not nil, calls wait for it to be closed and for nothing else
	posted []row
}

// row is a record, with the guild and the fence it was made under.
type row struct {
	library.Posted
	guild string
	under lease.Lease
}

// Post implements discord.Ledger.
func (l *ledger) Post(ctx context.Context, guild string, p library.Posted, under lease.Lease) error {
	l.mu.Lock()
	fail, slow, stuck := l.fail, l.slow, l.stuck
	l.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	select {
	case <-time.After(slow):
	case <-ctx.Done():
		return ctx.Err()
	}
	if fail != nil {
		return fail
	}
	if l.fence != nil && !l.fence.holds(under) {
		return fmt.Errorf("%w: the lease was lost", article.ErrConflict)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, old := range l.posted {
		if old.guild == guild && old.Question == p.Question {
			return fmt.Errorf("%w: it has an answer", article.ErrConflict)
		}
	}
	l.posted = append(l.posted, row{p, guild, under})
	return nil
}

// Sent implements discord.Ledger.
func (l *ledger) Sent(_ context.Context, guild, id, message string) error {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, old := range l.posted {
		if old.guild == guild && old.ID == id {
			l.posted[i].Message = message
			return nil
		}
	}
	return article.ErrNotFound
}

// ForgetMessages implements discord.Ledger.
func (l *ledger) ForgetMessages(_ context.Context, guild string, messages ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.posted = slices.DeleteFunc(l.posted, func(r row) bool { return r.guild == guild && slices.Contains(messages, r.Message) })
	return nil
}

// rows returns the records whose message is known, once there are n of them.
func (l *ledger) rows(t *testing.T, n int) []row {
	t.Helper()
	var sent []row
	eventually(t, fmt.Sprintf("%d answers to be recorded", n), func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		sent = nil
		for _, r := range l.posted {
			if r.Message != "" {
				sent = append(sent, r)
			}
		}
		return len(sent) >= n
	})
	return sent
}

// watcher is a discord.Observer that counts.
type watcher struct {
	mu       sync.Mutex
	shards   int
	failures int
	replies  []string // outcome and tier
}

// Replied implements discord.Observer.
func (w *watcher) Replied(outcome string, tier safety.Tier, _ time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.replies = append(w.replies, outcome+" "+tier.String())
}

// Unsent implements discord.Observer.
func (w *watcher) Unsent(error) {}

// LedgerFailed implements discord.Observer.
func (w *watcher) LedgerFailed(error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failures++
}

// ShardsHeld implements discord.Observer.
func (w *watcher) ShardsHeld(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.shards = n
}

// held and failed return what was counted so far.
func (w *watcher) held() int   { w.mu.Lock(); defer w.mu.Unlock(); return w.shards }
func (w *watcher) failed() int { w.mu.Lock(); defer w.mu.Unlock(); return w.failures }

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
