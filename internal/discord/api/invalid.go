package api

import (
	"net/http"
	"sync"
	"time"
)

// Discord bans an address for 10,000 invalid requests in ten minutes. Half of that
// is where this client slows down.
// Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
const (
	invalidSpan   = 10 * time.Minute
	invalidSlots  = 60
	invalidSlot   = invalidSpan / invalidSlots
	invalidMany   = 5000
	invalidWait   = 500 * time.Millisecond
	invalidReport = time.Minute
)

// guard counts invalid requests. Once they are many, nothing is sent for invalidWait
// after each further one, so that another ten minutes add 1,200 at most and what is
// under way, and a bot that is refused in one place still works in the others. The
// zero value is ready, and safe for concurrent use.
type guard struct {
	mu       sync.Mutex
	slots    [invalidSlots]struct{ at, n int64 } // by time, in slots since 1970
	until    time.Time
	reported time.Time
}

// invalid reports whether Discord holds a reply against the bot.
func invalid(status int, scope string) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusTooManyRequests:
		return scope != "shared"
	}
	return false
}

// count counts an invalid request. It returns how many there were in the last ten
// minutes, and whether that is due to be reported.
func (g *guard) count(now time.Time) (n int64, report bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := now.UnixNano() / int64(invalidSlot)
	slot := &g.slots[at%invalidSlots]
	if slot.at != at {
		slot.at, slot.n = at, 0
	}
	slot.n++
	for _, s := range g.slots {
		if s.at > at-invalidSlots {
			n += s.n
		}
	}
	if n < invalidMany {
		return n, false
	}
	g.until = now.Add(invalidWait)
	if report = now.Sub(g.reported) >= invalidReport; report {
		g.reported = now
	}
	return n, report
}

// wait returns how long all requests are held back.
func (g *guard) wait(now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(g.until.Sub(now), 0)
}
