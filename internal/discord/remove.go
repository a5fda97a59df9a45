package discord

import (
	"context"

	"verbatim/internal/discord/locale"
	"verbatim/internal/library"
)

// pressRemove deletes a reply, for who asked and for moderators.
func (b *Bot) pressRemove(ctx context.Context, v visit, p library.Posted) {
	if !v.isAsker(p) && !v.moderator {
		v.tell(ctx, locale.NoticeNotYours)
		return
	}
	if err := v.aside(ctx, func(ctx context.Context) error { return b.ledger.Forget(ctx, v.owner(), p.ID) }); err != nil {
		v.fail(ctx, "an answer could not be forgotten", err)
		return
	}
	b.talks.drop(replyKey(p.Message))
	ctx, cancel := sending(ctx)
	defer cancel()
	within, done := v.callback(ctx)
	err := b.rest.Accept(within, v.ticket)
	done()
	if err == nil {
		err = b.rest.Retract(ctx, b.app.ID, v.ticket)
	}
	if err != nil {
		b.log.Error("a reply could not be removed", "error", err)
	}
}
