package discord

import (
	"context"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// What the bot lends to those who work beside it: who brings posted answers in line, and
// who writes the log channel.

// NewClient returns a client that speaks as the bot of a configuration, for
// [Config.Client] and for whoever else sends as this bot: its limits are shared.
func NewClient(cfg Config) (*api.Client, error) {
	base, err := apiBase(cfg.API)
	if err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	return api.New(base, bareToken(cfg.Token), api.Options{Request: cfg.Timing.Request, Log: cfg.Logger}), nil
}

// Words returns the catalogue of the bot's words.
func (b *Bot) Words() *locale.Catalogue { return b.words }

// Holds reports whether this process holds the shard that hears of a guild.
func (b *Bot) Holds(guild string) bool {
	held := b.holding.Load()
	return held != nil && (*held)[shardOf(guild, b.gateway.Shards)]
}

// KindOf says what may be quoted in a channel of a guild.
func (b *Bot) KindOf(ctx context.Context, guild, channel string) answer.Channel {
	p := place{guild, channel}
	return b.kindOf(ctx, asked{place: p, settings: b.settingsOf(p)})
}

// ButtonsOf makes the components of a recorded answer anew; quoted says whether its
// message still shows a quote.
func (b *Bot) ButtonsOf(guild string, p library.Posted, quoted bool) []render.Row {
	if b.reader == nil || b.sealer == nil {
		return nil
	}
	q := asked{place: place{guild, p.Channel}, settings: b.settingsOf(place{guild: guild})}
	last := b.row(q, button{action: actRemove, label: locale.ButtonRemove, on: p.ID})
	if !quoted {
		return rows(last)
	}
	return b.quoteButtons(q, answer.Answer{Minor: p.Minor}, &entry{b: b, q: q, posted: p}, last)
}

// Cards is told of crisis and emergency cards that were shown, as logbook.Book is. It
// returns at once.
type Cards interface {
	Card(guild, channel string, tier safety.Tier)
}

// noteCard tells of a card that was shown to somebody in a guild.
func (b *Bot) noteCard(q asked, a answer.Answer) {
	if b.cards != nil && q.guild != "" && len(a.Cards) > 0 && a.Tier >= safety.TierEmergency {
		b.cards.Card(q.guild, q.channel, a.Tier)
	}
}
