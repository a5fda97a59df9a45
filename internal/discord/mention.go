package discord

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// onMessage hands a message that is meant for the bot to a worker.
func (b *Bot) onMessage(m *discordgo.Message) {
	if !b.addressed(m) {
		return
	}
	received := time.Now()
	text := b.withoutMention(m.Content)
	at := place{m.GuildID, m.ChannelID}
	b.work.run("mention", func(ctx context.Context) { b.answerMessage(ctx, at, m.ID, text, received) })
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
// sent when it is there. It is public, as every reply to a message is.
func (b *Bot) answerMessage(ctx context.Context, at place, message, text string, received time.Time) {
	q, found, whole := b.screen(at, text)
	if !whole {
		a := b.begin(ctx, at, q, found)
		defer a.cancel()
		found = a.await()
	}
	sendCtx, cancel := sending(ctx)
	defer cancel()
	b.report("message", found, received, b.rest.reply(sendCtx, at.channel, message, b.show(found)))
}
