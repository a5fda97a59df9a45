package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// limit is how many requests a bucket takes in a time.
type limit struct {
	n   int
	per time.Duration
}

// usual is what routes say of themselves that have no limit here.
var usual = limit{50, time.Second}

// bucket counts the requests to a route with the same channel, guild or webhook.
type bucket struct {
	left    int
	reset   time.Time
	emptied time.Time // when the client was told that nothing is left
}

// OnTheWay sets how long after an answer with X-RateLimit-Remaining 0 a request to the
// same bucket may still come, because it was sent before: 100 ms unless told otherwise.
// A later one, before the bucket is filled again, is a violation.
func OnTheWay(d time.Duration) Option { return func(c *config) { c.onTheWay = d } }

// Limit gives a route, written as for [Server.Break], a limit that is enforced:
// more than n requests per channel, guild or webhook in a time are answered with 429.
func (s *Server) Limit(route string, n int, per time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !anyRoute(func(name string) bool { return name == route }) {
		s.t.Errorf("discordtest: no route %q", route)
	}
	s.limits[route] = limit{n, per}
}

// bucketOf names what shares a limit: the route and its major parameters.
// Source: https://discord.com/developers/docs/topics/rate-limits
func (r route) bucketOf(req *http.Request) string {
	return strings.Join([]string{r.name(), req.PathValue("channel"), req.PathValue("guild"), req.PathValue("token")}, " ")
}

// global is the bucket of everything.
const global = "global"

// checkWait records a request that came before the end of the wait that an earlier
// 429 asked for.
func (s *Server) checkWait(r route, req *http.Request, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.bucketOf(req)
	if at.Before(s.until[key]) || !r.open && at.Before(s.until[global]) {
		s.tooSoon++
		s.violate("%s: sent before the end of the wait that a 429 asked for", r.name())
	}
}

// admitted takes a request off its bucket and sets the headers that say so. The
// error is the 429 when the bucket is empty.
func (s *Server) admitted(r route, req *http.Request, at time.Time, h http.Header) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.bucketOf(req)
	allowed, enforced := s.limits[r.name()]
	if !enforced {
		allowed = usual
	}
	b := s.buckets[key]
	if b == nil || at.After(b.reset) {
		b = &bucket{left: allowed.n, reset: at.Add(allowed.per)}
	}
	if enforced {
		s.buckets[key] = b
	}
	over := b.left == 0
	switch {
	case !over:
		if b.left--; b.left == 0 {
			b.emptied = at
		}
	case at.Sub(b.emptied) > s.cfg.onTheWay:
		s.violate("%s: sent although X-RateLimit-Remaining was 0", r.name())
	}
	b.headers(h, allowed, r.name(), at)
	if !over {
		return nil
	}
	wait := b.reset.Sub(at).Truncate(time.Millisecond) + time.Millisecond
	s.until[key] = b.reset
	setRetry(h, wait, false)
	return &apiError{status: 429, message: "You are being rate limited.", retry: wait}
}

func (b *bucket) headers(h http.Header, allowed limit, name string, at time.Time) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(allowed.n))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.left))
	h.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(b.reset.UnixMilli())/1000))
	h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", b.reset.Sub(at).Seconds()))
	h.Set("X-RateLimit-Bucket", fmt.Sprintf("%x", len(name))+strings.Map(letters, name))
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

func setRetry(h http.Header, wait time.Duration, everywhere bool) {
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	h.Set("X-RateLimit-Scope", "user")
	if everywhere {
		h.Set("X-RateLimit-Global", "true")
		h.Set("X-RateLimit-Scope", "global")
	}
}

// limited remembers the wait that a fault asks for.
func (s *Server) limited(r route, req *http.Request, f Fault) {
	if f.Status != http.StatusTooManyRequests || f.RetryAfter == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.bucketOf(req)
	if f.Global {
		key = global
	}
	s.until[key] = time.Now().Add(f.Delay + f.RetryAfter)
}

// TooSoon counts the requests that came before the end of the wait that a 429 had
// asked for.
func (s *Server) TooSoon() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tooSoon
}

// count counts an answer that Discord holds against a bot: after 10,000 of them in
// ten minutes it bans the bot's address.
// Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
func (s *Server) count(status int) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		s.mu.Lock()
		s.invalid++
		s.mu.Unlock()
	}
}

// InvalidRequests counts the answers 401, 403 and 429, of which Discord allows
// 10,000 in ten minutes.
func (s *Server) InvalidRequests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.invalid
}
