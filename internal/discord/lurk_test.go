package discord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// listening is a bot that answers unasked in a channel and in a forum.
func listening(t *testing.T, content bool, change func(*discord.Config)) (h *house, forum *discordtest.Channel) {
	t.Helper()
	h = open(t, content, change)
	forum = h.guild.Forum("forum")
	h.decide(library.Settings{Ready: true, AutoChannels: []string{h.general.ID}, ForumChannels: []string{forum.ID}})
	return h, forum
}

// TestAnswersUnasked where the guild wants it, and nowhere else.
func TestAnswersUnasked(t *testing.T) {
	t.Parallel()
	h, forum := listening(t, true, nil)
	seen := h.answered(h.Say(h.alice, h.general, "is it safe?"))
	contains(t, seen.Text(), "generally safe")
	if len(seen.Pings) > 0 || seen.ReplyTo == "" {
		t.Errorf("pings %q, in reply to %q", seen.Pings, seen.ReplyTo)
	}
	h.answered(h.Say(h.alice, h.general.Thread("tea"), "is it safe?"))
	_, post := h.Post(h.alice, forum, "Tea", "is it safe?")
	h.answered(post)
	_, titled := h.Post(h.alice, forum, "Is tea safe?", "see title")
	h.answered(titled)
	h.none(h.Say(h.alice, h.adults, "is it safe?"), "another channel")
	h.none(h.Say(h.alice, h.guild.Forum("other").Thread("post"), "is it safe?"), "another forum")
	h.answered(h.mentions(h.alice, h.general, "is it safe?"))
	if got := len(h.oracle.questions()); got != 5 {
		t.Errorf("asked %d times", got)
	}
}

// TestNothingUnaskedWithoutTheIntent: there is nothing to be read.
func TestNothingUnaskedWithoutTheIntent(t *testing.T) {
	t.Parallel()
	h, forum := listening(t, false, nil)
	r := h.Say(h.alice, h.general, "is it safe?")
	_, post := h.Post(h.alice, forum, "Tea", "is it safe?")
	h.answered(h.mentions(h.alice, h.general, "is it safe?"))
	h.none(r, "auto channel")
	h.none(post, "forum")
	if ended, _ := h.tally.count("overheard"); ended != 0 {
		t.Errorf("%d messages were overheard", ended)
	}
}

// TestMergesQuickMessages of one member, and not those of others.
func TestMergesQuickMessages(t *testing.T) {
	t.Parallel()
	h, forum := listening(t, true, func(c *discord.Config) { c.Timing.Settle = 300 * time.Millisecond })
	one, two, other := h.Say(h.alice, h.general, "I drink tea."), h.Say(h.alice, h.general, "is it safe?"), h.Say(h.bob, h.general, "how long?")
	three := h.Say(h.alice, h.general, "for my mother")
	h.reads(three)
	h.reads(other)
	thread, post := h.Post(h.alice, forum, "Tea", "I drink tea.")
	more := h.Say(h.alice, thread, "is it safe?")
	stranger := h.Say(h.bob, thread, "is it safe?")
	h.reads(more)
	h.heard(6)
	var texts []string
	for _, q := range h.oracle.questions() {
		texts = append(texts, q.Text)
	}
	if got := strings.Join(texts, "|"); !strings.Contains(got, "I drink tea.\nis it safe?\nfor my mother") || !strings.HasSuffix(got, "I drink tea.\nis it safe?") || len(texts) != 3 {
		t.Errorf("asked %q", texts)
	}
	for why, r := range map[string]*discordtest.Reply{"the first": one, "the second": two, "the post": post, "a stranger": stranger} {
		h.none(r, why)
	}
}

// TestChangedWhileWaiting: an edit is taken in, and what is deleted is given up.
func TestChangedWhileWaiting(t *testing.T) {
	t.Parallel()
	h, _ := listening(t, true, func(c *discord.Config) { c.Timing.Settle = 300 * time.Millisecond })
	one, two := h.Say(h.alice, h.general, "is it sage?"), h.Say(h.alice, h.general, "for my mother")
	h.Edit(h.alice, one.Asked, "is it safe?")
	gone := h.Say(h.bob, h.general, "how long?")
	h.Delete(h.bob, gone.Asked)
	h.reads(two)
	h.heard(4)
	if got := h.oracle.questions(); len(got) != 1 || got[0].Text != "is it safe?\nfor my mother" {
		t.Errorf("asked %+v", got)
	}
	h.none(gone, "deleted")
}

// TestSilentUnasked where somebody who asked would get an answer of another kind.
func TestSilentUnasked(t *testing.T) {
	t.Parallel()
	h, _ := listening(t, true, nil)
	silent := map[string]func() *discordtest.Reply{
		"no question":  func() *discordtest.Reply { return h.Say(h.alice, h.general, "I like tea.") },
		"abstaining":   func() *discordtest.Reply { return h.Say(h.alice, h.general, "is it unknown?") },
		"restricted":   func() *discordtest.Reply { return h.Say(h.alice, h.general, "which technique is it?") },
		"out of reach": func() *discordtest.Reply { return h.Say(h.alice, h.general, "is it broken?") },
		"a panic":      func() *discordtest.Reply { return h.Say(h.alice, h.general, "is it that ask panics?") },
		"a moderator":  func() *discordtest.Reply { return h.Say(h.asMod(), h.general, "is it safe?") },
		"another bot":  func() *discordtest.Reply { return h.Say(h.OtherBot("robot"), h.general, "is it safe?") },
		"empty":        func() *discordtest.Reply { return h.Say(h.alice, h.general, "") },
	}
	for why, say := range silent {
		r := say()
		if why != "a moderator" && why != "another bot" && why != "empty" {
			h.asked++
			h.heard(h.asked)
		}
		h.none(r, why)
	}
	h.oracle.doubts(true)
	r := h.Say(h.alice, h.general, "is it safe?")
	h.heard(h.asked + 1)
	h.none(r, "not sure")
	if n := len(h.From(h.general, h.alice)); n != 0 {
		t.Errorf("the bot wrote %d messages", n)
	}
	contains(t, h.reads(h.Say(h.alice, h.general, "I have a fever")).Text(), urgentCard.Action)
}

// TestWhoWroteThat is answered in a thread that goes on, and to nobody elsewhere.
func TestWhoWroteThat(t *testing.T) {
	t.Parallel()
	h, forum := listening(t, true, nil)
	thread, post := h.Post(h.alice, forum, "Tea", "is it safe?")
	h.answered(post)
	contains(t, h.answered(h.Say(h.alice, thread, "and who wrote that?")).Text(), "Stephen Venneman")
	r := h.Say(h.alice, h.general, "who wrote that song?")
	h.heard(h.asked + 1)
	h.none(r, "nothing was said before")
}

// asMod makes mod a moderator as messages show it: by a role.
func (h *house) asMod() *discordtest.Member {
	const mayManageGuild = 1 << 5
	return h.mod.Give(h.guild.Role("mods", mayManageGuild))
}

// TestCardsUnasked come at once, also where nothing else is said.
func TestCardsUnasked(t *testing.T) {
	t.Parallel()
	tests := map[string]func(s *library.Settings, h *house){
		"auto channel": func(*library.Settings, *house) {},
		"paused":       func(s *library.Settings, _ *house) { s.Paused = true },
		"blocked":      func(s *library.Settings, h *house) { s.Blocked = []string{h.alice.ID} },
		"capped":       func(s *library.Settings, _ *house) { s.DailyCap = 1 },
	}
	for name, decide := range tests {
		h := open(t, true, func(c *discord.Config) { c.Timing.Settle = time.Hour })
		s := library.Settings{Ready: true, AutoChannels: []string{h.general.ID}}
		decide(&s, h)
		h.decide(s)
		h.Say(h.alice, h.general, "hello")
		seen := h.reads(h.Say(h.alice, h.general, "I want to end it all"))
		contains(t, seen.Text(), crisisCard.Action)
		if strings.Contains(seen.Text(), "end it all") || len(h.oracle.questions()) != 0 {
			t.Errorf("%s: %s", name, seen.Text())
		}
	}
}

// TestModeratorsHaveTheLastWord: the bot is silent once one of them has replied.
func TestModeratorsHaveTheLastWord(t *testing.T) {
	t.Parallel()
	t.Run("during the wait", func(t *testing.T) {
		t.Parallel()
		h, _ := listening(t, true, func(c *discord.Config) { c.Timing.Settle = time.Hour })
		r := h.Say(h.alice, h.general, "is it safe?")
		h.Say(h.asMod(), h.general, "yes")
		h.heard(1)
		h.none(r, "a moderator spoke")
	})
	t.Run("while the answer is made", func(t *testing.T) {
		t.Parallel()
		h, _ := listening(t, true, nil)
		release := h.oracle.hold()
		r := h.Say(h.alice, h.general, "is it safe?")
		h.awaits(1)
		h.Say(h.asMod(), h.general, "yes")
		h.reads(h.Run(h.bob, h.general, "/help", nil)) // events come in order
		release()
		h.heard(1)
		h.none(r, "a moderator spoke")
		h.reads(h.Say(h.alice, h.general, "how long?"))
	})
	t.Run("in a forum for good", func(t *testing.T) {
		t.Parallel()
		h, forum := listening(t, true, nil)
		thread, post := h.Post(h.alice, forum, "Tea", "is it safe?")
		h.answered(post)
		h.answered(h.Say(h.alice, thread, "how long?"))
		h.Say(h.asMod(), thread, "ask me")
		h.pass(2 * time.Hour)
		h.answered(h.mentions(h.alice, thread, "is it safe?"))
		r := h.Say(h.alice, thread, "how long?")
		h.answered(h.mentions(h.alice, thread, "is it safe?"))
		h.none(r, "a moderator spoke")
		_, other := h.Post(h.alice, forum, "Tea", "is it safe?")
		h.answered(other)
	})
}

// TestUnaskedCaps bound what is said in a channel and to a member; a silent bot takes
// nothing of a member's day.
func TestUnaskedCaps(t *testing.T) {
	t.Parallel()
	h, _ := listening(t, true, func(c *discord.Config) { c.Limits.Unasked = memory.Rate{Burst: 2, Every: time.Minute} })
	say := func(by *discordtest.Member, text string, want bool) {
		t.Helper()
		r := h.Say(by, h.general, text)
		h.asked++
		h.heard(h.asked)
		if got := r.Count() == 1; got != want {
			t.Errorf("%s says %q: answered %v", by.Name, text, got)
		}
	}
	for n := range 3 {
		say(h.Member(fmt.Sprint(n)), "is it safe?", n < 2)
	}
	h.pass(time.Minute)
	say(h.bob, "is it safe?", true)
	h.pass(time.Hour)
	h.decide(library.Settings{Ready: true, AutoChannels: []string{h.general.ID}, DailyCap: 1})
	say(h.alice, "is it unknown?", false)
	say(h.alice, "is it safe?", true)
	say(h.alice, "is it safe?", false)
	h.pass(24 * time.Hour)
	say(h.alice, "is it safe?", true)
}

// TestEditOfTheUnasked redoes an answer while there is one that is sure, and else
// removes it; what became a question by it is answered.
func TestEditOfTheUnasked(t *testing.T) {
	t.Parallel()
	h, _ := listening(t, true, nil)
	r := h.Say(h.alice, h.general, "is it safe?")
	h.reads(r)
	h.Edit(h.alice, r.Asked, "how long is it good for?")
	h.becomes(r, "three minutes")
	h.Edit(h.alice, r.Asked, "is it unknown?")
	h.vanishes(r)
	h.Edit(h.alice, r.Asked, "is it safe?")
	h.reads(r)
	h.Edit(h.alice, r.Asked, "never mind.")
	h.vanishes(r)
}

// TestAutoChannelIsAChosenOne: who wants answers unasked wants those that are asked for.
func TestAutoChannelIsAChosenOne(t *testing.T) {
	t.Parallel()
	h := open(t, true, nil)
	h.decide(library.Settings{Ready: true, AnswerChannels: []string{h.adults.ID}, AutoChannels: []string{h.general.ID}})
	h.reads(h.Say(h.alice, h.general, "is it safe?"))
	contains(t, h.reads(h.asks("is it safe?")).Text(), "generally safe")
}
