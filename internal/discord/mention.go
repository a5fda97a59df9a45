package discord

import (
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/answer"
)

// onMessage hands a message that is meant for the bot to a worker.
func (b *Bot) onMessage(sh *shard, m *discordgo.Message) {
	if !b.addressed(m) || !b.recent.first(m.ID) {
		return
	}
	q := b.askedByMessage(sh, m)
	sh.run("mention", func(ctx context.Context) { b.answerMessage(ctx, q) })
}

// addressed reports whether a person speaks to the bot: in a direct message, or
// in a message that mentions the bot itself and not only everybody. discordgo
// leaves Author empty when it cannot read a message.
func (b *Bot) addressed(m *discordgo.Message) bool {
	switch {
	case m == nil || m.Author == nil || m.Author.Bot || m.WebhookID != "" || b.isSelf(m.Author.ID):
		return false
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return false
	case m.GuildID == "":
		return true
	}
	return slices.ContainsFunc(m.Mentions, func(u *discordgo.User) bool { return u != nil && b.isSelf(u.ID) })
}

// withoutMention takes the mentions of the bot out of a message.
func (b *Bot) withoutMention(text string) string {
	self := b.self.Load()
	if self == nil {
		return text
	}
	return strings.TrimSpace(strings.NewReplacer("<@"+*self+">", " ", "<@!"+*self+">", " ").Replace(text))
}

// answerMessage replies to a message. There is nothing to promise: the reply is
// sent when it is there. It is public, as every reply to a message is; where the
// guild wants no answer there is silence.
func (b *Bot) answerMessage(ctx context.Context, q asked) {
	found, whole := b.screen(q)
	if !whole {
		if _, silent := b.silenced(ctx, q); !silent {
			a := b.begin(ctx, q, found)
			defer a.cancel()
			found = a.await()
		} else if found, whole = cardsOf(found); !whole {
			return
		}
	}
	b.deliver(ctx, q, found, delivery{via: "message", send: func(ctx context.Context, a answer.Answer) (string, error) {
		return b.rest.reply(ctx, q.channel, q.id, b.show(q, a))
	}})
}
