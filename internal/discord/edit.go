package discord

import (
	"context"
	"errors"
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
	b.lurking.drop(m.Channel, m.Author.ID)
	q := b.askedByMessage(sh, m)
	addressed := b.addressed(m)
	sh.run("edit", func(ctx context.Context) {
		unlock, ok := b.replies.lock(ctx, q.id)
		if !ok {
			return
		}
		defer unlock()
		b.redo(ctx, q, addressed)
	})
}

// redo answers an edited question anew, in the place of the answer that it had. When
// it is none any more, the answer is removed. A message that became a question by the
// edit is answered as a new one.
func (b *Bot) redo(ctx context.Context, q asked, addressed bool) {
	earlier, found := b.replyTo(ctx, q.place, q.id)
	switch {
	case found && !addressed:
		b.unsay(ctx, q.place, q.id, earlier)
	case found:
		b.reply(ctx, q, delivery{via: "edit", redo: earlier.record, send: func(ctx context.Context, m api.Message) (string, error) {
			err := b.rest.Edit(ctx, earlier.channel, earlier.message, m)
			if api.CodeOf(err) == api.CodeUnknownMessage {
				err = nil // it was removed meanwhile
			}
			return earlier.message, err
		}})
	case addressed && b.recent.first(q.id) && time.Since(writtenAt(q.id)) < editable:
		b.reply(ctx, q, delivery{via: "message", send: func(ctx context.Context, m api.Message) (string, error) {
			m.Reply, m.Nonce = q.id, q.id
			return b.rest.Post(ctx, q.channel, m)
		}})
	}
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
		s = sentReply{posted.Message, posted.ID, posted.Channel}
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
	if err := b.rest.Delete(ctx, s.channel, s.message); err != nil {
		b.log.Error("a reply could not be removed", "error", err)
	}
	b.forget(ctx, p.owner(), s.message)
}

// onDeleted hands messages that are gone to a worker: answers are forgotten, and the
// answers to questions are removed.
func (b *Bot) onDeleted(sh *shard, guild string, messages ...string) {
	p := place{guild: guild}
	sh.run("deletion", func(ctx context.Context) {
		b.forget(ctx, p.owner(), messages...)
		for _, message := range messages {
			b.lurking.dropMessage(message)
			b.talks.drop(replyKey(message))
			b.withdraw(ctx, p, message)
		}
	})
}

// withdraw removes the reply to a question that is gone.
func (b *Bot) withdraw(ctx context.Context, p place, question string) {
	unlock, ok := b.replies.lock(ctx, question)
	if !ok {
		return
	}
	defer unlock()
	if s, found := b.replyTo(ctx, p, question); found {
		b.unsay(ctx, p, question, s)
	}
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
