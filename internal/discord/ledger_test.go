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
	votes  []vote
	agreed map[string]bool // MACs of who opted in
}

// vote is a verdict of a voter.
type vote struct {
	library.Voted
	guild, voter string
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

// Redo implements discord.Ledger.
func (l *ledger) Redo(_ context.Context, guild string, p library.Posted) error {
	return l.change(guild, p.ID, func(r *row) {
		p.Channel, p.Message, p.Question, p.Asker, p.At = r.Channel, r.Message, r.Question, r.Asker, r.At
		r.Posted = p
	})
}

// wait waits while the ledger is stuck.
func (l *ledger) wait() {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
}

// jam makes every call stick until the test ends.
func (l *ledger) jam(t *testing.T) {
	t.Helper()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stuck = stuck
}

// breaks makes every call fail, and none again with nil.
func (l *ledger) breaks(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = err
}

// change changes a record.
func (l *ledger) change(guild, id string, change func(*row)) error {
	l.wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail != nil {
		return l.fail
	}
	for i := range l.posted {
		if r := &l.posted[i]; r.guild == guild && r.ID == id {
			change(r)
			return nil
		}
	}
	return article.ErrNotFound
}

// find returns the first record that fits.
func (l *ledger) find(guild string, fits func(library.Posted) bool) (library.Posted, error) {
	l.wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail != nil {
		return library.Posted{}, l.fail
	}
	for _, r := range l.posted {
		if r.guild == guild && fits(r.Posted) {
			return r.Posted, nil
		}
	}
	return library.Posted{}, article.ErrNotFound
}

// PostedByID implements discord.Ledger.
func (l *ledger) PostedByID(_ context.Context, guild, id string) (library.Posted, error) {
	return l.find(guild, func(p library.Posted) bool { return p.ID == id })
}

// PostedByQuestion implements discord.Ledger.
func (l *ledger) PostedByQuestion(_ context.Context, guild, question string) (library.Posted, error) {
	return l.find(guild, func(p library.Posted) bool { return p.Question == question })
}

// Forget implements discord.Ledger.
func (l *ledger) Forget(_ context.Context, guild, id string) error {
	l.wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.posted = slices.DeleteFunc(l.posted, func(r row) bool { return r.guild == guild && r.ID == id })
	return nil
}

// Vote implements discord.Ledger.
func (l *ledger) Vote(_ context.Context, guild, id, voter string, v library.Verdict, reason string) error {
	return l.change(guild, id, func(*row) {
		l.votes = slices.DeleteFunc(l.votes, func(o vote) bool { return o.Answer == id && o.voter == voter })
		l.votes = append(l.votes, vote{library.Voted{Answer: id, Verdict: v, Reason: reason}, guild, voter})
	})
}

// voted returns the verdicts so far.
func (l *ledger) voted() []vote {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.votes)
}

// KeptOf implements discord.Members.
func (l *ledger) KeptOf(_ context.Context, guild string, who ...string) (k library.Kept, _ error) {
	l.wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.posted {
		if r.guild == guild && slices.Contains(who, r.Asker) {
			k.Answers = append(k.Answers, r.Posted)
		}
	}
	for _, v := range l.votes {
		if v.guild == guild && slices.Contains(who, v.voter) {
			k.Votes = append(k.Votes, v.Voted)
		}
	}
	k.OptedIn = guild == library.Direct && slices.ContainsFunc(who, func(w string) bool { return l.agreed[w] })
	return k, l.fail
}

// ForgetMember implements discord.Members.
func (l *ledger) ForgetMember(ctx context.Context, guild string, who ...string) (int64, error) {
	kept, err := l.KeptOf(ctx, guild, who...)
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.posted {
		if r := &l.posted[i]; r.guild == guild && slices.Contains(who, r.Asker) {
			r.Asker, r.Question = "", ""
		}
	}
	l.votes = slices.DeleteFunc(l.votes, func(v vote) bool { return v.guild == guild && slices.Contains(who, v.voter) })
	n := int64(len(kept.Answers) + len(kept.Votes))
	if kept.OptedIn {
		n++
	}
	for _, w := range who {
		delete(l.agreed, w)
	}
	return n, err
}

// OptIn implements discord.OptIns.
func (l *ledger) OptIn(_ context.Context, guild, who string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.agreed == nil {
		l.agreed = make(map[string]bool)
	}
	l.agreed[who] = guild == library.Direct
	return l.fail
}

// OptOut implements discord.OptIns.
func (l *ledger) OptOut(_ context.Context, _, who string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.agreed, who)
	return l.fail
}

// OptedIn implements discord.OptIns.
func (l *ledger) OptedIn(_ context.Context, _, who string) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.agreed[who], l.fail
}

// ForgetMessages implements discord.Ledger.
func (l *ledger) ForgetMessages(_ context.Context, guild string, messages ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.posted = slices.DeleteFunc(l.posted, func(r row) bool { return r.guild == guild && slices.Contains(messages, r.Message) })
	return nil
}

// count returns how many records there are.
func (l *ledger) count() int { l.mu.Lock(); defer l.mu.Unlock(); return len(l.posted) }

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

// Handled implements discord.Observer.
func (w *watcher) Handled(string, time.Duration, bool) {}

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
	eventuallyWithin(t, patience, what, holds)
}

// patience is how long tests wait for what has no bound of its own.
const patience = 20 * time.Second

func eventuallyWithin(t *testing.T, bound time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(bound); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
