package discord_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
)

// went counts the sessions that were resumed.
func (w *walk) went() int {
	n := 0
	for _, r := range w.Resumes() {
		if r.Went {
			n++
		}
	}
	return n
}

// comesBack waits until the bot resumed, or identified, so many more times and is
// connected, and returns how long that took.
func (w *walk) comesBack(after func(), resumed, identified int) time.Duration {
	w.t.Helper()
	return w.comesBackWithin(patience, after, resumed, identified)
}

func (w *walk) comesBackWithin(bound time.Duration, after func(), resumed, identified int) time.Duration {
	w.t.Helper()
	connected := func() int { return strings.Count(w.log.String(), "msg=\"connected to Discord\"") }
	eventually(w.t, "the bot to be connected", func() bool { return connected() > 0 })
	went, identifies, began := w.went()+resumed, len(w.Identifies())+identified, time.Now()
	before := connected()
	after()
	eventuallyWithin(w.t, bound, "the bot to come back", func() bool {
		return w.went() >= went && len(w.Identifies()) >= identifies && connected() > before
	})
	took := time.Since(began)
	if got := len(w.Identifies()); got != identifies {
		w.t.Errorf("identified %d times, want %d", got, identifies)
	}
	return took
}

// TestComesBack breaks the gateway in the ways that a gateway breaks. The bot resumes
// where it can and begins a new session where not, in a bounded time, and never ends a
// session by its close code.
func TestComesBack(t *testing.T) {
	t.Parallel()
	type welcome = discordtest.Welcome
	op9 := func(resumable bool) welcome { return welcome{Then: 9, Resumable: resumable} }
	tests := map[string]struct {
		breakIt             func(*walk)
		resumed, identified int
		options             []discordtest.Option
	}{
		"closed with 1001":         {func(w *walk) { w.Drop(1001) }, 1, 0, nil},
		"closed with 4000":         {func(w *walk) { w.Drop(4000) }, 1, 0, nil},
		"session timed out":        {func(w *walk) { w.Drop(4009) }, 0, 1, nil},
		"sequence refused":         {func(w *walk) { w.Drop(4007) }, 0, 1, nil},
		"reset":                    {func(w *walk) { w.Reset() }, 1, 0, nil},
		"Op 7":                     {func(w *walk) { w.Reconnect() }, 1, 0, nil},
		"Op 7 right after RESUMED": {func(w *walk) { w.Welcome(welcome{Then: 7}); w.Reset() }, 2, 0, nil},
		"Op 7 after RESUMED, 4 times": {func(w *walk) {
			w.Welcome(welcome{Then: 7}, welcome{Then: 7}, welcome{Then: 7}, welcome{Then: 7})
			w.Reset()
		}, 5, 0, nil},
		"Op 7 before RESUMED":           {func(w *walk) { w.Welcome(welcome{Before: 7}); w.Reset() }, 2, 0, nil}, // it is resumed, without a word
		"Op 9, resumable":               {func(w *walk) { w.Invalidate(true) }, 1, 0, nil},
		"Op 9":                          {func(w *walk) { w.Invalidate(false) }, 0, 1, nil},
		"Op 9, resumable after RESUMED": {func(w *walk) { w.Welcome(op9(true)); w.Reset() }, 2, 0, nil},
		"Op 9 after RESUMED":            {func(w *walk) { w.Welcome(op9(false)); w.Reset() }, 1, 1, nil},
		"Op 9 for RESUMED":              {func(w *walk) { w.Welcome(welcome{Before: 9}); w.Reset() }, 0, 1, nil},
		"Op 9, resumable, for RESUMED":  {func(w *walk) { w.Welcome(welcome{Before: 9, Resumable: true}); w.Reset() }, 1, 0, nil},
		"Op 9 for READY":                {func(w *walk) { w.Welcome(welcome{Before: 9}, welcome{Before: 9}); w.Reset() }, 0, 2, nil},
		"Op 9 right after READY":        {func(w *walk) { w.Welcome(op9(false)); w.Drop(4009) }, 0, 2, nil},
		"the session has expired":       {func(w *walk) { w.Reset() }, 0, 1, []discordtest.Option{discordtest.SessionLife(-1)}},
		"no gateway for resuming":       {func(w *walk) { w.RefuseResume(100); w.Reset() }, 0, 1, nil},
		"refused three times":           {func(w *walk) { w.Refuse(3); w.Drop(4009) }, 0, 1, nil},
		"no Hello for RESUME":           {func(w *walk) { w.Welcome(welcome{Silent: true}); w.Reset() }, 0, 1, nil},
		"no Hello at all":               {func(w *walk) { w.Welcome(welcome{Silent: true}, welcome{Silent: true}); w.Drop(4009) }, 0, 1, nil},
		"closed at RESUME":              {func(w *walk) { w.Welcome(welcome{Close: 4000}); w.Reset() }, 1, 0, nil},
		"closed at RESUME, twice":       {func(w *walk) { w.Welcome(welcome{Close: 4000}, welcome{Close: 4000}); w.Reset() }, 0, 1, nil},
		"closed at Identify":            {func(w *walk) { w.Welcome(welcome{Close: 4000}); w.Drop(4009) }, 0, 2, nil},
		"Op 1 before READY":             {func(w *walk) { w.Welcome(welcome{Before: 1}); w.Drop(4009) }, 0, 1, nil},
		"GET /gateway is limited":       {func(w *walk) { w.Break("GET /gateway", discordtest.Fault{Status: 429, HTML: true}); w.Drop(4009) }, 0, 1, nil},
		"GET /gateway is down":          {func(w *walk) { w.Break("GET /gateway", discordtest.Fault{Status: 503}); w.Drop(4009) }, 0, 1, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, quick, test.options...)
			took := w.comesBack(func() { test.breakIt(w) }, test.resumed, test.identified)
			t.Logf("back after %v", took.Round(time.Millisecond))
			if took > 8*time.Second {
				t.Errorf("coming back took %v", took)
			}
			contains(t, w.reads(w.asks("is it safe?")).Text(), "safe")
			for _, c := range w.Closes() {
				if c.Code == 1000 || c.Code == 1001 {
					t.Errorf("connection %d was closed with %d, which ends the session", c.Connection, c.Code)
				}
			}
		})
	}
}

// TestComesBackInTime breaks the gateway with the pauses and the patience of the product.
func TestComesBackInTime(t *testing.T) {
	t.Parallel()
	type welcome = discordtest.Welcome
	tests := map[string]struct {
		breakIt             func(*walk)
		resumed, identified int
		bound               time.Duration
	}{
		"Op 7":                {func(w *walk) { w.Reconnect() }, 1, 0, 30 * time.Second},
		"Op 7 after RESUMED":  {func(w *walk) { w.Welcome(welcome{Then: 7}); w.Reconnect() }, 2, 0, 30 * time.Second},
		"cut":                 {func(w *walk) { w.Reset() }, 1, 0, 30 * time.Second},
		"Op 9":                {func(w *walk) { w.Invalidate(false) }, 0, 1, 40 * time.Second},
		"Op 9 for RESUMED":    {func(w *walk) { w.Welcome(welcome{Before: 9}); w.Reset() }, 0, 1, 40 * time.Second},
		"no Hello for RESUME": {func(w *walk) { w.Welcome(welcome{Silent: true}); w.Reset() }, 0, 1, time.Minute},
		"connections refused": {func(w *walk) { w.Refuse(2); w.Reset() }, 1, 0, time.Minute},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discord.Timing{}, discordtest.IdentifyWindow(5*time.Second))
			took := w.comesBackWithin(test.bound, func() { test.breakIt(w) }, test.resumed, test.identified)
			t.Logf("back after %v", took.Round(time.Millisecond))
		})
	}
}

// TestNothingIsLostOrDoubled asks while there is no connection, in each way to lose it
// that leaves the session: every question gets one reply.
func TestNothingIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	breaks := map[string]func(*walk){
		"cut":                func(w *walk) { w.Reset() },
		"closed":             func(w *walk) { w.Drop(4000) },
		"Op 7":               func(w *walk) { w.Reconnect() },
		"Op 7 after RESUMED": func(w *walk) { w.Welcome(discordtest.Welcome{Then: 7}); w.Reconnect() },
		"Op 9, resumable":    func(w *walk) { w.Invalidate(true) },
		"nothing is in reach": func(w *walk) { // for a moment, so the session is worth keeping
			w.RefuseResume(1)
			for range 20 {
				w.Break("GET /gateway", discordtest.Fault{Status: 503})
			}
			w.Reset()
		},
		"nothing is in reach for long": func(w *walk) {
			w.RefuseResume(5)
			w.Break("GET /gateway", discordtest.Unavailable().Times(60)...)
			w.Reset()
		},
	}
	for name, breakIt := range breaks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			timing := quick
			timing.Request = time.Second
			w := start(t, timing)
			var asked []*discordtest.Reply
			ask := func() { asked = append(asked, w.Say(w.alice, w.general, w.Mention()+" is it safe?")) }
			w.comesBack(func() {
				ask()
				breakIt(w)
				for range 5 {
					ask()
					time.Sleep(3 * time.Millisecond)
				}
			}, 1, 0)
			ask()
			for i, r := range asked {
				w.reads(r)
				if n := r.Count(); n != 1 {
					t.Errorf("question %d got %d replies", i, n)
				}
			}
		})
	}
}

// TestSilentGatewayIsNoticed has a gateway that stops talking without a word.
func TestSilentGatewayIsNoticed(t *testing.T) {
	t.Parallel()
	timing := quick
	timing.Silence, timing.Connect = 300*time.Millisecond, 20*time.Second // a busy machine may greet late
	w := start(t, timing)
	w.comesBack(func() {}, 2, 0)
}

// TestMissingACK has a gateway that is deaf to heartbeats: the connection is closed
// with a code that keeps the session, which is resumed.
func TestMissingACK(t *testing.T) {
	t.Parallel()
	w := start(t, quick, discordtest.Heartbeat(500*time.Millisecond))
	took := w.comesBack(func() {
		w.Acknowledge(false)
		eventually(t, "the bot to close the connection", func() bool { return len(w.Closes()) > 0 })
		w.Acknowledge(true)
	}, 1, 0)
	if took > 3*time.Second {
		t.Errorf("coming back took %v", took)
	}
	if c := w.Closes()[0]; c.Code != 4000 {
		t.Errorf("closed with %d, want 4000", c.Code)
	}
}

func TestHeartbeats(t *testing.T) {
	t.Parallel()
	w := start(t, quick, discordtest.Heartbeat(1500*time.Millisecond)) // which a busy machine may take to acknowledge
	eventually(t, "heartbeats", func() bool { return w.Heartbeats() >= 2 })
	before := w.Beats()
	w.AskHeartbeat()
	eventually(t, "the heartbeat that was asked for", func() bool { return w.Beats() > before })
	if got := len(w.Identifies()); got != 1 || len(w.Resumes()) != 0 {
		t.Errorf("identified %d times, resumed %v, want one connection", got, w.Resumes())
	}
}

// TestLeavesAtOnce ends the bot while it is connected and while it waits to try again.
func TestLeavesAtOnce(t *testing.T) {
	t.Parallel()
	for name, breakIt := range map[string]func(*walk){
		"connected": func(*walk) {},
		"in the pause before another attempt": func(w *walk) {
			w.Drop(4009)
			eventually(t, "the pause", func() bool { return strings.Contains(w.log.String(), "retry_in") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			timing := quick
			timing.Backoff, timing.MaxBackoff = time.Hour, time.Hour
			w := start(t, timing)
			breakIt(w)
			began := time.Now()
			if err := w.stop(); err != nil {
				t.Error(err)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("leaving took %v", took)
			}
			if name != "connected" {
				return
			}
			eventually(t, "the farewell", func() bool { return len(w.Closes()) == 1 })
			if c := w.Closes()[0]; c.Code != 1000 {
				t.Errorf("closed with %d, want 1000", c.Code)
			}
		})
	}
}

// TestCutWhileAnswering loses the gateway between the promise and the answer,
// which is sent over REST all the same.
func TestCutWhileAnswering(t *testing.T) {
	t.Parallel()
	w := start(t, hasty())
	w.oracle.take(600 * time.Millisecond)
	r := w.asks("is it safe?")
	w.promised(r)
	w.Reset()
	contains(t, w.reads(r).Text(), "safe")
}

func TestIntents(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	const guilds, guildMessages, directMessages = 1 << 0, 1 << 9, 1 << 12
	if got := w.Identifies()[0].Intents; got != guilds|guildMessages|directMessages {
		t.Errorf("intents = %b", got)
	}
}

// TestFatalCloseCodes expects one attempt and a sentence that says what to do.
func TestFatalCloseCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{4004: "token", 4010: "shard", 4011: "shard", 4012: "version", 4013: "intent", 4014: "intent"} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			s.Welcome(discordtest.Welcome{Close: code})
			bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL(), Timing: quick}, &oracle{})
			if err != nil {
				t.Fatal(err)
			}
			ctx := within(t, 10*time.Second)
			err = bot.Run(ctx)
			if ctx.Err() != nil {
				t.Error("Run went on until it was told to end")
			}
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), s.Token()) {
				t.Errorf("Run = %v, want an error about the %s", err, want)
			}
			if got := len(s.Identifies()); got != 1 {
				t.Errorf("identified %d times, want once", got)
			}
		})
	}
}

// TestFatalAtResume has the token reset while the bot is connected.
func TestFatalAtResume(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL(), Timing: quick}, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(within(t, 20*time.Second))
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	if err := s.Connected(ctx); err != nil {
		t.Fatal(err)
	}
	s.Welcome(discordtest.Welcome{Close: 4004})
	s.Reset()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("Run = %v, want an error about the token", err)
	}
}

// TestSessionsThatDoNotLast ends each session at once, on a day of which less than half
// is left: the pauses between two of them grow, to more than those between connections.
func TestSessionsThatDoNotLast(t *testing.T) {
	t.Parallel()
	timing := quick
	timing.Backoff, timing.MaxBackoff = 20*time.Millisecond, 20*time.Millisecond
	w := start(t, timing, discordtest.IdentifiesLeft(400))
	const rounds = 6
	w.Welcome(slices.Repeat([]discordtest.Welcome{{Then: 9}}, rounds)...)
	w.comesBack(func() { w.Drop(4009) }, 0, rounds+1)
	ids := w.Identifies()
	gap := func(i int) time.Duration { return ids[i].At.Sub(ids[i-1].At) }
	if last := gap(len(ids) - 1); last < 100*time.Millisecond {
		t.Errorf("the pause before Identify number %d was %v", len(ids), last)
	}
}

// TestDailyLimit has one Identify left in the day: when its session is over, the bot
// waits, and leaves at once when it is asked to.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	w := start(t, quick, discordtest.IdentifiesLeft(1))
	w.comesBack(func() { w.Reset() }, 1, 0) // costs none
	w.Drop(4009)
	eventually(t, "the bot to wait", func() bool { return strings.Contains(w.log.String(), "daily limit") })
	began := time.Now()
	if err := w.stop(); err != nil || time.Since(began) > time.Second {
		t.Errorf("leaving took %v: %v", time.Since(began), err)
	}
	if got := len(w.Identifies()); got != 1 {
		t.Errorf("identified %d times, want once", got)
	}
}
