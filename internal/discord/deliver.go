package discord

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/memory"
)

// delivery is how an answer gets to Discord.
type delivery struct {
	via  string
	by   time.Time // until when it can be sent; zero for as long as it takes
	owed bool      // it was promised to somebody whom nobody else can answer any more
	once bool      // Discord takes one reply, whoever sends it
	redo string    // the record that it replaces, because the question was edited
	anew bool      // the question was edited, and had a reply before
	send func(context.Context, api.Message) (message string, err error)
}

// deliver sends an answer and records it: before it is sent, so that nobody else
// answers the question as well, but a card after, because nothing may keep it waiting.
// What may not be sent is held back, all but the cards in it and what is owed.
func (b *Bot) deliver(ctx context.Context, q asked, a answer.Answer, d delivery) {
	ctx, cancel := sending(ctx)
	defer cancel()
	within := ctx
	if !d.by.IsZero() {
		within, cancel = context.WithDeadline(ctx, d.by)
		defer cancel()
	}
	e := b.newEntry(q, a, d.redo)
	if a.Outcome != answer.CardOnly {
		if err := e.admits(ctx, within); err != nil {
			var left bool
			if a, left = b.heldBack(q, a, d, err); !left {
				return
			}
		}
	}
	message, err := d.send(within, b.compose(q, a, e))
	if isGone(err) {
		b.log.Info("not answered: what was asked is gone", "via", d.via)
		e.takeBack(ctx)
		return
	}
	b.report(d.via, q, a, err)
	if err == nil {
		b.take(q, a, d) //nolint:contextcheck // what it keeps outlives the handler
		b.remember(q, a, message, e.posted.ID)
		e.complete(ctx, message)
	}
}

// take counts a question that was replied to, and keeps it if it is a gap. Neither an
// edit nor sharing an answer makes another question of it.
func (b *Bot) take(q asked, a answer.Answer, d delivery) {
	if d.anew || q.shared {
		return
	}
	b.tally.answered(q.owner(), a)
	b.miss(q, a)
}

// errNoQuestion is what Discord says to a reply to a message that is gone.
const errNoQuestion = "REPLIES_UNKNOWN_MESSAGE"

// isGone reports whether something could not be sent because what it replies to was
// deleted, or all of the channel.
func isGone(err error) bool {
	e, ok := errors.AsType[*api.Error](err)
	return ok && (e.Code == api.CodeUnknownChannel ||
		slices.ContainsFunc(e.Fields, func(f string) bool { return strings.HasSuffix(f, errNoQuestion) }))
}

// remember keeps in memory what a conversation needs that goes on, and which message
// answers which question. What nobody else saw is no part of a conversation.
func (b *Bot) remember(q asked, a answer.Answer, message, id string) {
	if q.message && message != "" {
		b.replies.Put(q.id, memory.Reply{Message: message, Record: id, Channel: q.channel, Edited: q.edited})
	}
	if key := q.goesOn(message); key != "" && outcomeOf(a) != outcomeFailed {
		b.talks.Add(key, cmp.Or(q.talk, key), memory.Said{Question: q.id, By: q.asker(), Turn: answer.TurnOf(q.text, a)})
	}
}

// goesOn names the conversation that goes on after a reply: that of the thread or of
// direct messages, else one that begins at the reply. It is "" when nobody else saw it
// or its message is not known.
func (q asked) goesOn(message string) string {
	switch {
	case q.guild == "" || q.thread && !q.private:
		return q.talk
	case q.private || message == "":
		return ""
	}
	return memory.ReplyKey(message)
}

// heldBack returns what is left of an answer that may not be sent because of err, and
// whether there is anything: all of it when it is owed, or when Discord sees to it that
// nobody is answered twice, and else the cards.
func (b *Bot) heldBack(q asked, a answer.Answer, d delivery, err error) (answer.Answer, bool) {
	if d.owed || d.once && errors.Is(err, errElsewhere) {
		b.log.Warn("an answer is sent unrecorded", "shard", q.shard.id, "error", err)
		b.observe.LedgerFailed(err)
		return a, true
	}
	b.log.Info("not answered: "+err.Error(), "shard", q.shard.id)
	return cardsOf(a)
}

// outcomeFailed is the outcome of an apology, which is no answer.
const outcomeFailed = "failed"

func outcomeOf(a answer.Answer) string { return cmp.Or(string(a.Outcome), outcomeFailed) }

// report logs and counts what became of a question: nothing of its text and
// nobody's name.
func (b *Bot) report(via string, q asked, a answer.Answer, err error) {
	took := time.Since(q.received).Round(time.Millisecond)
	if err != nil {
		b.log.Error("reply not sent", "via", via, "outcome", outcomeOf(a), "tier", a.Tier, "took", took, "error", err)
		b.observe.Unsent(err)
		return
	}
	b.log.Info("replied", "via", via, "outcome", outcomeOf(a), "tier", a.Tier, "took", took)
	b.observe.Replied(outcomeOf(a), a.Tier, took)
	b.noteCard(q, a)
}
