package discord

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// lurking holds what is being said in channels where the bot listens. It is safe for
// concurrent use.
type lurking struct {
	mu      sync.Mutex
	pending map[speaker]*utterance
	led     *bounded[string] // by channel: the last message of a moderator
}

type speaker struct{ channel, user string }

// utterance is what a member says in several messages.
type utterance struct {
	said    []asked
	changed chan struct{} // closed when there is more of it, or it is not waited for any more
}

func newLurking() *lurking {
	return &lurking{pending: make(map[speaker]*utterance), led: newBounded[string](remembered)}
}

const (
	maxUtterance = 10          // how many messages are taken together
	maxPending   = 4096        // utterances; beyond that those that nobody waits for are looked for
	abandoned    = time.Minute // how old an utterance is that nobody waits for
)

// add adds a message to what its author is saying, or puts it in the place of itself
// when it was edited. Whoever waited for the rest gives it up.
func (l *lurking) add(q asked) *utterance {
	l.mu.Lock()
	defer l.mu.Unlock()
	who := speaker{q.channel, q.user}
	u := &utterance{changed: make(chan struct{})}
	if before := l.pending[who]; before != nil {
		close(before.changed)
		if q.received.Sub(before.last().received) < abandoned {
			u.said = slices.Clone(before.said)
		}
	}
	if at := u.find(q.id); at >= 0 {
		u.said[at] = q
	} else {
		u.said = append(u.said, q)
	}
	u.said = u.said[max(0, len(u.said)-maxUtterance):]
	l.pending[who] = u
	l.makeRoom(q.received)
	return u
}

func (u *utterance) last() asked { return u.said[len(u.said)-1] }

func (u *utterance) find(message string) int {
	return slices.IndexFunc(u.said, func(q asked) bool { return q.id == message })
}

// makeRoom gives up what nobody waits for, as happens when a handler was not started.
// The caller holds mu.
func (l *lurking) makeRoom(now time.Time) {
	if len(l.pending) <= maxPending {
		return
	}
	for who, u := range l.pending {
		if now.Sub(u.last().received) >= abandoned {
			l.cancel(who)
		}
	}
}

// settle waits whether more comes of an utterance. It returns all of it, as asked by
// the last message; it reports false when more came, for which somebody else waits,
// or when it is not to be answered any more.
func (l *lurking) settle(ctx context.Context, u *utterance, limit time.Duration) (asked, bool) {
	q := u.last()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-u.changed:
		return q, false
	case <-ctx.Done():
		return q, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	who := speaker{q.channel, q.user}
	if l.pending[who] != u {
		return q, false
	}
	delete(l.pending, who)
	texts := make([]string, len(u.said))
	for i, one := range u.said {
		texts[i] = one.text
	}
	q.text = strings.Join(texts, "\n")
	return q, true
}

// isPending reports whether a member is saying something.
func (l *lurking) isPending(channel, user string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pending[speaker{channel, user}] != nil
}

// holds reports whether a message belongs to what its author is saying.
func (l *lurking) holds(q asked) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.pending[speaker{q.channel, q.user}]
	return u != nil && u.find(q.id) >= 0
}

// drop gives up what a member is saying.
func (l *lurking) drop(channel, user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancel(speaker{channel, user})
}

// dropMessage gives up what a message belongs to.
func (l *lurking) dropMessage(message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who, u := range l.pending {
		if u.find(message) >= 0 {
			l.cancel(who)
		}
	}
}

// cancel gives up one utterance. The caller holds mu.
func (l *lurking) cancel(who speaker) {
	if u := l.pending[who]; u != nil {
		close(u.changed)
		delete(l.pending, who)
	}
}

// moderated notes that a moderator wrote a message in a channel, and gives up what
// others were saying there.
func (l *lurking) moderated(channel, message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who := range l.pending {
		if who.channel == channel {
			l.cancel(who)
		}
	}
	if last, _ := l.led.get(channel); later(message, last) {
		l.led.put(channel, message)
	}
}

// isModerated reports whether a moderator spoke in a channel after a message, or ever
// when that is "", as far as is remembered.
func (l *lurking) isModerated(channel, message string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, _ := l.led.get(channel)
	return later(last, message)
}
