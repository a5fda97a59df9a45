package discord

import (
	"sync"

	"github.com/bwmarrin/discordgo"
)

// listen connects a session's events to the bot. discordgo calls these on the
// goroutine that reads the gateway and while it holds its own locks, so none of
// them waits or calls the session.
func (b *Bot) listen(l *link) {
	ready, lost := sync.OnceFunc(func() { close(l.ready) }), sync.OnceFunc(func() { close(l.lost) })
	l.session.AddHandler(guarded(b, "ready", func(e *discordgo.Ready) {
		if e.User == nil {
			return // not a READY that can be used; the connection times out
		}
		b.self.Store(&e.User.ID)
		b.channels.forgetShard(l.shard.id, b.gateway.Shards)
		b.roster.began(l.shard.id, b.gateway.Shards, idsOf(e.Guilds))
		ready()
	}))
	l.session.AddHandler(guarded(b, "disconnect", func(*discordgo.Disconnect) { lost() }))
	b.listenToChannels(l.session)
	b.listenToDeletions(l)
	l.session.AddHandler(guarded(b, "interaction", func(e *discordgo.InteractionCreate) { b.onInteraction(l.shard, e.Interaction) }))
	l.session.AddHandler(guarded(b, "message", func(e *discordgo.MessageCreate) { b.onMessage(l.shard, e.Message) }))
}

func idsOf(guilds []*discordgo.Guild) []string {
	var ids []string
	for _, g := range guilds {
		if g != nil {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// listenToChannels keeps the channel cache.
func (b *Bot) listenToChannels(s *discordgo.Session) {
	s.AddHandler(guarded(b, "guild", func(e *discordgo.GuildCreate) {
		b.channels.put(e.Channels...)
		b.channels.put(e.Threads...)
		if !e.Unavailable {
			b.roster.joined(e.ID)
		}
	}))
	s.AddHandler(guarded(b, "guild", func(e *discordgo.GuildDelete) {
		b.channels.forgetGuild(e.ID)
		if !e.Unavailable { // an outage is not a farewell
			b.roster.left(e.ID)
		}
	}))
	s.AddHandler(guarded(b, "channel", func(e *discordgo.ChannelCreate) { b.channels.put(e.Channel) }))
	s.AddHandler(guarded(b, "channel", func(e *discordgo.ChannelUpdate) { b.channels.put(e.Channel) }))
	s.AddHandler(guarded(b, "channel", func(e *discordgo.ChannelDelete) { b.channels.forget(e.ID) }))
	s.AddHandler(guarded(b, "thread", func(e *discordgo.ThreadCreate) { b.channels.put(e.Channel) }))
	s.AddHandler(guarded(b, "thread", func(e *discordgo.ThreadUpdate) { b.channels.put(e.Channel) }))
	s.AddHandler(guarded(b, "thread", func(e *discordgo.ThreadDelete) { b.channels.forget(e.ID) }))
	s.AddHandler(guarded(b, "thread", func(e *discordgo.ThreadListSync) { b.channels.put(e.Threads...) }))
}

// guarded makes an event handler that cannot panic.
func guarded[Event any](b *Bot, name string, handle func(Event)) func(*discordgo.Session, Event) {
	return func(_ *discordgo.Session, e Event) { b.work.guard(name, func() { handle(e) }) }
}
