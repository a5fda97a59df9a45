package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is what befalls one request, see [Server.Break]. The usual ones have a
// constructor: [Unavailable], [ProxyLimit], [Wait], [WaitEverywhere], [SlowRequest],
// [SlowReply], [CutBefore], [CutAfter] and [CutWithin].
type Fault struct {
	Status     int           // answered instead of processing the request
	RetryAfter time.Duration // with status 429: what it asks for, and the bot has to wait
	Global     bool          // with status 429: all routes are meant
	HTML       bool          // the body is HTML, as from the proxies before Discord

	Arrives time.Duration // how much later the request arrives
	Delay   time.Duration // how much later the answer leaves

	Cut  bool // the connection is reset, and the request was not processed
	Lost bool // the request is processed, and the connection reset instead of an answer
	Torn bool // the request is processed, and the connection reset in the midst of the answer
}

// Unavailable is an answer 503.
func Unavailable() Fault { return Fault{Status: http.StatusServiceUnavailable} }

// ProxyLimit is an answer 429 in HTML, without any time, as Cloudflare gives it.
func ProxyLimit() Fault { return Fault{Status: http.StatusTooManyRequests, HTML: true} }

// Wait is an answer 429 that asks for a wait. A request to the route before the end
// of it is a violation.
func Wait(d time.Duration) Fault {
	return Fault{Status: http.StatusTooManyRequests, RetryAfter: d}
}

// WaitEverywhere is [Wait] for all routes (the global limit).
func WaitEverywhere(d time.Duration) Fault {
	return Fault{Status: http.StatusTooManyRequests, RetryAfter: d, Global: true}
}

// SlowRequest lets a request take so long to arrive. A callback may be too late by it.
func SlowRequest(d time.Duration) Fault { return Fault{Arrives: d} }

// SlowReply processes a request at once, and lets the answer take so long.
func SlowReply(d time.Duration) Fault { return Fault{Delay: d} }

// CutBefore resets the connection before the request is processed.
func CutBefore() Fault { return Fault{Cut: true} }

// CutAfter processes the request and resets the connection without an answer.
func CutAfter() Fault { return Fault{Lost: true} }

// CutWithin processes the request and resets the connection after half of the answer.
func CutWithin() Fault { return Fault{Torn: true} }

// Times is the fault n times over, for [Server.Break].
func (f Fault) Times(n int) []Fault { return slices.Repeat([]Fault{f}, n) }

// broken is the faults that wait for the requests of a route, or of all routes with
// a prefix.
type broken struct {
	route   string
	waiting []Fault
}

func (b broken) meets(name string) bool {
	prefix, many := strings.CutSuffix(b.route, "*")
	return b.route == name || many && strings.HasPrefix(name, prefix)
}

// Break lets the next requests to a route meet faults, one a request. A route is
// written as in Discord's documentation, with the placeholders of this package:
// "POST /channels/{channel}/messages". With a star at the end every route is meant
// that begins so: "POST /channels/*", or "*" for all. What was broken first is met
// first.
func (s *Server) Break(route string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := broken{route, slices.Clone(faults)}
	if !anyRoute(b.meets) {
		s.t.Errorf("discordtest: no route %q", route)
	}
	s.faults = append(s.faults, b)
}

// anyRoute reports whether the name of a route fits.
func anyRoute(fits func(name string) bool) bool {
	return slices.ContainsFunc(restRoutes(), func(r route) bool { return fits(r.name()) })
}

// Mend takes back what [Server.Break] asked for and no request has met.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault returns the next fault of a route; the zero Fault is none.
func (s *Server) takeFault(r route) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.faults, func(b broken) bool { return len(b.waiting) > 0 && b.meets(r.name()) })
	if at < 0 {
		return Fault{}
	}
	fault := s.faults[at].waiting[0]
	s.faults[at].waiting = s.faults[at].waiting[1:]
	return fault
}

// pause waits and reports whether the client is still there.
func pause(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// refuses reports whether the request is not processed at all.
func (f Fault) refuses() bool { return f.Cut || f.Status != 0 }

// provesNothing reports whether a bot that meets the fault cannot know what became of its
// request.
func (f Fault) provesNothing() bool {
	return f.Cut || f.Lost || f.Torn || f.Status == http.StatusInternalServerError || f.Status == http.StatusGatewayTimeout
}

// refuse answers with the fault instead of processing the request.
func (s *Server) refuse(r route, w http.ResponseWriter, req *http.Request, f Fault) {
	s.count(f.Status)
	s.limited(r, req, f)
	if !pause(req.Context(), f.Delay) {
		return
	}
	switch {
	case f.Cut:
		panic(http.ErrAbortHandler) // net/http's way to reset a connection
	case f.HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, "<html><body>error code: 1015</body></html>")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	message := http.StatusText(f.Status)
	if f.Status == http.StatusTooManyRequests {
		message = "You are being rate limited."
		setRetry(w.Header(), f.RetryAfter, f.Global)
	}
	w.WriteHeader(f.Status)
	_, _ = fmt.Fprintf(w, `{"message":%q,"retry_after":%g,"global":%t,"code":0}`, message, f.RetryAfter.Seconds(), f.Global)
}

// deliver answers a request that was processed, unless the answer is lost.
func (f Fault) deliver(w http.ResponseWriter, result any, err error) {
	status := statusOf(result, err)
	if !f.Lost && !f.Torn {
		reply(w, result, err)
		return
	}
	if f.Torn && status != http.StatusNoContent {
		if err != nil {
			result = refusal(err)
		}
		raw, _ := json.Marshal(result)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
		w.WriteHeader(status)
		_, _ = w.Write(raw[:len(raw)/2])
		_ = http.NewResponseController(w).Flush()
	}
	panic(http.ErrAbortHandler)
}
