package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Lurking holds what is being said in channels where the bot listens, each message
// with what its caller makes of it. It is safe for concurrent use.
type Lurking[Q any] struct {
	mu      sync.Mutex
	pending map[speaker]*Utterance[Q]
	led     *bounded[string] // by channel: the last message of a moderator
}

type speaker struct{ channel, user string }

// Message is a part of what a member says.
type Message[Q any] struct {
	ID, Channel, User string
	Text              string
	Received          time.Time
	Asked             Q // handed back by [Lurking.Settle], and not looked at
}

func (m Message[Q]) speaker() speaker { return speaker{m.Channel, m.User} }

// Utterance is what a member says in several messages. It is not changed once it is made.
type Utterance[Q any] struct {
	said    []Message[Q]  // at least one
	changed chan struct{} // closed when there is more of it, or it is not waited for any more
}

// NewLurking returns a Lurking that remembers moderators in so many channels, at least one.
func NewLurking[Q any](size int) *Lurking[Q] {
	return &Lurking[Q]{pending: make(map[speaker]*Utterance[Q]), led: newBounded[string](size)}
}

const (
	maxUtterance = 10          // how many messages are taken together
	maxPending   = 4096        // utterances; beyond that those that nobody waits for are looked for
	abandoned    = time.Minute // how old an utterance is that nobody waits for
)

// Add adds a message to what its author is saying, or puts it in the place of itself
// when it was edited. Whoever waited for the rest gives it up.
func (l *Lurking[Q]) Add(m Message[Q]) *Utterance[Q] {
	l.mu.Lock()
	defer l.mu.Unlock()
	who := m.speaker()
	u := &Utterance[Q]{changed: make(chan struct{})}
	if before := l.pending[who]; before != nil {
		close(before.changed)
		if m.Received.Sub(before.last().Received) < abandoned {
			u.said = slices.Clone(before.said)
		}
	}
	if at := u.find(m.ID); at >= 0 {
		u.said[at] = m
	} else {
		u.said = append(u.said, m)
	}
	u.said = u.said[max(0, len(u.said)-maxUtterance):]
	l.pending[who] = u
	l.makeRoom(m.Received)
	return u
}

func (u *Utterance[Q]) last() Message[Q] { return u.said[len(u.said)-1] }

func (u *Utterance[Q]) find(message string) int {
	return slices.IndexFunc(u.said, func(m Message[Q]) bool { return m.ID == message })
}

// makeRoom gives up what nobody waits for, as happens when a handler was not started.
// The caller holds mu.
func (l *Lurking[Q]) makeRoom(now time.Time) {
	if len(l.pending) <= maxPending {
		return
	}
	for who, u := range l.pending {
		if now.Sub(u.last().Received) >= abandoned {
			l.cancel(who)
		}
	}
}

// Settle waits for limit whether more comes of an utterance. It returns the last message
// with the text of all of them, a line each; it reports false when more came, for which
// somebody else waits, when it is not to be answered any more, or when ctx ended.
func (l *Lurking[Q]) Settle(ctx context.Context, u *Utterance[Q], limit time.Duration) (Message[Q], bool) {
	last := u.last()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-u.changed:
		return last, false
	case <-ctx.Done():
		return last, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	who := last.speaker()
	if l.pending[who] != u {
		return last, false
	}
	delete(l.pending, who)
	texts := make([]string, len(u.said))
	for i, one := range u.said {
		texts[i] = one.Text
	}
	last.Text = strings.Join(texts, "\n")
	return last, true
}

// IsPending reports whether a member is saying something.
func (l *Lurking[Q]) IsPending(channel, user string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pending[speaker{channel, user}] != nil
}

// Holds reports whether a message belongs to what its author is saying.
func (l *Lurking[Q]) Holds(channel, user, message string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.pending[speaker{channel, user}]
	return u != nil && u.find(message) >= 0
}

// Drop gives up what a member is saying.
func (l *Lurking[Q]) Drop(channel, user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancel(speaker{channel, user})
}

// DropMessage gives up what a message belongs to.
func (l *Lurking[Q]) DropMessage(message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who, u := range l.pending {
		if u.find(message) >= 0 {
			l.cancel(who)
		}
	}
}

// cancel gives up one utterance. The caller holds mu.
func (l *Lurking[Q]) cancel(who speaker) {
	if u := l.pending[who]; u != nil {
		close(u.changed)
		delete(l.pending, who)
	}
}

// Moderated notes that a moderator wrote a message in a channel, and gives up what
// others were saying there.
func (l *Lurking[Q]) Moderated(channel, message string) {
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

// IsModerated reports whether a moderator spoke in a channel after a message, or ever
// when that is "", as far as is remembered.
func (l *Lurking[Q]) IsModerated(channel, message string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, _ := l.led.get(channel)
	return later(last, message)
}

// later reports whether an id was given after another one: ids are numbers that grow.
func later(id, than string) bool {
	return cmp.Or(cmp.Compare(len(id), len(than)), cmp.Compare(id, than)) > 0
}
