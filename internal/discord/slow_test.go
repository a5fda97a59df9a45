package discord_test

import (
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

const callbackRoute = "POST /interactions/{id}/{token}/callback"

// TestSlowCallback has a slow way to Discord, and a callback of which nobody says that
// it came: a member whose client shows a promise gets what was promised, and one whose
// client shows a failure is promised nothing.
func TestSlowCallback(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault discordtest.Fault
		lost  bool // it is too late for Discord
	}{
		"sent for 2 s":              {discordtest.SlowRequest(2 * time.Second), false},
		"sent for 3.1 s":            {discordtest.SlowRequest(3100 * time.Millisecond), true},
		"acknowledged in 2.9 s":     {discordtest.SlowReply(2900 * time.Millisecond), false},
		"acknowledged in 3.1 s":     {discordtest.SlowReply(3100 * time.Millisecond), false},
		"reset before it came":      {discordtest.CutBefore(), false},
		"reset after it came":       {discordtest.CutAfter(), false},
		"reset amid the reply":      {discordtest.CutWithin(), false},
		"refused for 30 s":          {discordtest.Wait(30 * time.Second), true},
		"refused in HTML, for 1 s":  {discordtest.ProxyLimit(), false},
		"refused for want of a bot": {discordtest.Unavailable(), false},
	}
	for name, test := range tests {
		for how, takes := range map[string]time.Duration{"at once": 0, "promised": 300 * time.Millisecond} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				w := start(t, hasty())
				w.oracle.take(takes)
				w.Break(callbackRoute, test.fault)
				r := w.asks("is it safe?")
				seen, err := r.Wait(within(t, 8*time.Second))
				if test.lost {
					if err == nil || r.Deferred() {
						t.Errorf("promised %v, answered %v, want neither", r.Deferred(), err == nil)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				contains(t, seen.Text(), "safe")
				if n := r.FollowUps(); n != 0 {
					t.Errorf("%d follow-ups beside the answer", n)
				}
			})
		}
	}
}
