package api

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"verbatim/internal/article"
)

// What may be sent again. Most requests change nothing the second time: reads,
// deletions, whole replacements (PATCH and PUT carry all of what they set), the opening
// of a channel that is then open, callbacks (Discord refuses a second one), and
// messages with a nonce (Discord returns the first one). They are repeated after every
// fault. Follow-ups, which have no nonce, and messages without one would be there
// twice. They are repeated only after a reply that says that nothing was done, or when
// no connection was made.
const (
	maxAttempts = 6
	firstWait   = 100 * time.Millisecond
	maxJitter   = 100 * time.Millisecond
)

// do sends a request, and sends it again after rate limits, server faults and broken
// connections, as long as ctx and the client's own limit leave time for it.
func (c *Client) do(ctx context.Context, r request) error {
	ctx, cancel := context.WithTimeout(ctx, c.request)
	defer cancel()
	for n := 0; ; n++ {
		err := c.attempt(ctx, r)
		if err == nil {
			return nil
		}
		wait, again := r.again(err, n)
		if !again || c.pause(ctx, wait) != nil {
			return fmt.Errorf("%s: %w", r.name(), err)
		}
	}
}

// again says whether and when a request is sent again after its nth error, from 0.
func (r request) again(err error, n int) (time.Duration, bool) {
	refused, _ := errors.AsType[*Error](err)
	switch {
	case n+1 >= maxAttempts || !errors.Is(err, article.ErrUnavailable):
		return 0, false
	case refused != nil && refused.Held:
		return 0, false
	case r.doubles && !untouched(err):
		return 0, false
	case refused != nil && refused.Status == http.StatusTooManyRequests:
		return refused.RetryAfter + jitter(), true
	}
	return firstWait<<n + jitter(), true
}

// untouched reports whether an error proves that nothing was done: a rate limit, no
// instance of Discord that could have done it (502 and 503), or no connection. A 500,
// a 504 and a reply that broke off prove nothing.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#http-http-response-codes
func untouched(err error) bool {
	if b, ok := errors.AsType[*broken](err); ok {
		return b.unsent
	}
	refused, ok := errors.AsType[*Error](err)
	if !ok {
		return false
	}
	switch refused.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// Unsure reports whether Discord may have done what a call asked for although the call
// failed: its reply did not come, or proves nothing.
func Unsure(err error) bool {
	return errors.Is(err, article.ErrUnavailable) && !untouched(err)
}

// jitter keeps those who waited for the same thing from coming back together.
func jitter() time.Duration { return rand.N(maxJitter) }

var (
	errTooLong = errors.New("there is no time left to wait")
	errClosed  = fmt.Errorf("%w: the connection to Discord was closed", article.ErrUnavailable)
)

// pause waits. It fails at once when ctx would be over before the wait is.
func (c *Client) pause(ctx context.Context, d time.Duration) error {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return errTooLong
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closed:
		return errClosed
	}
}

// admit waits until a request may be sent.
func (c *Client) admit(ctx context.Context, r request) error {
	for {
		select {
		case <-c.closed:
			return errClosed
		default:
		}
		now := time.Now()
		wait := max(c.limits.wait(r.key(), r.interaction, now), c.guard.wait(now))
		if wait <= 0 {
			return nil
		}
		if err := c.pause(ctx, wait+jitter()); err != nil {
			return c.held(err, wait)
		}
	}
}

// held is the error of a request that was not sent.
func (c *Client) held(err error, wait time.Duration) error {
	if errors.Is(err, errTooLong) {
		return &Error{Status: http.StatusTooManyRequests, Held: true, RetryAfter: wait}
	}
	return fmt.Errorf("%w: held back by a rate limit: %w", article.ErrUnavailable, err)
}
