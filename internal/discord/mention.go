package discord

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// onMessage hands a message that is meant for the bot to a worker, and one that may
// be answered although nobody called the bot to whoever waits for those.
func (b *Bot) onMessage(sh *shard, m *messageEvent) {
	switch {
	case !b.isHuman(m):
		return
	case !b.addressed(m):
		b.overhear(sh, m)
	case b.recent.First(m.ID):
		b.lurking.Drop(m.Channel, m.Author.ID)
		q := b.askedByMessage(sh, m)
		q.version = b.replies.Note(q.id)
		if q.moderator {
			b.lurking.Moderated(q.channel, q.id)
		}
		if b.wantsCorrected(q, m) {
			sh.run("to correct", func(ctx context.Context) { b.offerToCorrect(ctx, q, m.Referenced.ID) })
			return
		}
		sh.run("mention", func(ctx context.Context) { b.answerMessage(ctx, q) })
	}
}

// isHuman reports whether a person wrote a message.
func (b *Bot) isHuman(m *messageEvent) bool {
	if m.ID == "" || m.Author == nil || m.Author.Bot || m.Webhook != "" || b.isSelf(m.Author.ID) {
		return false
	}
	kind := discordgo.MessageType(m.Type)
	return kind == discordgo.MessageTypeDefault || kind == discordgo.MessageTypeReply
}

// addressed reports whether a message is said to the bot: in direct messages, in a
// message that mentions the bot itself and not only everybody, or in a reply to it.
func (b *Bot) addressed(m *messageEvent) bool {
	return m.Guild == "" || b.toUs(m.Referenced) && m.Content != "" ||
		slices.ContainsFunc(m.Mentions, func(u userEvent) bool { return b.isSelf(u.ID) })
}

// toUs reports whether a message is one of the bot's.
func (b *Bot) toUs(m *messageEvent) bool { return m != nil && m.Author != nil && b.isSelf(m.Author.ID) }

// withoutMention takes the mentions of the bot out of a message.
func (b *Bot) withoutMention(text string) string {
	self := b.self.Load()
	if self == nil {
		return text
	}
	return strings.TrimSpace(strings.NewReplacer("<@"+*self+">", " ", "<@!"+*self+">", " ").Replace(text))
}

// answerMessage replies to a message. There is nothing to promise: the reply is
// sent when it is there. Where the guild wants no answer there is silence.
func (b *Bot) answerMessage(ctx context.Context, q asked) {
	b.inTurn(ctx, q.id, func() {
		if _, done := b.replies.Find(q.id); !done { // whoever heard of an edit was faster
			b.reply(ctx, q, b.posting(q, "message"))
		}
	})
}

// inTurn works on the reply to a message when nobody else does.
func (b *Bot) inTurn(ctx context.Context, question string, work func()) {
	unlock, ok := b.replies.Lock(ctx, question)
	if !ok {
		return
	}
	defer unlock()
	work()
}

// posting is the delivery of a reply to a message.
func (b *Bot) posting(q asked, via string) delivery {
	return delivery{via: via, send: func(ctx context.Context, m api.Message) (string, error) {
		m.Reply, m.Nonce = q.id, q.id
		return b.rest.Post(ctx, q.channel, m)
	}}
}

// reply finds the answer to a message and delivers it. It reports false when there is
// none to be given. What was edited or deleted meanwhile is left to whoever heard of
// that, all but a card.
func (b *Bot) reply(ctx context.Context, q asked, d delivery) bool {
	found, whole := b.screen(q)
	if !whole {
		why, away := b.turnedAway(ctx, q)
		switch {
		case !b.replies.IsLatest(q.id, q.version):
			return true
		case !away:
			found = b.find(ctx, q, found)
		default:
			if found, whole = cardsOf(found); !whole {
				b.sayWait(ctx, q, why)
				return false
			}
		}
	}
	if whole || b.replies.IsLatest(q.id, q.version) {
		b.deliver(ctx, q, found, d)
	}
	return true
}

// sayWait tells a member, once and in private, that they asked too much and when to
// ask again. Whose direct messages are closed is told nothing.
func (b *Bot) sayWait(ctx context.Context, q asked, why refusal) {
	if why.Wait == 0 || !b.limits.Tell(q.owner(), q.user, why.Over) {
		return
	}
	words := b.words.For(q.settings.Language)
	m := api.Of(render.New(words).Text(words.Say(why.notice, locale.Values{"Wait": words.Wait(why.Wait)})))
	channel, err := q.channel, error(nil)
	if q.guild != "" {
		channel, err = b.rest.OpenDM(ctx, q.user)
	}
	if err == nil {
		_, err = b.rest.Post(ctx, channel, m)
	}
	if err != nil && api.CodeOf(err) != api.CodeNoDM && !errors.Is(err, context.Canceled) {
		b.log.Warn("a member could not be told to wait", "error", err)
	}
}
