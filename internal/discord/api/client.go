// Package api is Discord's REST interface as far as this program uses it: one
// sender, an endpoint a method, and the types that go over the wire. It exists so
// that what holds for every request is written once.
//
// Invariants:
//   - nothing that is sent can ping anybody;
//   - no call lasts longer than its context and [Options.Request] allow: a wait that
//     would is not begun, and the call returns at once;
//   - what Discord's rate limits forbid is not sent, and what is kept of them is kept
//     only while they do;
//   - a request that may have been carried out is repeated only where a repetition
//     does no harm;
//   - neither the bot's token nor that of an interaction is in any error or log line.
//
// Source: https://discord.com/developers/docs/reference
package api

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Options are what a client can be told. The zero value is of use.
type Options struct {
	// Request is how long one call may take, with all its waits and repetitions. The
	// zero value is five seconds.
	Request time.Duration
	// Log gets what an operator should know: limits that were met. Nil is silence.
	Log *slog.Logger
	// Transport carries the requests. Nil makes one of the client's own.
	Transport http.RoundTripper
}

// Client sends requests to Discord. It is safe for concurrent use, and starts no
// goroutine of its own.
type Client struct {
	base    string // the address with the version
	http    *http.Client
	request time.Duration
	log     *slog.Logger
	limits  *limits
	guard   *guard
	once    sync.Once
	closed  chan struct{}

	// A function, as a field would be shown wherever a client is printed.
	token func() string
}

const (
	version   = "/api/v10"
	userAgent = "DiscordBot (verbatim, 1)"
)

// New returns a client for the API under base, such as https://discord.com, which
// speaks as the bot with the token. An empty token sends no Authorization.
func New(base *url.URL, token string, o Options) *Client {
	transport := o.Transport
	if transport == nil {
		transport = ownTransport()
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	refuse := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{
		base:    strings.TrimSuffix(base.String(), "/") + version,
		http:    &http.Client{Transport: transport, CheckRedirect: refuse},
		request: cmp.Or(o.Request, 5*time.Second),
		log:     log,
		limits:  newLimits(),
		guard:   new(guard),
		closed:  make(chan struct{}),
		token:   func() string { return token },
	}
}

// ownTransport keeps few connections, and finds out by itself when one is dead: a
// connection of HTTP/2 would else take every request with it until TCP gives up.
func ownTransport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
		MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second,
		HTTP2: &http.HTTP2Config{SendPingTimeout: 10 * time.Second, PingTimeout: 5 * time.Second},
	}
}

// Close ends all waits and refuses further calls. Requests under way end by their
// own deadlines; connections are closed as soon as they are idle.
func (c *Client) Close() {
	c.once.Do(func() { close(c.closed) })
	c.http.CloseIdleConnections()
}
