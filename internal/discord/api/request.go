package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"verbatim/internal/article"
)

// request is one call of the API.
type request struct {
	method string
	route  string   // the path as Discord documents it: for errors, logs and limits
	ids    []string // what stands for the placeholders of the route, in order
	query  string
	// major tells apart the rate limits of a route: a channel, or an interaction's
	// token. It is empty where the route has no such parameter.
	major string
	// interaction marks what an interaction's token authorises. It goes without the
	// bot's token, and is not subject to the global limit.
	// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
	interaction bool
	open        bool // needs no authorisation at all
	doubles     bool // may not be repeated when it may have been carried out
	body        body
	into        any // what the reply is decoded into, nil to drop it
}

// body is an encoded request body, empty when there is none.
type body struct {
	raw  []byte
	kind string // media type
}

// maxReply is more than any reply that is read: a list of commands in all languages.
const maxReply = 4 << 20

func jsonBody(value any) (body, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return body{}, fmt.Errorf("%w: encoding: %w", article.ErrInvalid, err)
	}
	return body{raw, "application/json"}, nil
}

func (r request) name() string { return r.method + " " + r.route }

func (r request) key() key { return key{r.name(), r.major} }

// path fills the placeholders of the route.
func (r request) path() string {
	var b strings.Builder
	rest := r.route
	for _, id := range r.ids {
		before, after, _ := strings.Cut(rest, "{")
		_, rest, _ = strings.Cut(after, "}")
		b.WriteString(before + url.PathEscape(id))
	}
	return b.String() + rest + r.query
}

// attempt sends a request a single time, and remembers what the reply says of limits.
func (c *Client) attempt(ctx context.Context, r request) error {
	if err := c.admit(ctx, r); err != nil {
		return err
	}
	req, err := c.compose(ctx, r)
	if err != nil {
		return c.broken(r, err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return c.broken(r, err)
	}
	defer resp.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if resp.StatusCode/100 != 2 {
		return c.refused(r, resp, reply) // what could be read of the reason is enough
	}
	c.limits.learn(r.key(), resp.Header, time.Now())
	if err != nil {
		return c.broken(r, err)
	}
	return c.decode(r, reply)
}

func (c *Client) compose(ctx context.Context, r request) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path(), bytes.NewReader(r.body.raw))
	if err != nil {
		return nil, err
	}
	if token := c.token(); token != "" && !r.interaction && !r.open {
		req.Header.Set("Authorization", "Bot "+token)
	}
	req.Header.Set("User-Agent", userAgent)
	if r.body.kind != "" {
		req.Header.Set("Content-Type", r.body.kind)
	}
	return req, nil
}

func (c *Client) decode(r request, reply []byte) error {
	if r.into == nil {
		return nil
	}
	if err := json.Unmarshal(reply, r.into); err != nil {
		return c.broken(r, fmt.Errorf("the reply cannot be read: %w", err))
	}
	return nil
}

// broken is a request that got no reply, or half of one. Discord may have carried it
// out all the same, unless unsent.
type broken struct {
	text   string // without addresses and tokens
	cause  error  // what ended it, where that is the caller's own context
	unsent bool   // no connection was made
}

// Error says what broke.
func (b *broken) Error() string { return b.text }

// Unwrap returns the error class, and the context's error if that was the cause.
func (b *broken) Unwrap() []error {
	if b.cause == nil {
		return []error{article.ErrUnavailable}
	}
	return []error{article.ErrUnavailable, b.cause}
}

func (c *Client) broken(r request, err error) error {
	if withURL, ok := errors.AsType[*url.Error](err); ok {
		err = withURL.Err // the address may hold an interaction's token
	}
	b := &broken{text: c.hide(r, err.Error())}
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			b.cause = end
		}
	}
	dial, ok := errors.AsType[*net.OpError](err)
	b.unsent = ok && dial.Op == "dial"
	return b
}

// hide takes the tokens of a request out of a text.
func (c *Client) hide(r request, text string) string {
	secrets := []string{c.token()}
	if r.interaction {
		secrets = append(secrets, r.major)
	}
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		text = strings.ReplaceAll(text, secret, "…")
		text = strings.ReplaceAll(text, url.PathEscape(secret), "…")
	}
	return text
}
