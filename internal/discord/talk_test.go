package discord_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/discordtest"
)

// said returns the questions that were asked before the last one.
func (h *house) said() []string {
	all := h.oracle.questions()
	var texts []string
	for _, turn := range all[len(all)-1].Conversation.Turns() {
		texts = append(texts, turn.Question)
	}
	return texts
}

// want compares what was said before the last question.
func (h *house) want(why string, said ...string) {
	h.t.Helper()
	if got := h.said(); !slices.Equal(got, said) {
		h.t.Errorf("%s: asked after %q, want %q", why, got, said)
	}
}

// TestFollowUps asks twice where a conversation goes on, each time in another place.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	thread, direct := h.general.Thread("tea"), h.DM(h.alice)
	ask := func(text string) func() *discordtest.Reply {
		return func() *discordtest.Reply {
			return h.Run(h.alice, h.general, "/ask", discordtest.Options{"question": text})
		}
	}
	replies := func(to *discordtest.Seen, text string) func() *discordtest.Reply {
		return func() *discordtest.Reply { return h.ReplyTo(h.bob, to.ID, text) }
	}
	var answer discordtest.Seen
	tests := map[string]struct{ first, second func() *discordtest.Reply }{
		"thread": {
			func() *discordtest.Reply { return h.mentions(h.alice, thread, "is it safe?") },
			func() *discordtest.Reply { return h.mentions(h.bob, thread, "who wrote that?") },
		},
		"direct messages": {
			func() *discordtest.Reply { return h.Say(h.alice, direct, "is it safe?") },
			func() *discordtest.Reply { return h.Say(h.alice, direct, "who wrote that?") },
		},
		"reply to an answer": {
			func() *discordtest.Reply { return h.mentions(h.alice, h.general, "is it safe?") },
			replies(&answer, "who wrote that?"),
		},
		"reply to a command's answer": {ask("is it safe?"), replies(&answer, "who wrote that?")},
		"command in a thread": {
			func() *discordtest.Reply {
				return h.Run(h.alice, h.general.Thread("more"), "/ask", discordtest.Options{"question": "is it safe?"})
			},
			replies(&answer, "who wrote that?"),
		},
	}
	for name, test := range tests {
		answer = h.answered(test.first())
		h.want(name + ", first")
		h.answered(test.second())
		h.want(name+", second", "is it safe?")
	}
}

// TestReplyChain reads a conversation along the replies to the bot, and each branch of
// it by itself.
func TestReplyChain(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	one := h.answered(h.mentions(h.alice, h.general, "one?"))
	two := h.answered(h.ReplyTo(h.alice, one.ID, "two?"))
	h.want("two", "one?")
	h.answered(h.ReplyTo(h.bob, one.ID, "other?"))
	h.want("the other branch", "one?")
	h.answered(h.ReplyTo(h.alice, two.ID, "three?"))
	h.want("three", "one?", "two?")
	h.answered(h.mentions(h.alice, h.general, "four?"))
	h.want("no reply")
}

// TestTalksAreApart: nobody elsewhere sees what was said, and what was said in private
// nobody sees.
func TestTalksAreApart(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	thread := h.general.Thread("tea")
	h.answered(h.mentions(h.alice, thread, "public?"))
	h.answered(h.Run(h.alice, thread, "/ask", discordtest.Options{"question": "private?", "private": true}))
	h.want("in private", "public?")
	h.answered(h.Say(h.alice, h.DM(h.alice), "direct?"))
	h.want("direct messages")
	for name, in := range map[string]*discordtest.Channel{"channel": h.general, "thread": h.general.Thread("coffee"), "other channel": h.adults} {
		h.answered(h.mentions(h.bob, in, "is it safe?"))
		h.want(name)
	}
	h.answered(h.Say(h.bob, h.DM(h.bob), "is it safe?"))
	h.want("another's direct messages")
	h.answered(h.mentions(h.bob, thread, "and then?"))
	h.want("the thread", "public?")
	thread.Delete()
}

// TestTalkEnds after a quarter of an hour, turn by turn, and has six turns.
func TestTalkEnds(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	thread := h.general.Thread("tea")
	for n := range 8 {
		h.answered(h.mentions(h.alice, thread, fmt.Sprintf("question %d?", n)))
		h.pass(time.Minute)
	}
	h.answered(h.mentions(h.alice, thread, "more?"))
	h.want("eight minutes later", "question 2?", "question 3?", "question 4?", "question 5?", "question 6?", "question 7?")
	h.pass(9 * time.Minute)
	h.answered(h.mentions(h.alice, thread, "and?"))
	h.want("those of the last quarter of an hour", "question 3?", "question 4?", "question 5?", "question 6?", "question 7?", "more?")
	h.pass(15 * time.Minute)
	h.answered(h.mentions(h.alice, thread, "again?"))
	h.want("a quarter of an hour later")
}

// TestStatedAgeStays with a conversation, also when nobody says it again, and when the
// message that said so is edited.
func TestStatedAgeStays(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	thread := h.general.Thread("tea")
	first := h.mentions(h.alice, thread, "I am 15, is it safe?")
	h.answered(first)
	h.Edit(h.alice, first.Asked, h.Mention()+" is it safe?")
	h.awaits(2)
	h.tally.done(t, "edit", 1)
	for n := range 9 {
		h.answered(h.mentions(h.alice, thread, fmt.Sprintf("question %d?", n)))
	}
	all := h.oracle.questions()
	for _, turn := range all[len(all)-1].Conversation.Turns() {
		if !turn.Minor {
			t.Errorf("%q: the age is forgotten", turn.Question)
		}
	}
	h.answered(h.mentions(h.alice, h.general, "is it safe?"))
	h.want("elsewhere")
}

// TestPrivacyForgetsTalks at once.
func TestPrivacyForgetsTalks(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	mine, theirs := h.general.Thread("mine"), h.general.Thread("theirs")
	h.answered(h.mentions(h.alice, mine, "mine?"))
	h.answered(h.Say(h.alice, h.DM(h.alice), "direct?"))
	h.answered(h.mentions(h.bob, theirs, "theirs?"))
	h.reads(h.Run(h.alice, h.general, "/privacy delete", nil))
	h.answered(h.mentions(h.bob, mine, "more?"))
	h.want("what alice said")
	h.answered(h.Say(h.alice, h.DM(h.alice), "more?"))
	h.want("what alice said directly")
	h.answered(h.mentions(h.bob, theirs, "more?"))
	h.want("what bob said", "theirs?")
}

const threadHint = "In this thread, please mention me or reply to me."

// TestThreadHint: without the intent the first answer in a thread says how to go on,
// also after it was redone; with it none does.
func TestThreadHint(t *testing.T) {
	t.Parallel()
	for _, content := range []bool{false, true} {
		h := open(t, content, nil)
		thread := h.general.Thread("tea")
		hints := func(why string, seen discordtest.Seen, want bool) {
			t.Helper()
			if got := strings.Contains(seen.Text(), threadHint); got != want && !content || got && content {
				t.Errorf("content %v, %s: hint %v", content, why, got)
			}
		}
		first := h.mentions(h.alice, thread, "is it safe?")
		hints("first", h.answered(first), true)
		h.Edit(h.alice, first.Asked, h.Mention()+" how long?")
		seen, err := first.Becomes(within(t, 5*time.Second), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "three minutes") })
		if err != nil {
			t.Fatal(err)
		}
		hints("redone", seen, true)
		hints("second", h.answered(h.mentions(h.bob, thread, "is it safe?")), false)
		hints("command, second", h.answered(h.Run(h.bob, thread, "/ask", discordtest.Options{"question": "is it safe?"})), false)
		hints("channel", h.answered(h.mentions(h.alice, h.general, "is it safe?")), false)
		h.pass(time.Hour)
		hints("an hour later", h.answered(h.mentions(h.bob, thread, "is it safe?")), true)
	}
}

// TestThreadNeedsNoMention when the bot reads messages and was asked there before. It
// is silent when it is not sure, and to what is no question.
func TestThreadNeedsNoMention(t *testing.T) {
	t.Parallel()
	h := open(t, true, nil)
	thread := h.general.Thread("tea")
	before := h.Say(h.bob, thread, "is it safe?")
	h.answered(h.mentions(h.alice, thread, "is it safe?"))
	after := h.Say(h.bob, thread, "and how long does it take?")
	contains(t, h.answered(after).Text(), "Wait for three minutes.")
	h.want("unasked", "is it safe?")
	statement := h.Say(h.bob, thread, "thanks, that is how long I waited.")
	h.heard(2)
	h.oracle.doubts(true)
	unsure := h.Say(h.bob, thread, "how long is it good for?")
	h.heard(3)
	h.oracle.doubts(false)
	h.pass(time.Hour)
	over := h.Say(h.bob, thread, "how long is it good for?")
	h.answered(h.mentions(h.alice, thread, "is it safe?"))
	for why, r := range map[string]*discordtest.Reply{"before": before, "no question": statement, "unsure": unsure, "an hour later": over} {
		h.none(r, why)
	}
	if got := h.oracle.questions(); slices.ContainsFunc(got, func(q answer.Question) bool { return strings.HasPrefix(q.Text, "thanks") }) {
		t.Error("a statement was looked up")
	}
}

// TestReplyWithoutPing: a reply to the bot with "@ off" can be read with the intent
// alone.
func TestReplyWithoutPing(t *testing.T) {
	t.Parallel()
	for _, content := range []bool{false, true} {
		h := open(t, content, nil)
		first := h.answered(h.mentions(h.alice, h.general, "is it safe?"))
		quiet := h.ReplyQuietly(h.alice, first.ID, "how long?")
		if content {
			contains(t, h.answered(quiet).Text(), "three minutes")
			h.want("quietly", "is it safe?")
		}
		contains(t, h.answered(h.ReplyTo(h.alice, first.ID, "how long?")).Text(), "three minutes")
		if !content {
			h.none(quiet, "nothing could be read")
		}
		// A reply to somebody else is not for the bot.
		h.none(h.ReplyTo(h.alice, h.Say(h.bob, h.general, "hello").Asked, "how long?"), "reply to bob")
	}
}
