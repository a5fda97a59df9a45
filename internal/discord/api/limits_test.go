package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// kept is how many limits are remembered.
func (l *limits) kept() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.until)
}

func exhausted(seconds string) answer {
	return answer{status: 200, body: `{"id":"1"}`, headers: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": seconds}}
}

// TestExhausted: what has nothing left is waited for, and nothing else.
func TestExhausted(t *testing.T) {
	post := func(channel string) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error {
			_, err := c.Post(ctx, channel, Message{Content: "x", Nonce: "n"})
			return err
		}
	}
	follow := func(token string) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error {
			_, err := c.FollowUp(ctx, "5", Ticket{"1", token}, Message{Content: "x"})
			return err
		}
	}
	tests := map[string]struct {
		first, second func(context.Context, *Client) error
		waits         bool
	}{
		"same channel":       {post("7"), post("7"), true},
		"another channel":    {post("7"), post("8"), false},
		"another route":      {post("7"), func(ctx context.Context, c *Client) error { return c.Delete(ctx, "7", "1") }, false},
		"same interaction":   {follow("a"), follow("a"), true},
		"other interactions": {follow("a"), follow("b"), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s, _ := scripted(exhausted("2.5"))
				if err := errors.Join(test.first(t.Context(), c), test.second(t.Context(), c)); err != nil {
					t.Fatal(err)
				}
				at := s.requests()[1].at
				if waited := at >= 2500*time.Millisecond; waited != test.waits || at > 2700*time.Millisecond {
					t.Errorf("the second was sent after %v", at)
				}
			})
		})
	}
}

// TestHeldBack: what cannot be sent in time is not sent, and the error comes at once.
func TestHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted(exhausted("30"))
		if err := repeated(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		err := repeated(t.Context(), c)
		e, _ := errors.AsType[*Error](err)
		if e == nil || !e.Held || e.RetryAfter != 30*time.Second || !strings.Contains(err.Error(), "not sent") {
			t.Errorf("error %v", err)
		}
		if time.Since(start) != 0 || len(s.requests()) != 1 {
			t.Errorf("it took %v and %d requests", time.Since(start), len(s.requests()))
		}
		time.Sleep(30 * time.Second)
		if err := repeated(t.Context(), c); err != nil {
			t.Errorf("after the reset: %v", err)
		}
	})
}

// TestGlobal: all routes wait but those of interactions. A 429 of the proxies before
// Discord is about the address, and is no different.
func TestGlobal(t *testing.T) {
	for name, limit := range map[string]answer{"JSON": globally("30"), "HTML": html(429, map[string]string{"Retry-After": "30"})} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s, _ := scripted(limit)
				if err := repeated(t.Context(), c); err == nil {
					t.Fatal("no error")
				}
				_, err := c.Channel(t.Context(), "9")
				if e, _ := errors.AsType[*Error](err); e == nil || !e.Held {
					t.Errorf("another route: %v", err)
				}
				_, err = c.Respond(t.Context(), ticket, Message{Content: "x"})
				if err := errors.Join(err, single(t.Context(), c), c.Retract(t.Context(), "5", ticket)); err != nil {
					t.Errorf("interactions: %v", err)
				}
				if n := len(s.requests()); n != 4 {
					t.Errorf("%d requests", n)
				}
			})
		})
	}
}

// TestSharedLimit: one resource is limited, and it is not held against the bot.
func TestSharedLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limited := tooMany("2")
		limited.headers["X-RateLimit-Scope"] = "shared"
		c, s, _ := scripted(limited)
		if err := repeated(t.Context(), c); err != nil || s.requests()[1].at < 2*time.Second {
			t.Errorf("%v, %v", err, s.requests())
		}
		if n, _ := c.guard.count(time.Now()); n != 1 {
			t.Errorf("%d invalid requests were counted", n-1)
		}
	})
}

// TestSpentTokens: 100,000 interactions, each of which had a limit of its own that was
// used up, leave nothing behind.
func TestSpentTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted()
		s.each = spent("0.5")
		most := 0
		for n := range 100_000 {
			if err := followUp(t.Context(), c, n); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
			most = max(most, c.limits.kept())
		}
		if most == 0 || most > 1600 { // half a second of them, and one until the next sweep
			t.Errorf("%d limits were kept at a time", most)
		}
		time.Sleep(2 * time.Second)
		if err := followUp(t.Context(), c, -1); err != nil || c.limits.kept() != 1 {
			t.Errorf("%v; %d limits are kept in the end", err, c.limits.kept())
		}
	})
}

func spent(seconds string) func(*http.Request) answer {
	a := exhausted(seconds)
	return func(*http.Request) answer { return a }
}

func followUp(ctx context.Context, c *Client, n int) error {
	_, err := c.FollowUp(ctx, "5", Ticket{"1", fmt.Sprintf("token-%d", n)}, Message{Content: "x"})
	return err
}

// BenchmarkSpentTokens reports the memory that is left of interactions whose tokens
// are never seen again, and how many limits are remembered for them.
func BenchmarkSpentTokens(b *testing.B) {
	c, s, _ := scripted()
	s.each = spent("0.01")
	before := heap()
	n := 0
	for b.Loop() {
		if err := followUp(b.Context(), c, n); err != nil {
			b.Fatal(err)
		}
		n++
	}
	time.Sleep(sweepEvery)
	if err := followUp(b.Context(), c, -1); err != nil { // it comes upon what is over
		b.Fatal(err)
	}
	b.ReportMetric(float64(c.limits.kept()), "kept")
	b.ReportMetric((heap()-before)/1024, "KiB-left")
}

func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// TestManyInvalid: a bot that is refused over and over slows down well before Discord
// bans its address, and what is not refused still works.
func TestManyInvalid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, logged := scripted()
		s.each = func(r *http.Request) answer {
			if strings.Contains(r.URL.Path, "/channels/7/") {
				return answer{status: 403, body: `{"message":"Missing Access","code":50001}`}
			}
			return answer{status: 200, body: `{"id":"1"}`}
		}
		start, n := time.Now(), 0
		for time.Since(start) < 10*time.Minute {
			if CodeOf(repeated(t.Context(), c)) == CodeMissingAccess {
				n++
			}
		}
		if n < invalidMany || n > 6500 {
			t.Errorf("%d invalid requests in ten minutes", n)
		}
		if _, err := c.Channel(t.Context(), "7"); err != nil {
			t.Errorf("another request: %v", err)
		}
		if lines := strings.Count(logged.String(), "slows down"); lines < 1 || lines > 10 {
			t.Errorf("%d log lines", lines)
		}
		time.Sleep(10 * time.Minute)
		if n, _ := c.guard.count(time.Now()); n != 1 {
			t.Errorf("ten minutes later %d are counted", n)
		}
	})
}
