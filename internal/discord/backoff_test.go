package discord

import (
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/gateway"
)

// TestPausesAreBounded loses connections again and again, with the pauses of the
// product. Connecting itself takes a moment, and an Identify its turn, [Timing.Identify]:
// with that, a shard is connected again within 30 seconds of Op 7 or a cut, 40 of an
// Op 9 and 60 of everything else, however often it was lost before.
func TestPausesAreBounded(t *testing.T) {
	t.Parallel()
	const most = 22 * time.Second
	lost := &gateway.EndError{Next: gateway.Resume, Err: article.ErrUnavailable}
	ended := &gateway.EndError{Next: gateway.Fresh, Err: article.ErrUnavailable}
	tests := map[string]struct {
		err        error
		session    bool // it is left
		identified bool
	}{
		"Op 7 or a cut":       {lost, true, false},
		"Op 9":                {ended, false, true},
		"no session comes":    {lost, false, true},
		"nothing is in reach": {lost, true, false},
		"REST is down":        {fmt.Errorf("GET /gateway: %w", article.ErrUnavailable), false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 20 { // pauses are random
				b := &Bot{timing: Timing{}.withDefaults(), gate: sessionsLeft(1000)}
				c := b.newConnector(&shard{}, nil)
				if test.session {
					c.sh.session.ID = "one"
				}
				for n := range 30 {
					c.identified = test.identified
					wait := c.pause(test.err)
					if wait <= 0 || wait > most {
						t.Fatalf("pause %d is %v, want at most %v", n, wait, most)
					}
				}
			}
		})
	}
}

// sessionsLeft is a budget of which so many of a day's thousand sessions are left.
func sessionsLeft(n int) *budget {
	return newBudget(openGate{}, nil, api.StartLimit{Total: 1000, Remaining: n}, nil)
}

// TestSessionsAreSaved begins sessions that do not last, for a day: the pauses grow so
// that fewer than the day's thousand are spent.
func TestSessionsAreSaved(t *testing.T) {
	t.Parallel()
	today := sessionsLeft(1000)
	b := &Bot{timing: Timing{}.withDefaults(), gate: today}
	c := b.newConnector(&shard{}, nil)
	for spent := time.Duration(0); spent < 24*time.Hour; today.left.Remaining-- {
		c.identified = true
		spent += c.pause(&gateway.EndError{Next: gateway.Fresh, Err: article.ErrUnavailable})
	}
	if today.left.Remaining < 100 {
		t.Errorf("%d sessions are left after a day", today.left.Remaining)
	}
}
