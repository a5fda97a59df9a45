package discord_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	modesk "verbatim/internal/discord/desk"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestCorrectByReply has moderators and members reply to an answer with the bot's name.
func TestCorrectByReply(t *testing.T) {
	t.Parallel()
	f, r, named := moderated(t)
	mod := f.Member("moderator").Give(named) // a message does not say what else its author may
	answer := f.reads(f.Say(f.alice, f.general, f.Mention()+" is it safe?"))
	for said, corrects := range map[string]bool{"": true, "wrong": true, "Correct this!": true, "is it wrong?": false} {
		seen := f.reads(f.ReplyTo(mod, answer.ID, f.Mention()+" "+said))
		if got := len(seen.Buttons) == 1 && seen.Buttons[0].Label == modesk.CommandCorrect; got != corrects {
			t.Errorf("a moderator says %q: %s", said, seen.Text())
		}
		if !corrects {
			continue
		}
		r.taken()
		f.reads(f.Click(mod, seen.ID, modesk.CommandCorrect))
		if uses := r.taken(); len(uses) != 1 || uses[0].Action != modesk.ActionCorrect || uses[0].On != answer.ID {
			t.Errorf("handed over: %+v", uses)
		}
		f.judge(t, r, who{"a member", f.Member("plain"), f.general, false}, "the button", f.reads(f.Click(f.alice, seen.ID, modesk.CommandCorrect)))
	}
	seen := f.reads(f.ReplyTo(f.alice, answer.ID, f.Mention()+" wrong"))
	if slices.ContainsFunc(seen.Buttons, func(b discordtest.Button) bool { return b.Label == modesk.CommandCorrect }) {
		t.Error("a member is offered to correct an answer")
	}
}

// marks is a discord.Marks in memory.
type marks struct {
	mu  sync.Mutex
	all map[string]string
}

// Mark implements discord.Marks.
func (m *marks) Mark(_ context.Context, guild, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.all[guild+name], nil
}

// SetMark implements discord.Marks.
func (m *marks) SetMark(_ context.Context, guild, name, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[guild+name] = value
	return nil
}

// SwapMark implements discord.Marks.
func (m *marks) SwapMark(context.Context, string, string, string, string) error { return nil }

// TestOwnersAreGreeted has the bot join a guild: its owner is told how to begin, once,
// and nobody is whose moderators have finished the checklist.
func TestOwnersAreGreeted(t *testing.T) {
	t.Parallel()
	kept := &marks{all: map[string]string{}}
	f := furnish(t, func(c *discord.Config) { c.Moderators, c.Marks = &recorder{}, kept })
	owner := f.Member("the owner")
	greetings := func() (n int) {
		for _, seen := range f.From(f.DM(owner), owner) {
			if strings.Contains(seen.Text(), "/settings setup") {
				n++
			}
		}
		return n
	}
	f.guild.OwnedBy(owner)
	f.restart()
	eventually(t, "the owner to be greeted", func() bool { return greetings() == 1 })
	f.restart()
	f.reads(f.Run(f.alice, f.general, "/help", nil))
	if greetings() != 1 {
		t.Errorf("greeted %d times", greetings())
	}
	kept.mu.Lock()
	clear(kept.all)
	kept.mu.Unlock()
	f.decide(library.Settings{Ready: true})
	f.restart()
	f.reads(f.Run(f.alice, f.general, "/help", nil))
	if greetings() != 1 {
		t.Error("greeted after the checklist")
	}
	closed := f.Member("closed")
	closed.CloseDMs()
	f.guild.OwnedBy(closed)
	f.decide(library.Settings{})
	f.restart()
	eventually(t, "the closed door to be remembered", func() bool {
		kept.mu.Lock()
		defer kept.mu.Unlock()
		return len(kept.all) == 1
	})
}

// TestMuted is told that there are no answers for now, gets cards, and is answered when
// the time is over.
func TestMuted(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.decide(library.Settings{Muted: []library.Mute{{Member: f.alice.ID, Until: time.Now().Add(time.Hour)}}})
	ask := func(question string) discordtest.Seen {
		return f.reads(f.Run(f.alice, f.general, "/ask", discordtest.Options{"question": question}))
	}
	if seen := ask("is it safe?"); strings.Contains(seen.Text(), "generally") {
		t.Errorf("answered while muted:\n%s", seen.Text())
	}
	contains(t, ask("I want to end it all").Text(), crisisCard.Title)
	f.decide(library.Settings{Muted: []library.Mute{{Member: f.alice.ID, Until: time.Now().Add(-time.Second)}}})
	contains(t, ask("is it safe?").Text(), "generally")
}

// TestNotReady wants nothing to be answered unasked before the checklist is finished.
func TestNotReady(t *testing.T) {
	t.Parallel()
	h := open(t, true, func(c *discord.Config) { limited(c) })
	h.decide(library.Settings{AutoChannels: []string{h.general.ID}})
	early := h.Say(h.alice, h.general, "is it safe?")
	h.reads(h.mentions(h.bob, h.general, "is it safe?"))
	h.none(early, "before the checklist")
	h.decide(library.Settings{Ready: true, AutoChannels: []string{h.general.ID}})
	h.reads(h.Say(h.alice, h.general, "is it safe?"))
}
