package discord_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/internal/discord/discordtest"
)

// TestTooManyQuestions: with 1,024 questions in hand, one more is told so, and a card
// is shown all the same.
func TestTooManyQuestions(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil, discordtest.WithoutSchema())
	release := h.oracle.hold()
	const most = 1024
	var asked []*discordtest.Reply
	for n := range most {
		asked = append(asked, h.mentions(h.alice, h.general, fmt.Sprintf("question %d?", n)))
	}
	h.awaits(16)
	seen := h.reads(h.asks("is it safe?"))
	contains(t, seen.Text(), "Too many questions are waiting right now.")
	if !seen.Ephemeral {
		t.Error("everybody reads that there are too many questions")
	}
	contains(t, h.reads(h.mentions(h.bob, h.general, "I want to end it all")).Text(), crisisCard.Action)
	contains(t, h.reads(h.asks("I want to end it all")).Text(), crisisCard.Action)
	contains(t, h.reads(h.mentions(h.bob, h.general, "I have a fever")).Text(), urgentCard.Action)
	busy := h.mentions(h.bob, h.general, "is it safe?")
	contains(t, h.reads(h.asks("is it safe?")).Text(), "Too many questions") // events come in order
	release()
	for _, r := range asked {
		contains(t, h.reads(r).Text(), "generally safe")
	}
	h.none(busy, "too many questions")
	contains(t, h.reads(h.mentions(h.bob, h.general, "is it safe?")).Text(), "generally safe")
}

// TestEventsComeTwice and are answered once.
func TestEventsComeTwice(t *testing.T) {
	t.Parallel()
	h := open(t, true, nil)
	for _, r := range []*discordtest.Reply{h.asks("is it safe?"), h.mentions(h.alice, h.general, "is it safe?"), h.Say(h.alice, h.DM(h.alice), "is it safe?")} {
		h.Replay(r)
		h.reads(r)
	}
	h.reads(h.mentions(h.alice, h.general, "is it safe?"))
	if n := len(h.oracle.questions()); n != 4 {
		t.Errorf("asked %d times", n)
	}
}

// TestHandlersAreCounted by name and timed.
func TestHandlersAreCounted(t *testing.T) {
	t.Parallel()
	h := open(t, true, nil)
	r := h.mentions(h.alice, h.general, "ask panics")
	h.reads(r)
	h.Edit(h.alice, r.Asked, h.Mention()+" how long?")
	h.becomes(r, "three minutes")
	h.Delete(h.alice, r.Asked)
	h.vanishes(r)
	h.reads(h.asks("screen panics"))
	h.reads(h.Run(h.alice, h.general, "/help", nil))
	for _, name := range []string{"mention", "edit", "deletion", "ask", "help"} {
		h.tally.done(t, name, 1)
		if _, fell := h.tally.count(name); fell > 0 {
			t.Errorf("%s panicked", name)
		}
	}
	if !strings.Contains(h.log.String(), "a handler panicked") {
		t.Error("panics are not logged")
	}
	if strings.Contains(h.log.String(), "ask panics") {
		t.Error("the log holds what a member wrote")
	}
}
