package discord

import (
	"encoding/json"
	"slices"

	"verbatim/internal/discord/gateway"
	"verbatim/internal/discord/memory"
)

// dispatch hands an event of a shard to whoever it concerns. It is called on the
// goroutine that reads the gateway, so nothing in it waits. One that cannot be read
// is logged by its name and left.
func (b *Bot) dispatch(sh *shard, e gateway.Event) {
	handle, ok := b.listeners[e.Name]
	if !ok {
		return
	}
	b.work.guard(e.Name, func() {
		if err := handle(sh, e.Data); err != nil {
			b.log.Error("an event could not be read", "event", e.Name, "shard", sh.id)
		}
	})
}

// listener takes the data of an event.
type listener func(sh *shard, data json.RawMessage) error

// on makes a listener of a function that takes what the data hold.
func on[Event any](handle func(*shard, *Event)) listener {
	return func(sh *shard, data json.RawMessage) error {
		var e Event
		if err := json.Unmarshal(data, &e); err != nil {
			return err
		}
		handle(sh, &e)
		return nil
	}
}

// newListeners says who hears of which event.
func (b *Bot) newListeners() map[string]listener {
	channel := on(func(_ *shard, c *channelEvent) { b.channels.put(*c) })
	gone := on(func(_ *shard, c *channelEvent) {
		b.channels.forget(c.ID)
		b.talks.Drop(memory.ThreadKey(c.ID))
	})
	role := on(func(_ *shard, e *guildRoleEvent) { b.guilds.putRole(e.Guild, e.Role) })
	return map[string]listener{
		"READY":               on(b.onReady),
		"GUILD_CREATE":        on(b.onGuild),
		"GUILD_UPDATE":        on(func(_ *shard, g *guildEvent) { b.guilds.put(*g) }),
		"GUILD_DELETE":        on(b.onGuildGone),
		"GUILD_ROLE_CREATE":   role,
		"GUILD_ROLE_UPDATE":   role,
		"GUILD_ROLE_DELETE":   on(func(_ *shard, e *guildRoleEvent) { b.guilds.forgetRole(e.Guild, e.Gone) }),
		"CHANNEL_CREATE":      channel,
		"CHANNEL_UPDATE":      channel,
		"CHANNEL_DELETE":      gone,
		"THREAD_CREATE":       channel,
		"THREAD_UPDATE":       channel,
		"THREAD_DELETE":       gone,
		"THREAD_LIST_SYNC":    on(func(_ *shard, e *threadsEvent) { b.channels.put(e.Threads...) }),
		"INTERACTION_CREATE":  on(b.onInteraction),
		"MESSAGE_CREATE":      on(b.onMessage),
		"MESSAGE_UPDATE":      on(b.onEdited),
		"MESSAGE_DELETE":      on(func(sh *shard, e *deletionEvent) { b.onDeleted(sh, e.Guild, e.ID) }),
		"MESSAGE_DELETE_BULK": on(func(sh *shard, e *deletionEvent) { b.onDeleted(sh, e.Guild, e.IDs...) }),
	}
}

func (b *Bot) onReady(sh *shard, e *readyEvent) {
	b.self.Store(&e.User.ID)
	b.channels.forgetShard(sh.id, b.gateway.Shards)
	b.guilds.forgetShard(sh.id, b.gateway.Shards)
	ids := make([]string, len(e.Guilds))
	for i, g := range e.Guilds {
		ids[i] = g.ID
	}
	b.roster.began(sh.id, b.gateway.Shards, ids)
}

func (b *Bot) onGuild(_ *shard, g *guildEvent) {
	all := slices.Concat(g.Channels, g.Threads)
	for i := range all {
		all[i].Guild = g.ID // Discord leaves it out here
	}
	b.channels.put(all...)
	if !g.Unavailable {
		b.guilds.put(*g)
		b.roster.joined(g.ID)
		b.greeter.joined(*g)
	}
}

func (b *Bot) onGuildGone(_ *shard, g *guildEvent) {
	b.channels.forgetGuild(g.ID)
	if !g.Unavailable { // an outage is not a farewell
		b.guilds.forget(g.ID)
		b.roster.left(g.ID)
	}
}
