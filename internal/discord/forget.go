package discord

import (
	"cmp"
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/library"
)

// listenToDeletions forgets answers whose messages are deleted, whoever did it.
func (b *Bot) listenToDeletions(l *link) {
	l.session.AddHandler(guarded(b, "deletion", func(e *discordgo.MessageDelete) {
		if e.Message != nil {
			b.onDeleted(l.shard, e.GuildID, e.ID)
		}
	}))
	l.session.AddHandler(guarded(b, "deletion", func(e *discordgo.MessageDeleteBulk) {
		b.onDeleted(l.shard, e.GuildID, e.Messages...)
	}))
}

// onDeleted hands the messages that are gone to a worker.
func (b *Bot) onDeleted(sh *shard, guild string, messages ...string) {
	if b.ledger == nil {
		return
	}
	sh.run("deletion", func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, recordLimit)
		defer cancel()
		forget := b.guarding("ledger", func(ctx context.Context) error {
			return b.ledger.ForgetMessages(ctx, cmp.Or(guild, library.Direct), messages...)
		})
		if err := aside(ctx, forget); err != nil {
			b.log.Error("a deleted answer could not be forgotten", "error", err)
			b.observe.LedgerFailed(err)
		}
	})
}
