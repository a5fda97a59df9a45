package discord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
)

// TestComesBack breaks the gateway in the ways that a gateway breaks, and expects
// the bot to answer again.
func TestComesBack(t *testing.T) {
	t.Parallel()
	breaks := map[string]func(*walk){
		"closed with 1001":        func(w *walk) { w.Drop(1001) },
		"closed with 4000":        func(w *walk) { w.Drop(4000) },
		"session timed out":       func(w *walk) { w.Drop(4009) },
		"reset":                   func(w *walk) { w.Reset() },
		"asked to reconnect":      func(w *walk) { w.Reconnect() },
		"refused three times":     func(w *walk) { w.Refuse(3); w.Drop(1001) },
		"no Hello":                func(w *walk) { w.Welcome(discordtest.Welcome{Silent: true}); w.Drop(1001) },
		"closed at Identify":      func(w *walk) { w.Welcome(discordtest.Welcome{Close: 4000}); w.Drop(1001) },
		"heartbeat before READY":  func(w *walk) { w.Welcome(discordtest.Welcome{Before: 1}); w.Drop(1001) },
		"GET /gateway is limited": func(w *walk) { w.Break("GET /gateway", discordtest.Fault{Status: 429, HTML: true}); w.Drop(1001) },
		"GET /gateway is down":    func(w *walk) { w.Break("GET /gateway", discordtest.Fault{Status: 503}); w.Drop(1001) },
	}
	for name, breakIt := range breaks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, quick)
			before := len(w.Identifies())
			breakIt(w)
			if err := w.Identified(within(t, 15*time.Second), before+1); err != nil {
				t.Fatal(err)
			}
			if err := w.Connected(within(t, 15*time.Second)); err != nil {
				t.Fatal(err)
			}
			contains(t, w.reads(w.asks("is it safe?")).Text(), "safe")
		})
	}
}

// TestSilentGatewayIsNoticed has a gateway that stops talking without a word.
func TestSilentGatewayIsNoticed(t *testing.T) {
	t.Parallel()
	timing := quick
	timing.Silence = 300 * time.Millisecond
	w := start(t, timing)
	if err := w.Identified(within(t, 10*time.Second), 2); err != nil {
		t.Fatal(err)
	}
}

func TestHeartbeats(t *testing.T) {
	t.Parallel()
	w := start(t, quick, discordtest.Heartbeat(300*time.Millisecond))
	deadline := time.Now().Add(20 * time.Second)
	for w.Heartbeats() < 3 {
		if time.Now().After(deadline) {
			t.Fatal("no heartbeats")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if got := len(w.Identifies()); got != 1 {
		t.Errorf("identified %d times, want once", got)
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
			err = bot.Run(within(t, 10*time.Second))
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), s.Token()) {
				t.Errorf("Run = %v, want an error about the %s", err, want)
			}
			if got := len(s.Identifies()); got != 1 {
				t.Errorf("identified %d times, want once", got)
			}
		})
	}
}
