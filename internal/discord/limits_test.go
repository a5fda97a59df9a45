package discord_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// told returns what the bot wrote to a member directly.
func (h *house) told(m *discordtest.Member) []string {
	var texts []string
	for _, seen := range h.From(h.DM(m), m) {
		texts = append(texts, seen.Text())
	}
	return texts
}

// limited lets a member ask twice, and then once a minute.
func limited(c *discord.Config) { c.Limits.Member = memory.Rate{Burst: 2, Every: time.Minute} }

// TestRateLimits tell who used a command in private when to ask again.
func TestRateLimits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*discord.Config)
		cap    int
		says   string
		wait   time.Duration
		others bool // are answered
	}{
		"member": {limited, 0, "a lot of questions in a short time. Please ask again in 1 minute", time.Minute, true},
		"guild": {
			func(c *discord.Config) { c.Limits.Guild = memory.Rate{Burst: 2, Every: 10 * time.Second} }, 0,
			"This server is asking a lot right now. Please ask again in 10 seconds", 10 * time.Second, false,
		},
		"day": {nil, 2, "as many questions as this server allows in a day. Please ask again in", 24 * time.Hour, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, test.change)
			h.decide(library.Settings{DailyCap: test.cap})
			for range 2 {
				contains(t, h.reads(h.asks("is it safe?")).Text(), "generally safe")
			}
			seen := h.reads(h.asks("is it safe?"))
			contains(t, seen.Text(), test.says)
			if !seen.Ephemeral {
				t.Error("everybody sees the notice")
			}
			contains(t, h.reads(h.asks("I want to end it all")).Text(), crisisCard.Action)
			contains(t, h.reads(h.mentions(h.alice, h.general, "I have a fever")).Text(), urgentCard.Action)
			other := h.reads(h.Run(h.bob, h.general, "/ask", discordtest.Options{"question": "is it safe?"}))
			if got := strings.Contains(other.Text(), "generally safe"); got != test.others {
				t.Errorf("another member is answered: %v", got)
			}
			h.pass(test.wait)
			contains(t, h.reads(h.asks("is it safe?")).Text(), "generally safe")
		})
	}
}

// TestToldOnceDirectly: a message that is too much gets no reply, and its author one
// direct message until they were quiet for a while.
func TestToldOnceDirectly(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cap   int
		says  string
		quiet time.Duration
	}{
		"rate": {0, "in a short time", time.Hour},
		"day":  {2, "in a day", 24 * time.Hour},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, func(c *discord.Config) {
				if test.cap == 0 {
					limited(c)
				}
			})
			h.decide(library.Settings{DailyCap: test.cap})
			ask := func() *discordtest.Reply {
				t.Helper()
				r := h.mentions(h.alice, h.general, "is it safe?")
				h.asked++
				h.tally.done(t, "mention", h.asked)
				return r
			}
			for round := 1; round <= 2; round++ {
				ask()
				ask()
				for range 3 {
					h.none(ask(), "too much")
				}
				told := h.told(h.alice)
				if len(told) != round || !strings.Contains(told[round-1], test.says) || !strings.Contains(told[round-1], "Please ask again in") {
					t.Fatalf("%d: told %q", round, told)
				}
				h.pass(test.quiet)
			}
		})
	}
}

// TestToldOnceInSpite of questions that get through now and then.
func TestToldOnceInSpite(t *testing.T) {
	t.Parallel()
	h := open(t, false, limited)
	for n := range 9 {
		h.mentions(h.alice, h.general, "is it safe?")
		h.tally.done(t, "mention", n+1)
		h.pass(30 * time.Second)
	}
	if told := h.told(h.alice); len(told) != 1 {
		t.Errorf("told %q", told)
	}
}

// TestClosedDirectMessages are no fault.
func TestClosedDirectMessages(t *testing.T) {
	t.Parallel()
	h := open(t, false, limited)
	h.alice.CloseDMs()
	for n := range 4 {
		h.mentions(h.alice, h.general, "is it safe?")
		h.tally.done(t, "mention", n+1)
	}
	if log := h.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Error(log)
	}
	if n := len(h.From(h.general, h.alice)); n != 2 {
		t.Errorf("%d replies", n)
	}
}

// TestLimitsInDirectMessages are told there.
func TestLimitsInDirectMessages(t *testing.T) {
	t.Parallel()
	h := open(t, false, limited)
	for n := range 4 {
		h.Say(h.alice, h.DM(h.alice), "is it safe?")
		h.tally.done(t, "mention", n+1)
	}
	if told := h.told(h.alice); len(told) != 3 || !strings.Contains(told[2], "in a short time") {
		t.Errorf("told %q", told)
	}
}

// TestCardsAlways: whatever is wrong, and whoever is not wanted, a card is shown to a
// message and to a command.
func TestCardsAlways(t *testing.T) {
	t.Parallel()
	tests := map[string]func(h *house){
		"paused":             func(h *house) { h.decide(library.Settings{Paused: true}) },
		"blocked":            func(h *house) { h.decide(library.Settings{Blocked: []string{h.alice.ID}}) },
		"other channels":     func(h *house) { h.decide(library.Settings{AnswerChannels: []string{h.adults.ID}}) },
		"the ledger is down": func(h *house) { h.ledger.breaks(errors.New("down")) },
		"the ledger sticks":  func(h *house) { h.ledger.jam(h.t) },
		"the search sticks":  func(h *house) { h.oracle.hold() },
		"nothing is wrong":   func(*house) {},
	}
	for name, befalls := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, nil)
			befalls(h)
			seen := h.reads(h.asks("I want to end it all"))
			contains(t, seen.Text(), crisisCard.Action)
			public := h.reads(h.mentions(h.alice, h.general, "I want to end it all"))
			contains(t, public.Text(), crisisCard.Action)
			if !seen.Ephemeral || len(public.Pings) > 0 {
				t.Errorf("private %v, pings %q", seen.Ephemeral, public.Pings)
			}
		})
	}
}

// TestBlocked members are told so when they use a command, and hear nothing else.
func TestBlocked(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	h.decide(library.Settings{Blocked: []string{h.alice.ID}})
	r := h.mentions(h.alice, h.general, "is it safe?")
	seen := h.reads(h.asks("is it safe?"))
	contains(t, seen.Text(), "do not let you ask me")
	if !seen.Ephemeral {
		t.Error("everybody sees who is blocked")
	}
	contains(t, h.reads(h.mentions(h.bob, h.general, "is it safe?")).Text(), "generally safe")
	h.none(r, "blocked")
	if told := h.told(h.alice); len(told) != 0 {
		t.Errorf("told %q", told)
	}
}
