package discord

import (
	"cmp"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/library"
)

// place is where a question was asked.
type place struct{ guild, channel string }

// asked is a question as it arrived.
type asked struct {
	place
	id       string // of the message, or of the interaction
	user     string // who asked; for the keyed MAC and nothing else
	text     string
	received time.Time
	shard    *shard           // on which it arrived
	settings library.Settings // of the guild, as of its arrival
	private  bool             // nobody but the asker sees the reply
	language string           // of the asker's client, where Discord says so
}

// owner is for whom things are kept: the guild, or [library.Direct].
func (p place) owner() string { return cmp.Or(p.guild, library.Direct) }

func (b *Bot) askedByInteraction(sh *shard, i *discordgo.Interaction, text string) asked {
	q := asked{place: place{i.GuildID, i.ChannelID}, id: i.ID, text: text, received: time.Now(), shard: sh, language: string(i.Locale)}
	switch {
	case i.Member != nil && i.Member.User != nil:
		q.user = i.Member.User.ID
	case i.User != nil:
		q.user = i.User.ID
	}
	q.settings = b.settingsOf(q.place)
	return q
}

func (b *Bot) askedByMessage(sh *shard, m *discordgo.Message) asked {
	q := asked{place: place{m.GuildID, m.ChannelID}, id: m.ID, user: m.Author.ID, text: b.withoutMention(m.Content), received: time.Now(), shard: sh}
	q.settings = b.settingsOf(q.place)
	return q
}

// settingsOf returns what a guild decided, all defaults when that panics.
func (b *Bot) settingsOf(p place) (s library.Settings) {
	b.work.guard("settings", func() { s = b.settings(p.owner()) })
	return s
}
