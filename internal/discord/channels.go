package discord

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/answer"
)

// channelInfo is what decides where something may be quoted.
type channelInfo struct {
	guild      string
	parent     string // of a thread; empty for other channels
	restricted bool   // marked as age-restricted
}

// channelCache knows the channels of the guilds that the gateway told us of. It
// is safe for concurrent use.
type channelCache struct {
	mu    sync.RWMutex
	known map[string]channelInfo
}

func newChannelCache() *channelCache { return &channelCache{known: make(map[string]channelInfo)} }

func infoOf(c *discordgo.Channel) channelInfo {
	info := channelInfo{guild: c.GuildID, restricted: c.NSFW}
	if c.IsThread() {
		info.parent, info.restricted = c.ParentID, false
	}
	return info
}

func (cc *channelCache) put(channels ...*discordgo.Channel) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	for _, c := range channels {
		if c != nil && c.ID != "" {
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

// clear forgets everything: a new session tells it anew.
func (cc *channelCache) clear() {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	clear(cc.known)
}

// kind returns the kind of a channel, a thread being of its parent's, and whether
// it is known.
func (cc *channelCache) kind(id string) (answer.Channel, bool) {
	cc.mu.RLock()
	defer cc.mu.RUnlock()
	info, ok := cc.known[id]
	if ok && info.parent != "" {
		info, ok = cc.known[info.parent]
	}
	if ok && info.restricted {
		return answer.AgeRestricted, true
	}
	return answer.General, ok
}

// isThread reports whether a channel type is one of the three kinds of thread.
func isThread(kind int) bool {
	return (&discordgo.Channel{Type: discordgo.ChannelType(kind)}).IsThread()
}

// lookUpTimeout bounds the questions to REST about an unknown channel.
const lookUpTimeout = 800 * time.Millisecond

// channelKind says what may be quoted in a channel, asking REST about one that is
// not cached. Direct messages and whatever cannot be found out are General.
func (b *Bot) channelKind(ctx context.Context, guild, channel string) answer.Channel {
	if guild == "" {
		return answer.General
	}
	if kind, known := b.channels.kind(channel); known {
		return kind
	}
	kind, err := b.lookUp(ctx, channel)
	if err != nil {
		b.log.Warn("channel not found out, treated as general", "channel", channel, "error", err)
	}
	return kind
}

// lookUp asks REST what a channel is. The answer is not kept, because nothing
// would tell us of a change to a channel that the gateway does not show us.
func (b *Bot) lookUp(ctx context.Context, channel string) (answer.Channel, error) {
	ctx, cancel := context.WithTimeout(ctx, lookUpTimeout)
	defer cancel()
	found, err := b.rest.channel(ctx, channel)
	if err == nil && isThread(found.Type) {
		found, err = b.rest.channel(ctx, found.ParentID)
	}
	if err != nil || !found.NSFW {
		return answer.General, err
	}
	return answer.AgeRestricted, nil
}
