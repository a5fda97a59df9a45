package discord

import (
	"context"
	"errors"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// What becomes of a reply when its question is edited or deleted.

// editable is how long after it was written a message that had no answer may be made
// a question by editing it.
const editable = 10 * time.Minute

// onEdited hands an edited message to a worker. Discord also tells of messages that
// nobody edited, when a preview of an address was added.
func (b *Bot) onEdited(sh *shard, m *messageEvent) {
	if m.Edited == "" || !b.isHuman(m) {
		return
	}
	q := b.askedByMessage(sh, m)
	q.version, q.unasked = b.replies.note(q.id), !b.addressed(m)
	switch {
	case !b.lurking.holds(q):
	case q.unasked && strings.TrimSpace(q.text) != "":
		b.takeIn(sh, q)
		return
	default:
		b.lurking.dropMessage(q.id)
	}
	listens := q.unasked && b.listensTo(q)
	sh.run("edit", func(ctx context.Context) {
		isNew := false
		b.inTurn(ctx, q.id, func() { isNew = b.redo(ctx, q, listens) })
		if isNew {
			b.consider(ctx, q, b.lurking.add(q))
		}
	})
}

// redo answers an edited question anew, in the place of the answer that it had. When
// it gets none any more, the answer is removed: it would stand below words that it
// does not answer. A message that became a question by the edit is answered as a new
// one; redo reports true when that is to be done as for what was overheard.
func (b *Bot) redo(ctx context.Context, q asked, listens bool) bool {
	if !b.replies.isLatest(q.id, q.version) {
		return false
	}
	earlier, found := b.replyTo(ctx, q.place, q.id)
	isYoung := b.now().Sub(writtenAt(q.id)) < editable
	switch {
	case found && earlier.edited == q.edited:
		return false // it is the same edit once more
	case found:
		if !b.redone(ctx, q, earlier, listens) {
			b.unsay(ctx, q.place, q.id, earlier)
		}
	case isYoung && !q.unasked:
		b.reply(ctx, q, b.posting(q, "message"))
	}
	return !found && isYoung && listens
}

// redone replaces the answer to an edited question, and reports false when there is
// nothing to replace it with. It is the same question to whoever counts those of a day.
func (b *Bot) redone(ctx context.Context, q asked, earlier sentReply, listens bool) bool {
	d := b.replacing(earlier)
	q.settings.DailyCap = 0
	switch {
	case !q.unasked:
		return b.reply(ctx, q, d)
	case !listens:
		return false
	}
	found, ok := b.judge(ctx, q, func(asked) bool { return true })
	if ok && b.replies.isLatest(q.id, q.version) {
		b.deliver(ctx, q, found, d)
	}
	return ok
}

// replacing is the delivery of a reply in the place of another one.
func (b *Bot) replacing(earlier sentReply) delivery {
	return delivery{via: "edit", redo: earlier.record, send: func(ctx context.Context, m api.Message) (string, error) {
		err := b.rest.Edit(ctx, earlier.channel, earlier.message, m)
		if api.CodeOf(err) == api.CodeUnknownMessage {
			err = nil // it was removed meanwhile
		}
		return earlier.message, err
	}}
}

// replyTo finds the reply to a message: among the last ones, else in the ledger.
func (b *Bot) replyTo(ctx context.Context, p place, question string) (sentReply, bool) {
	if known, ok := b.replies.find(question); ok {
		return known, true
	}
	if b.ledger == nil {
		return sentReply{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	var s sentReply
	err := aside(ctx, b.guarding("ledger", func(ctx context.Context) error {
		posted, err := b.ledger.PostedByQuestion(ctx, p.owner(), question)
		s = sentReply{message: posted.Message, record: posted.ID, channel: posted.Channel}
		return err
	}))
	if err != nil && !errors.Is(err, article.ErrNotFound) {
		b.log.Error("the reply to a message could not be found", "error", err)
		b.observe.LedgerFailed(err)
	}
	return s, err == nil && s.message != ""
}

// unsay deletes the reply to a message and forgets it.
func (b *Bot) unsay(ctx context.Context, p place, question string, s sentReply) {
	b.replies.forget(question)
	b.talks.drop(replyKey(s.message))
	b.talks.dropTurn(question)
	if err := b.rest.Delete(ctx, s.channel, s.message); err != nil {
		b.log.Error("a reply could not be removed", "error", err)
	}
	b.forget(ctx, p.owner(), s.message)
}

// onDeleted hands messages that are gone to a worker: answers are forgotten, and the
// answers to questions are removed.
func (b *Bot) onDeleted(sh *shard, guild string, messages ...string) {
	for _, message := range messages {
		b.replies.note(message)
		b.lurking.dropMessage(message)
	}
	p := place{guild: guild}
	sh.run("deletion", func(ctx context.Context) {
		for _, message := range messages {
			b.talks.drop(replyKey(message))
			b.talks.dropTurn(message)
			b.withdraw(ctx, p, message)
		}
		b.forget(ctx, p.owner(), messages...)
	})
}

// withdraw removes the reply to a question that is gone.
func (b *Bot) withdraw(ctx context.Context, p place, question string) {
	b.inTurn(ctx, question, func() {
		if s, found := b.replyTo(ctx, p, question); found {
			b.unsay(ctx, p, question, s)
		}
	})
}

// forget forgets the answers that messages are, whoever deleted those.
func (b *Bot) forget(ctx context.Context, owner string, messages ...string) {
	if b.ledger == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	forget := b.guarding("ledger", func(ctx context.Context) error {
		return b.ledger.ForgetMessages(ctx, owner, messages...)
	})
	if err := aside(ctx, forget); err != nil {
		b.log.Error("a deleted answer could not be forgotten", "error", err)
		b.observe.LedgerFailed(err)
	}
}
