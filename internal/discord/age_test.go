package discord_test

import (
	"strings"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// asksKind returns what a channel counts as, to a command and to a mention.
func (h *house) asksKind(in *discordtest.Channel) answer.Channel {
	h.t.Helper()
	h.oracle.forget()
	h.reads(h.Run(h.alice, in, "/ask", discordtest.Options{"question": "is it safe?"}))
	h.reads(h.mentions(h.alice, in, "is it safe?"))
	asked := h.oracle.questions()
	if asked[0].Channel != asked[1].Channel {
		h.t.Errorf("#%s: %v to a command, %v to a mention", in.Name, asked[0].Channel, asked[1].Channel)
	}
	return asked[0].Channel
}

// TestWhereItIsAgeRestricted follows what moderators change.
func TestWhereItIsAgeRestricted(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	thread, post := h.adults.Thread("tea"), h.guild.Forum("forum").Thread("post")
	want := func(why string, in *discordtest.Channel, want answer.Channel) {
		t.Helper()
		if got := h.asksKind(in); got != want {
			t.Errorf("%s: #%s is %v", why, in.Name, got)
		}
	}
	want("marked", h.adults, answer.AgeRestricted)
	want("its thread", thread, answer.AgeRestricted)
	want("not marked", h.general, answer.General)
	want("post of a forum that is not", post, answer.General)
	h.guild.Restrict(true)
	want("all of the guild", h.general, answer.AgeRestricted)
	want("all of the guild", post, answer.AgeRestricted)
	h.decide(library.Settings{AgePolicy: library.AgeNever})
	want("never", h.adults, answer.General)
	want("never", thread, answer.General)
	want("never", h.general, answer.General)
	h.decide(library.Settings{})
	h.guild.Restrict(false)
	want("not any more", h.general, answer.General)
	h.adults.Restrict(false)
	want("not any more", thread, answer.General)
	h.general.Restrict(true)
	want("marked now", h.general, answer.AgeRestricted)
}

// TestPointer: a command says in private where to ask; a mention says no more to all
// than that there is something, and shows it in private.
func TestPointer(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	closed := h.guild.AgeRestricted("closed")
	other := h.Guild("other").AgeRestricted("elsewhere")
	h.decide(library.Settings{AnswerChannels: []string{h.general.ID, h.adults.ID}})
	link := "<#" + h.adults.ID + ">"
	points := func(seen discordtest.Seen, links bool) {
		t.Helper()
		contains(t, seen.Text(), "only in an age-restricted channel")
		if !seen.Ephemeral || strings.Contains(seen.Text(), link) != links || strings.Contains(seen.Text(), closed.ID) || strings.Contains(seen.Text(), other.ID) {
			t.Errorf("private %v: %s", seen.Ephemeral, seen.Text())
		}
	}
	seen := h.reads(h.asks("which technique?"))
	points(seen, true)
	if len(seen.Buttons) > 0 {
		t.Errorf("buttons %q", labels(seen))
	}
	public := h.reads(h.mentions(h.alice, h.general, "which technique?"))
	contains(t, public.Text(), "I can tell you more in private")
	if strings.Contains(public.Text(), "restricted") || strings.Contains(public.Text(), link) {
		t.Errorf("everybody reads %q", public.Text())
	}
	points(h.clicks(h.bob, public, "Where can I ask?"), true)
	h.decide(library.Settings{AgePolicy: library.AgeNever})
	never := h.reads(h.asks("which technique?"))
	contains(t, never.Text(), "do not have the articles quoted on this")
	if !never.Ephemeral || strings.Contains(never.Text(), "<#") {
		t.Errorf("private %v: %s", never.Ephemeral, never.Text())
	}
}

// TestPromisedPointer: what was promised to all does not tell them what it is about.
func TestPromisedPointer(t *testing.T) {
	t.Parallel()
	h := open(t, false, func(c *discord.Config) { c.Timing.Fast = hasty().Fast })
	release := h.oracle.hold()
	r := h.asks("which technique?")
	h.promised(r)
	release()
	seen := h.reads(r)
	contains(t, seen.Text(), "I can tell you more in private")
	if seen.Ephemeral || strings.Contains(seen.Text(), "restricted") {
		t.Errorf("private %v: %s", seen.Ephemeral, seen.Text())
	}
	contains(t, h.clicks(h.alice, seen, "Where can I ask?").Text(), "only in an age-restricted channel", h.adults.ID)
}

// TestDisclaimerStays where the quote is veiled.
func TestDisclaimerStays(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	contains(t, h.reads(h.asks("is that technique a risk?")).Text(), disclaimer.Title, "only in an age-restricted channel")
	contains(t, h.reads(h.mentions(h.alice, h.general, "is that technique a risk?")).Text(), disclaimer.Title, "in private")
}

// TestDirectMessagesByConsent: a member agrees by a button, may take that back, and the
// policy has the last word.
func TestDirectMessagesByConsent(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	direct := h.DM(h.alice)
	const asksConsent, pointed = "unless you say that you are 18 or older", "only in an age-restricted channel"
	ask := func(by *discordtest.Member) discordtest.Seen {
		t.Helper()
		return h.reads(h.Say(by, h.DM(by), "which technique?"))
	}
	first := ask(h.alice)
	contains(t, first.Text(), asksConsent)
	agreed := h.clicks(h.alice, first, "I am 18 or older and want that")
	contains(t, agreed.Text(), "Done.")
	contains(t, ask(h.alice).Text(), "generally safe")
	contains(t, h.reads(h.Run(h.alice, direct, "/ask", discordtest.Options{"question": "which technique?"})).Text(), "generally safe")
	contains(t, ask(h.bob).Text(), asksConsent)
	contains(t, h.reads(h.asks("which technique?")).Text(), pointed) // not in a guild
	h.decide(library.Settings{AgePolicy: library.AgeNever})
	seen := ask(h.alice)
	contains(t, seen.Text(), pointed)
	if len(seen.Buttons) > 0 {
		t.Errorf("buttons %q", labels(seen))
	}
	h.decide(library.Settings{})
	h.clicks(h.alice, agreed, "Stop quoting them to me")
	contains(t, ask(h.alice).Text(), asksConsent)
}
