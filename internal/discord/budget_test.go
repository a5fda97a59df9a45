package discord

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// openGate lets everybody pass.
type openGate struct{}

func (openGate) pass(context.Context, int) error { return nil }

// limitOf is a Discord that says so many are left, until they are back after a time.
type limitOf struct {
	mu    sync.Mutex
	left  int
	reset time.Time
	asked int
	err   error
}

func (l *limitOf) ask(context.Context) (api.StartLimit, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	l.refill()
	return api.StartLimit{Total: 1000, Remaining: l.left, ResetAfter: time.Until(l.reset), Concurrency: 1}, l.err
}

// spend counts an Identify.
func (l *limitOf) spend(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refill()
	if l.left--; l.left < 0 {
		t.Error("one session too many")
	}
}

func (l *limitOf) refill() {
	if !time.Now().Before(l.reset) {
		l.left, l.reset = 1000, l.reset.Add(24*time.Hour)
	}
}

// TestBudgetIsNeverOverdrawn has twenty shards that want to begin, in turn, and five
// sessions left. An Identify is counted a while after the turn. The others pass once
// the limit is reset.
func TestBudgetIsNeverOverdrawn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limit := &limitOf{left: 5, reset: time.Now().Add(time.Hour)}
		g := newBudget(newMemoryGate(time.Second), limit.ask, api.StartLimit{}, slog.New(slog.DiscardHandler))
		var passed atomic.Int32
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := g.pass(t.Context(), 0); err != nil {
					t.Error(err)
				}
				passed.Add(1)
				time.Sleep(10 * time.Second)
				limit.spend(t)
			})
		}
		time.Sleep(time.Hour - time.Second)
		if got := passed.Load(); got != 5 {
			t.Errorf("%d passed before the reset, want 5", got)
		}
		wg.Wait()
	})
}

// TestBudgetIsAskedForWhenOld counts the questions to Discord.
func TestBudgetIsAskedForWhenOld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limit := &limitOf{left: 900, reset: time.Now().Add(time.Hour)}
		g := newBudget(openGate{}, limit.ask, api.StartLimit{Remaining: 900}, slog.New(slog.DiscardHandler))
		for wait, asked := range map[time.Duration]int{0: 0, 10 * time.Minute: 1} {
			limit.asked, g.at = 0, time.Now()
			time.Sleep(wait)
			for range 3 {
				if err := g.pass(t.Context(), 0); err != nil {
					t.Error(err)
				}
			}
			if limit.asked != asked {
				t.Errorf("asked %d times after %v, want %d", limit.asked, wait, asked)
			}
		}
		limit.err, g.at = article.ErrUnavailable, time.Time{}
		if err := g.pass(t.Context(), 0); !errors.Is(err, article.ErrUnavailable) {
			t.Errorf("pass = %v without a limit that is known", err)
		}
	})
}

// TestBudgetEndsWithItsContext leaves while nothing may begin.
func TestBudgetEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limit := &limitOf{reset: time.Now().Add(time.Hour)}
		g := newBudget(openGate{}, limit.ask, api.StartLimit{}, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- g.pass(ctx, 0) }()
		synctest.Wait()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("pass = %v", err)
		}
		brief, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		if err := g.pass(brief, 0); !errors.Is(err, article.ErrUnavailable) {
			t.Errorf("pass = %v with less time than it takes", err)
		}
	})
}
