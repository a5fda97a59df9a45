package discord

import (
	"cmp"
	"strconv"
	"sync"
	"time"
)

// remembered is how many events are remembered: more than arrive between a session's
// loss and the repetition of what it may have missed.
const remembered = 4096

// recent remembers the last events, so that one that is delivered again is answered
// once. It is safe for concurrent use.
type recent struct {
	mu   sync.Mutex
	seen map[string]bool
	ring []string // in the order of arrival, next being the oldest
	next int
}

func newRecent(size int) *recent {
	return &recent{seen: make(map[string]bool, size), ring: make([]string, size)}
}

// first reports whether an event is new, and remembers it.
func (r *recent) first(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen[id] {
		return false
	}
	delete(r.seen, r.ring[r.next])
	r.ring[r.next], r.seen[id] = id, true
	r.next = (r.next + 1) % len(r.ring)
	return true
}

// discordEpoch is the moment from which Discord's ids count.
// Source: https://discord.com/developers/docs/reference#snowflakes
const discordEpoch = 1420070400000

// writtenAt returns when something got its id, a long time ago for what is no id.
func writtenAt(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch)
}

// later reports whether an id was given after another one: ids are numbers that grow.
func later(id, than string) bool {
	return cmp.Or(cmp.Compare(len(id), len(than)), cmp.Compare(id, than)) > 0
}
