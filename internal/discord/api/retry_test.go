package api

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
)

// The calls that differ in what may be repeated.
func repeated(ctx context.Context, c *Client) error {
	_, err := c.Post(ctx, "7", Message{Content: "x", Nonce: "n"})
	return err
}

func single(ctx context.Context, c *Client) error {
	_, err := c.FollowUp(ctx, "5", ticket, Message{Content: "x"})
	return err
}

func TestRetries(t *testing.T) {
	const most = 300 * time.Millisecond // of jitter and backoff
	dial := &url.Error{Op: "Post", URL: "https://discord.test", Err: &net.OpError{Op: "dial", Err: errReset}}
	tests := map[string]struct {
		answers    []answer
		call       func(context.Context, *Client) error
		sent       int
		after      time.Duration // when the last was sent, at the least
		want       error         // class
		wantStatus int
	}{
		"at once":                        {call: repeated, sent: 1},
		"429":                            {answers: []answer{tooMany("1.5")}, call: repeated, sent: 2, after: 1500 * time.Millisecond},
		"429 twice":                      {answers: []answer{tooMany("0.5"), tooMany("0.7")}, call: repeated, sent: 3, after: 1200 * time.Millisecond},
		"429 with a header alone":        {answers: []answer{html(429, map[string]string{"Retry-After": "2"})}, call: repeated, sent: 2, after: 2 * time.Second},
		"429 in HTML":                    {answers: []answer{html(429, nil)}, call: repeated, sent: 2, after: time.Second},
		"429 of all routes":              {answers: []answer{globally("2")}, call: repeated, sent: 2, after: 2 * time.Second},
		"429 with 30 s":                  {answers: []answer{tooMany("30")}, call: repeated, sent: 1, want: article.ErrUnavailable, wantStatus: 429},
		"429 with nonsense":              {answers: []answer{tooMany("-1")}, call: repeated, sent: 2, after: time.Second},
		"429 of a follow-up":             {answers: []answer{tooMany("1")}, call: single, sent: 2, after: time.Second},
		"503":                            {answers: []answer{{status: 503}, html(503, nil)}, call: repeated, sent: 3, after: 300 * time.Millisecond},
		"503 of a follow-up":             {answers: []answer{{status: 503}}, call: single, sent: 2, after: 100 * time.Millisecond},
		"502 of a follow-up":             {answers: []answer{html(502, nil)}, call: single, sent: 2, after: 100 * time.Millisecond},
		"500 of a follow-up":             {answers: []answer{{status: 500}}, call: single, sent: 1, want: article.ErrUnavailable, wantStatus: 500},
		"504 of a follow-up":             {answers: []answer{html(504, nil)}, call: single, sent: 1, want: article.ErrUnavailable, wantStatus: 504},
		"reset":                          {answers: []answer{{err: errReset}}, call: repeated, sent: 2, after: 100 * time.Millisecond},
		"reset of a follow-up":           {answers: []answer{{err: errReset}}, call: single, sent: 1, want: article.ErrUnavailable},
		"no connection for a follow-up":  {answers: []answer{{err: dial}}, call: single, sent: 2, after: 100 * time.Millisecond},
		"broken off":                     {answers: []answer{{status: 200, body: `{"id":`, cut: true}}, call: repeated, sent: 2, after: 100 * time.Millisecond},
		"half a reply":                   {answers: []answer{{status: 200, body: `{"id":`}}, call: repeated, sent: 2, after: 100 * time.Millisecond},
		"a follow-up's reply broken off": {answers: []answer{{status: 200, body: `{"id":`, cut: true}}, call: single, sent: 1, want: article.ErrUnavailable},
		"a refusal broken off":           {answers: []answer{{status: 403, body: `{"co`, cut: true}}, call: repeated, sent: 1, want: article.ErrInvalid, wantStatus: 403},
		"401":                            {answers: []answer{{status: 401, body: `{"message":"401: Unauthorized","code":0}`}}, call: repeated, sent: 1, want: article.ErrInvalid, wantStatus: 401},
		"404":                            {answers: []answer{{status: 404, body: `{"message":"Unknown Channel","code":10003}`}}, call: repeated, sent: 1, want: article.ErrNotFound, wantStatus: 404},
		"413":                            {answers: []answer{html(413, nil)}, call: repeated, sent: 1, want: article.ErrTooLarge, wantStatus: 413},
		"redirect":                       {answers: []answer{{status: 302, headers: map[string]string{"Location": "https://elsewhere.test"}}}, call: repeated, sent: 1, want: article.ErrInvalid, wantStatus: 302},
		"slow":                           {answers: []answer{{status: 200, body: `{"id":"1"}`, delay: 4900 * time.Millisecond}}, call: repeated, sent: 1},
		"too slow":                       {answers: []answer{{status: 200, body: `{"id":"1"}`, delay: 5100 * time.Millisecond}}, call: repeated, sent: 1, want: context.DeadlineExceeded},
		"a message without a nonce, and reset": {answers: []answer{{err: errReset}}, call: func(ctx context.Context, c *Client) error {
			_, err := c.Post(ctx, "7", Message{Content: "x"})
			return err
		}, sent: 1, want: article.ErrUnavailable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s, _ := scripted(test.answers...)
				err := test.call(t.Context(), c)
				if !errors.Is(err, test.want) {
					t.Errorf("error %v, want %v", err, test.want)
				}
				if e, _ := errors.AsType[*Error](err); test.wantStatus != 0 && (e == nil || e.Status != test.wantStatus) {
					t.Errorf("error %v, want status %d", err, test.wantStatus)
				}
				sent := s.requests()
				if len(sent) != test.sent {
					t.Fatalf("%d requests, want %d: %v", len(sent), test.sent, sent)
				}
				if at := sent[len(sent)-1].at; at < test.after || at > test.after+most {
					t.Errorf("the last was sent after %v, want %v", at, test.after)
				}
				if took := time.Since(s.start); took > 5*time.Second {
					t.Errorf("the call took %v", took)
				}
			})
		})
	}
}

// TestFaultWithoutEnd: the call ends by its own limit, and says what the fault was.
func TestFaultWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var always []answer
		for range 20 {
			always = append(always, answer{status: 503})
		}
		c, s, _ := scripted(always...)
		start := time.Now()
		err := repeated(t.Context(), c)
		if e, _ := errors.AsType[*Error](err); e == nil || e.Status != 503 {
			t.Errorf("error %v", err)
		}
		if n := len(s.requests()); n != maxAttempts || time.Since(start) > 5*time.Second {
			t.Errorf("%d requests in %v", n, time.Since(start))
		}
	})
}

// TestContextDecides: the caller's time is shorter than the client's.
func TestContextDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted(tooMany("3"))
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		err := repeated(ctx, c)
		if time.Since(start) != 0 || len(s.requests()) != 1 {
			t.Errorf("it took %v and %d requests", time.Since(start), len(s.requests()))
		}
		if e, _ := errors.AsType[*Error](err); e == nil || e.RetryAfter != 3*time.Second || e.Held {
			t.Errorf("error %v", err)
		}
	})
}

func TestCancelEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted(tooMany("4"))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		err := repeated(ctx, c)
		if err == nil || time.Since(start) != time.Second || len(s.requests()) != 1 {
			t.Errorf("%v after %v and %d requests", err, time.Since(start), len(s.requests()))
		}
	})
}

func TestCloseEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted(tooMany("4"))
		time.AfterFunc(time.Second, c.Close)
		start := time.Now()
		if err := repeated(t.Context(), c); err == nil || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		c.Close()
		if err := repeated(t.Context(), c); !errors.Is(err, article.ErrUnavailable) || len(s.requests()) != 1 {
			t.Errorf("after the end: %v, %d requests", err, len(s.requests()))
		}
	})
}

// TestUnsure says which errors leave open whether Discord did what it was asked for.
func TestUnsure(t *testing.T) {
	dial := &url.Error{Op: "Post", URL: "https://discord.test", Err: &net.OpError{Op: "dial", Err: errReset}}
	tests := map[string]struct {
		answer answer
		want   bool
	}{
		"reset":         {answer{err: errReset}, true},
		"broken off":    {answer{status: 200, body: `{"id":`, cut: true}, true},
		"too slow":      {answer{status: 200, body: `{}`, delay: time.Minute}, true},
		"500":           {answer{status: 500}, true},
		"504":           {html(504, nil), true},
		"no connection": {answer{err: dial}, false},
		"503":           {answer{status: 503}, false},
		"429":           {tooMany("30"), false},
		"404":           {answer{status: 404, body: `{"message":"Unknown interaction","code":10062}`}, false},
		"400":           {answer{status: 400, body: `{"message":"Invalid Form Body","code":50035}`}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s, _ := scripted()
				s.answers = slices.Repeat([]answer{test.answer}, maxAttempts)
				err := c.Promise(t.Context(), ticket, true)
				if err == nil || Unsure(err) != test.want {
					t.Errorf("Unsure(%v) = %v, want %v", err, Unsure(err), test.want)
				}
			})
		})
	}
	if Unsure(nil) {
		t.Error("unsure of what did not fail")
	}
}
