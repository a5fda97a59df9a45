package discord

import (
	"context"
	"errors"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
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
	q.version, q.unasked = b.replies.Note(q.id), !b.addressed(m)
	switch {
	case !b.lurking.Holds(q.channel, q.user, q.id):
	case q.unasked && strings.TrimSpace(q.text) != "":
		b.takeIn(sh, q)
		return
	default:
		b.lurking.DropMessage(q.id)
	}
	listens := q.unasked && b.listensTo(q)
	sh.run("edit", func(ctx context.Context) {
		isNew := false
		b.inTurn(ctx, q.id, func() { isNew = b.redo(ctx, q, listens) })
		if isNew {
			b.consider(ctx, q, b.lurking.Add(q.overheard()))
		}
	})
}

// redo answers an edited question anew, in the place of the answer that it had. When
// it gets none any more, the answer is removed: it would stand below words that it
// does not answer. A message that became a question by the edit is answered as a new
// one; redo reports true when that is to be done as for what was overheard.
func (b *Bot) redo(ctx context.Context, q asked, listens bool) bool {
	if !b.replies.IsLatest(q.id, q.version) {
		return false
	}
	earlier, found := b.replyTo(ctx, q.place, q.id)
	isYoung := b.now().Sub(writtenAt(q.id)) < editable
	switch {
	case found && earlier.Edited == q.edited:
		return false // it is the same edit once more
	case found:
		if !b.redone(ctx, q, earlier, listens) {
			b.unsay(ctx, q.place, q.id, earlier)
		}
	case isYoung && !q.unasked:
		b.reply(ctx, q, b.posting(q, "message"))
	case !q.unasked:
		b.replyCard(ctx, q)
	}
	return !found && isYoung && listens
}

// replyCard replies to an old message that became one for a card by an edit, and to no
// other: a question of long ago may have been answered by others.
func (b *Bot) replyCard(ctx context.Context, q asked) {
	if known, whole := b.screen(q); whole {
		b.deliver(ctx, q, known, b.posting(q, "edit"))
	}
}

// redone replaces the answer to an edited question, and reports false when there is
// nothing to replace it with. It is the same question to whoever counts those of a day.
func (b *Bot) redone(ctx context.Context, q asked, earlier memory.Reply, listens bool) bool {
	d := b.replacing(earlier)
	q.settings.DailyCap = 0
	switch {
	case !q.unasked:
		return b.reply(ctx, q, d)
	case !listens:
		return false
	}
	found, ok := b.judge(ctx, q, func(asked) bool { return true })
	if ok && b.replies.IsLatest(q.id, q.version) {
		b.deliver(ctx, q, found, d)
	}
	return ok
}

// replacing is the delivery of a reply in the place of another one.
func (b *Bot) replacing(earlier memory.Reply) delivery {
	return delivery{via: "edit", redo: earlier.Record, anew: true, send: func(ctx context.Context, m api.Message) (string, error) {
		err := b.rest.Edit(ctx, earlier.Channel, earlier.Message, m)
		if api.CodeOf(err) == api.CodeUnknownMessage {
			err = nil // it was removed meanwhile
		}
		return earlier.Message, err
	}}
}

// replyTo finds the reply to a message: among the last ones, else in the ledger.
func (b *Bot) replyTo(ctx context.Context, p place, question string) (memory.Reply, bool) {
	if known, ok := b.replies.Find(question); ok {
		return known, true
	}
	if b.ledger == nil {
		return memory.Reply{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	posted, err := askAside(ctx, b, "ledger", func(ctx context.Context) (library.Posted, error) {
		return b.ledger.PostedByQuestion(ctx, p.owner(), question)
	})
	if err != nil && !errors.Is(err, article.ErrNotFound) {
		b.log.Error("the reply to a message could not be found", "error", err)
		b.observe.LedgerFailed(err)
	}
	return memory.Reply{Message: posted.Message, Record: posted.ID, Channel: posted.Channel}, err == nil && posted.Message != ""
}

// unsay deletes the reply to a message and forgets it.
func (b *Bot) unsay(ctx context.Context, p place, question string, s memory.Reply) {
	b.replies.Forget(question)
	b.talks.Drop(memory.ReplyKey(s.Message))
	b.talks.DropTurn(question)
	if err := b.rest.Delete(ctx, s.Channel, s.Message); err != nil {
		b.log.Error("a reply could not be removed", "error", err)
	}
	b.forget(ctx, p.owner(), s.Message)
}

// onDeleted hands messages that are gone to a worker: answers are forgotten, and the
// answers to questions are removed.
func (b *Bot) onDeleted(sh *shard, guild string, messages ...string) {
	for _, message := range messages {
		b.replies.Note(message)
		b.lurking.DropMessage(message)
	}
	p := place{guild: guild}
	sh.run("deletion", func(ctx context.Context) {
		for _, message := range messages {
			b.talks.Drop(memory.ReplyKey(message))
			b.talks.DropTurn(message)
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
