package api

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// key names a rate limit: a route, and the channel or the interaction's token that
// it is counted for.
// Source: https://discord.com/developers/docs/topics/rate-limits#rate-limits
type key struct{ route, major string }

// limits are the rate limits that forbid something now. What forbids nothing is not
// kept: an interaction's token is never seen again, so that a limit for each would be
// memory that is never given back. It is safe for concurrent use.
type limits struct {
	mu     sync.Mutex
	until  map[key]time.Time
	global time.Time // when anything but interactions may be sent again
	sweep  time.Time // when to look for what is over
}

// sweepEvery is how often what is over is removed.
const sweepEvery = time.Second

func newLimits() *limits { return &limits{until: make(map[key]time.Time)} }

// wait returns how long a request has to be held back.
func (l *limits) wait(k key, interaction bool, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.purge(now)
	wait := l.until[k].Sub(now)
	if !interaction {
		wait = max(wait, l.global.Sub(now))
	}
	return max(wait, 0)
}

// block forbids what k names for a time.
func (l *limits) block(k key, d time.Duration, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.purge(now)
	if end := now.Add(d); end.After(l.until[k]) && d > 0 {
		l.until[k] = end
	}
}

// blockAll forbids everything but interactions for a time.
func (l *limits) blockAll(d time.Duration, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if end := now.Add(d); end.After(l.global) {
		l.global = end
	}
}

// learn reads the headers of a reply. A limit that has nothing left forbids its route
// until it is reset.
// Source: https://discord.com/developers/docs/topics/rate-limits#header-format
func (l *limits) learn(k key, h http.Header, now time.Time) {
	if h.Get("X-RateLimit-Remaining") == "0" {
		l.block(k, seconds(h.Get("X-RateLimit-Reset-After")), now)
	}
}

// purge removes what is over, at most once in sweepEvery. The caller holds l.mu.
func (l *limits) purge(now time.Time) {
	if now.Before(l.sweep) {
		return
	}
	l.sweep = now.Add(sweepEvery)
	for k, end := range l.until {
		if !end.After(now) {
			delete(l.until, k)
		}
	}
}

// maxWait is the longest wait that is believed.
const maxWait = time.Hour

// seconds reads a number of seconds, 0 when it is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return duration(n)
}

// duration converts seconds, which may be anything, to a wait between 0 and maxWait.
func duration(seconds float64) time.Duration {
	if !(seconds > 0) { // not a number either
		return 0
	}
	return time.Duration(min(seconds, maxWait.Seconds()) * float64(time.Second))
}
