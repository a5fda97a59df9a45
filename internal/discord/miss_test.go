package discord_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// shortfall is a discord.Gaps in memory.
type shortfall struct {
	mu     sync.Mutex
	fail   error
	stuck  chan struct{} // when not nil, calls wait for it to be closed
	missed []library.Missed
	guilds []string
}

// Miss implements discord.Gaps.
func (s *shortfall) Miss(_ context.Context, guild string, m library.Missed) error {
	if s.stuck != nil {
		<-s.stuck
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.missed, s.guilds = append(s.missed, m), append(s.guilds, guild)
	}
	return s.fail
}

// texts returns what was kept.
func (s *shortfall) texts() (texts []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.missed {
		texts = append(texts, m.Text)
	}
	return texts
}

// gapped opens a house that keeps gaps, if it wants to.
func gapped(t *testing.T, gaps discord.Gaps, wants bool) *house {
	t.Helper()
	h := open(t, true, func(c *discord.Config) { c.Gaps = gaps })
	h.decide(library.Settings{Gaps: wants, Ready: true, AutoChannels: []string{h.adults.ID}})
	return h
}

// TestGapsAreKept redacted, of whoever asks the bot, without who asked, where and when.
func TestGapsAreKept(t *testing.T) {
	t.Parallel()
	gaps := &shortfall{}
	h := gapped(t, gaps, true)
	h.reads(h.asks("my name is Zora, an unknown brew at 5?"))
	h.tally.done(t, "gap", 1)
	said := h.reads(h.mentions(h.alice, h.general, "an unknown risk for <@81384788765712384>"))
	h.tally.done(t, "gap", 2)
	h.reads(h.ReplyTo(h.alice, said.ID, "and an unknown pot?"))
	h.tally.done(t, "gap", 3)
	want := []string{"my name is …, an unknown brew at …?", "an unknown risk for …", "and an unknown pot?"}
	if got := gaps.texts(); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Fatalf("kept %q, want %q", got, want)
	}
	ids := map[string]bool{}
	for i, m := range gaps.missed {
		ids[m.ID] = true
		if gaps.guilds[i] != h.guild.ID || !m.At.Equal(h.Now().UTC().Truncate(24*time.Hour)) {
			t.Errorf("%q was kept in %q at %v", m.Text, gaps.guilds[i], m.At)
		}
	}
	if len(ids) != len(want) || ids[""] {
		t.Errorf("kept as %v", ids)
	}
}

// TestGapsAreNotKept of what nobody asked the bot, what has an answer or is dangerous, of
// minors, in direct messages, and where the guild does not want it.
func TestGapsAreNotKept(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		wants   bool
		handler string
		ask     func(h *house) *discordtest.Reply
	}{
		"off":       {false, "ask", func(h *house) *discordtest.Reply { return h.asks("an unknown brew?") }},
		"answered":  {true, "ask", func(h *house) *discordtest.Reply { return h.asks("is it safe?") }},
		"withheld":  {true, "ask", func(h *house) *discordtest.Reply { return h.asks("which technique?") }},
		"minor":     {true, "ask", func(h *house) *discordtest.Reply { return h.asks("I am 15, an unknown brew?") }},
		"urgent":    {true, "ask", func(h *house) *discordtest.Reply { return h.asks("I have a fever, an unknown brew?") }},
		"crisis":    {true, "ask", func(h *house) *discordtest.Reply { return h.asks("I want to end it all, unknown") }},
		"direct":    {true, "mention", func(h *house) *discordtest.Reply { return h.Say(h.alice, h.DM(h.alice), "an unknown brew?") }},
		"of others": {true, "answer this", func(h *house) *discordtest.Reply { return h.lends("an unknown brew?") }},
		"in part":   {true, "ask", func(h *house) *discordtest.Reply { return h.asks("an unknown brew, in part?") }},
		"nothing":   {true, "ask", func(h *house) *discordtest.Reply { return h.asks("unknown@example.org") }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gaps := &shortfall{}
			h := gapped(t, gaps, test.wants)
			h.reads(test.ask(h))
			h.tally.done(t, test.handler, 1)
			if err := h.stop(); err != nil {
				t.Fatal(err)
			}
			if got := gaps.texts(); len(got) != 0 {
				t.Errorf("kept %q", got)
			}
		})
	}
}

// lends lets alice have a message of bob's answered, by its menu.
func (h *house) lends(text string) *discordtest.Reply {
	h.t.Helper()
	said := h.Say(h.bob, h.general, text)
	return h.Menu(h.alice, said.Asked, "Answer this")
}

// TestGapsAreNotKeptUnasked: nobody called the bot.
func TestGapsAreNotKeptUnasked(t *testing.T) {
	t.Parallel()
	gaps := &shortfall{}
	h := gapped(t, gaps, true)
	h.Say(h.alice, h.adults, "is there an unknown brew?")
	h.heard(1)
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	if got := gaps.texts(); len(got) != 0 || len(h.oracle.questions()) != 1 {
		t.Errorf("asked %v, kept %q", h.oracle.questions(), got)
	}
}

// TestAnEditIsNoOtherGap: the question is the same one, put in other words.
func TestAnEditIsNoOtherGap(t *testing.T) {
	t.Parallel()
	gaps := &shortfall{}
	h := gapped(t, gaps, true)
	r := h.mentions(h.alice, h.general, "an unknown brew?")
	h.reads(r)
	h.tally.done(t, "gap", 1)
	h.Edit(h.alice, r.Asked, h.Mention()+" an unknown pot?")
	h.tally.done(t, "edit", 1)
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	if got := gaps.texts(); len(got) != 1 {
		t.Errorf("kept %q", got)
	}
}

// TestNothingWaitsForGaps: an answer is as quick when they cannot be kept, and what is
// not kept is in no log.
func TestNothingWaitsForGaps(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	for name, gaps := range map[string]*shortfall{"stuck": {stuck: stuck}, "failing": {fail: errors.New("the disk is full")}} {
		t.Run(name, func(t *testing.T) {
			h := gapped(t, gaps, true)
			r := h.asks("an unknown brew?")
			contains(t, h.reads(r).Text(), "The articles do not answer that.")
			if r.Delay() > time.Second {
				t.Errorf("it took %v", r.Delay())
			}
			began := time.Now()
			if err := h.stop(); err != nil || time.Since(began) > 5*time.Second {
				t.Errorf("stopped after %v: %v", time.Since(began), err)
			}
			if strings.Contains(h.log.String(), "unknown brew") {
				t.Error("the question is in the log")
			}
		})
	}
}

// TestMembersAreToldOfGaps where the guild keeps them, and only there.
func TestMembersAreToldOfGaps(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ privacy, help string }{
		"en-US": {"One exception: on this server, questions that I cannot answer are kept for 30 days", "The moderators of this server see questions"},
		"de":    {"Eine Ausnahme: Auf diesem Server", "sieht die Moderation dieses Servers 30 Tage lang"},
		"es-ES": {"Una excepción: en este servidor", "La moderación de este servidor ve durante 30 días"},
		"fr":    {"sur ce serveur, les questions auxquelles", "La modération de ce serveur voit pendant 30 jours"},
		"pt-BR": {"Uma exceção: neste servidor", "A moderação deste servidor vê por 30 dias"},
	}
	for language, says := range tests {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			for name, kept := range map[string]bool{"kept": true, "not kept": false} {
				h := gapped(t, &shortfall{}, kept)
				eva := h.Member("eva").Speaks(language)
				read := func(in *discordtest.Channel, command string) string {
					return h.reads(h.Run(eva, in, command, nil)).Text()
				}
				if got := strings.Contains(read(h.general, "/privacy show"), says.privacy); got != kept {
					t.Errorf("%s: /privacy says so: %v", name, got)
				}
				if got := strings.Contains(read(h.general, "/help"), says.help); got != kept {
					t.Errorf("%s: /help says so: %v", name, got)
				}
				if strings.Contains(read(h.DM(eva), "/privacy show"), says.privacy) || strings.Contains(read(h.DM(eva), "/help"), says.help) {
					t.Errorf("%s: it is said of direct messages", name)
				}
			}
		})
	}
}
