package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"verbatim/internal/article"
)

const (
	apiVersion  = "/api/v10"
	userAgent   = "DiscordBot (verbatim, 1)"
	maxReply    = 4 << 20
	maxAttempts = 4
)

// restClient sends REST requests. It is safe for concurrent use.
type restClient struct {
	base    *url.URL
	token   string
	http    *http.Client
	timeout time.Duration
}

func newRESTClient(base *url.URL, token string, timing Timing) *restClient {
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
		MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second,
	}
	refuse := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &restClient{base, token, &http.Client{Transport: transport, CheckRedirect: refuse}, timing.Request}
}

func (c *restClient) close() { c.http.CloseIdleConnections() }

// request is one call of the API. All of ours may be repeated: reads, whole
// replacements, callbacks (a second is refused) and messages with a nonce.
type request struct {
	method string
	path   string // below the API version
	route  string // the path without ids and tokens, for errors and logs
	body   any
	into   any // what the reply is decoded into, nil to drop it
}

// apiError is a refusal by Discord.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
type apiError struct {
	Status     int             `json:"-"`
	Code       int             `json:"code"`
	Message    string          `json:"message"`
	Errors     json.RawMessage `json:"errors"`
	RetryAfter float64         `json:"retry_after"` // seconds
	wait       time.Duration
}

func (e *apiError) Error() string {
	text := fmt.Sprintf("Discord says %d", e.Status)
	if e.Message != "" {
		text += fmt.Sprintf(": %s (%d)", e.Message, e.Code)
	}
	return text + string(e.Errors)
}

// Unwrap returns the error class.
func (e *apiError) Unwrap() error {
	switch {
	case e.Status == http.StatusNotFound:
		return article.ErrNotFound
	case e.transient():
		return article.ErrUnavailable
	}
	return article.ErrInvalid
}

func (e *apiError) transient() bool {
	return e.Status == http.StatusTooManyRequests || e.Status >= 500
}

// do sends a request and tries again after rate limits, server faults and broken
// connections, as long as ctx and the request's own deadline leave time for it.
func (c *restClient) do(ctx context.Context, r request) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	raw, err := encode(r.body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.method, r.route, err)
	}
	for attempt := 0; ; attempt++ {
		err = c.once(ctx, r, raw)
		if err == nil {
			return nil
		}
		wait, again := retryIn(err, attempt)
		if !again || !pause(ctx, wait) {
			return fmt.Errorf("%s %s: %w", r.method, r.route, err)
		}
	}
}

func encode(body any) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	return json.Marshal(body)
}

// retryIn says whether and when to try again after an error.
func retryIn(err error, attempt int) (time.Duration, bool) {
	if attempt+1 >= maxAttempts || !errors.Is(err, article.ErrUnavailable) {
		return 0, false
	}
	jitter := time.Duration(rand.Int64N(int64(100 * time.Millisecond)))
	var refused *apiError
	if errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests {
		return refused.wait + jitter, true
	}
	return 150*time.Millisecond<<attempt + jitter, true
}

// pause waits, unless ctx would be over before the wait is.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *restClient) once(ctx context.Context, r request, raw []byte) error {
	req, err := http.NewRequestWithContext(ctx, r.method, c.base.String()+apiVersion+r.path, bytes.NewReader(raw))
	if err != nil {
		return bare(err)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bot "+c.token)
	}
	req.Header.Set("User-Agent", userAgent)
	if raw != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", article.ErrUnavailable, bare(err))
	}
	defer func() { _ = resp.Body.Close() }()
	reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if err != nil {
		return fmt.Errorf("%w: %w", article.ErrUnavailable, bare(err))
	}
	if resp.StatusCode/100 != 2 {
		return refusal(resp, reply)
	}
	if r.into == nil {
		return nil
	}
	return json.Unmarshal(reply, r.into)
}

// bare takes the address out of an error, as it may hold an interaction's token.
func bare(err error) error {
	if withURL, ok := errors.AsType[*url.Error](err); ok {
		return withURL.Err
	}
	return err
}

// refusal reads an error, which is HTML when it comes from a proxy before Discord.
func refusal(resp *http.Response, reply []byte) error {
	e := new(apiError)
	if json.Unmarshal(reply, e) != nil {
		*e = apiError{}
	}
	e.Status = resp.StatusCode
	if e.RetryAfter == 0 {
		e.RetryAfter, _ = strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
	}
	if e.RetryAfter <= 0 || e.RetryAfter > 3600 {
		e.RetryAfter = 1
	}
	e.wait = time.Duration(e.RetryAfter * float64(time.Second))
	return e
}
