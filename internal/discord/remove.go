package discord

import (
	"context"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// pressRemove deletes a reply and its record, for who asked and for moderators.
func (b *Bot) pressRemove(ctx context.Context, v visit, p library.Posted) {
	switch {
	case !v.isAsker(p) && !v.moderator:
		v.tell(ctx, locale.NoticeNotYours)
		return
	case v.event.Message == nil:
		v.tell(ctx, locale.NoticeStale)
		return
	}
	if err := b.takeAway(ctx, v); err != nil {
		b.log.Error("a reply could not be removed", "error", err)
		v.confess(ctx)
		return
	}
	b.replies.Forget(p.Question)
	b.talks.Drop(memory.ReplyKey(v.event.Message.ID))
	b.forgetRecord(ctx, v.owner(), p.ID)
	if v.moderator && !v.isAsker(p) && v.guild != "" {
		b.noteRemoval(ctx, v, p.ID)
	}
}

// removeAction is what it is called in the audit trail that a moderator removed an
// answer that somebody else asked for.
const removeAction = "answer.remove"

// noteRemoval enters a removal into the audit trail. The answer is gone by then.
func (b *Bot) noteRemoval(ctx context.Context, v visit, id string) {
	if b.trail == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	note := b.guarding("trail", func(ctx context.Context) error {
		return b.trail.Note(ctx, v.guild, library.Entry{Action: removeAction, Subject: id}, library.Act{Actor: v.user})
	})
	if err := aside(ctx, note); err != nil {
		b.log.Error("a removal could not be entered into the audit trail", "error", err)
	}
}

// takeAway deletes the message whose component was used: as the reply that it is, or
// else as any message of the bot's.
func (b *Bot) takeAway(ctx context.Context, v visit) error {
	within, done := v.callback(ctx)
	err := b.rest.Accept(within, v.ticket)
	done()
	if err != nil {
		return err
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	if err = b.rest.Retract(ctx, b.app.ID, v.ticket); err != nil && !v.inPrivate() {
		err = b.rest.Delete(ctx, v.channel, v.event.Message.ID)
	}
	return err
}

// confess says in private that what was accepted went wrong.
func (v visit) confess(ctx context.Context) {
	ctx, cancel := sending(ctx)
	defer cancel()
	m := api.Of(v.renderer().Sentence(locale.FailureBroken))
	m.Ephemeral = true
	_, err := v.b.rest.FollowUp(ctx, v.b.app.ID, v.ticket, m)
	v.log("a private reply", err)
}

// forgetRecord forgets an answer. The member has what they wanted by then.
func (b *Bot) forgetRecord(ctx context.Context, owner, id string) {
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	forget := b.guarding("ledger", func(ctx context.Context) error { return b.ledger.Forget(ctx, owner, id) })
	if err := aside(ctx, forget); err != nil {
		b.log.Error("an answer could not be forgotten", "error", err)
		b.observe.LedgerFailed(err)
	}
}
