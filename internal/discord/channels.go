package discord

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// channelInfo is what decides where something may be quoted.
type channelInfo struct {
	guild      string
	parent     string // of a thread; empty for other channels
	restricted bool   // marked as age-restricted
	name       string // of a thread: the title of a post in a forum
}

// channelCache knows the channels of the guilds that the gateway told us of. It
// is safe for concurrent use.
type channelCache struct {
	mu    sync.RWMutex
	known map[string]channelInfo
}

func newChannelCache() *channelCache { return &channelCache{known: make(map[string]channelInfo)} }

func infoOf(c channelEvent) channelInfo {
	info := channelInfo{guild: c.Guild, restricted: c.Restricted}
	if isThread(c.Type) {
		info.parent, info.restricted, info.name = c.Parent, false, c.Name
	}
	return info
}

func (cc *channelCache) put(channels ...channelEvent) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	for _, c := range channels {
		if c.ID != "" {
			cc.known[c.ID] = infoOf(c)
		}
	}
}

func (cc *channelCache) forget(id string) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	delete(cc.known, id)
}

func (cc *channelCache) forgetGuild(guild string) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	for id, info := range cc.known {
		if info.guild == guild {
			delete(cc.known, id)
		}
	}
}

// forgetShard forgets the guilds of a shard: a new session tells of them anew, or
// nothing does any more.
func (cc *channelCache) forgetShard(shard, count int) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	for id, info := range cc.known {
		if shardOf(info.guild, count) == shard {
			delete(cc.known, id)
		}
	}
}

// find returns a channel, a thread being restricted as its parent is, and whether
// that is known.
func (cc *channelCache) find(id string) (channelInfo, bool) {
	cc.mu.RLock()
	defer cc.mu.RUnlock()
	info, ok := cc.known[id]
	if ok && info.parent != "" {
		var parent channelInfo
		parent, ok = cc.known[info.parent]
		info.restricted = parent.restricted
	}
	return info, ok
}

// restrictedIn lists the age-restricted channels of a guild that are no threads, in
// the order in which they were made.
func (cc *channelCache) restrictedIn(guild string) []string {
	cc.mu.RLock()
	defer cc.mu.RUnlock()
	var ids []string
	for id, info := range cc.known {
		if info.guild == guild && guild != "" && info.restricted && info.parent == "" {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return ids
}

// isThread reports whether a channel type is one of the three kinds of thread.
func isThread(kind int) bool {
	switch discordgo.ChannelType(kind) {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

// lookUpTimeout bounds the questions to REST about an unknown channel.
const lookUpTimeout = 800 * time.Millisecond

// findChannel returns a channel of a guild, asking REST about one that is not
// cached. One that cannot be found out is the zero channelInfo, which is general.
func (b *Bot) findChannel(ctx context.Context, channel string) channelInfo {
	if info, known := b.channels.find(channel); known {
		return info
	}
	info, err := b.lookUp(ctx, channel)
	if err != nil {
		b.log.Warn("channel not found out, treated as general", "channel", channel, "error", err)
	}
	return info
}

// lookUp asks REST what a channel is. The answer is not kept, because nothing
// would tell us of a change to a channel that the gateway does not show us.
func (b *Bot) lookUp(ctx context.Context, channel string) (channelInfo, error) {
	ctx, cancel := context.WithTimeout(ctx, lookUpTimeout)
	defer cancel()
	found, err := b.rest.Channel(ctx, channel)
	info := channelInfo{guild: found.GuildID}
	if err == nil && isThread(found.Type) {
		info.parent = found.ParentID
		found, err = b.rest.Channel(ctx, found.ParentID)
	}
	info.restricted = err == nil && found.NSFW
	return info, err
}
