package discord

import (
	"slices"
	"strconv"
	"sync"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/library"
)

// guildInfo is what decides who moderates a guild, and what may be quoted in it.
type guildInfo struct {
	owner      string
	restricted bool            // all of it is age-restricted
	managing   map[string]bool // the roles that may manage it
}

// guildCache knows the guilds that the gateway told us of. It is safe for concurrent
// use.
type guildCache struct {
	mu    sync.RWMutex
	known map[string]guildInfo
}

func newGuildCache() *guildCache { return &guildCache{known: make(map[string]guildInfo)} }

// restrictedGuild is the level of a guild that is for adults only.
// Source: https://discord.com/developers/docs/resources/guild#guild-object-guild-nsfw-level
const restrictedGuild = 3

func (gc *guildCache) put(g guildEvent) {
	if g.ID == "" {
		return
	}
	info := guildInfo{owner: g.Owner, restricted: g.NSFWLevel == restrictedGuild, managing: make(map[string]bool)}
	for _, r := range g.Roles {
		if manages(r.Permissions) {
			info.managing[r.ID] = true
		}
	}
	gc.mu.Lock()
	defer gc.mu.Unlock()
	gc.known[g.ID] = info
}

func (gc *guildCache) putRole(guild string, r roleEvent) {
	gc.mu.Lock()
	defer gc.mu.Unlock()
	if info, ok := gc.known[guild]; ok {
		delete(info.managing, r.ID)
		if manages(r.Permissions) {
			info.managing[r.ID] = true
		}
	}
}

func (gc *guildCache) forgetRole(guild, role string) {
	gc.mu.Lock()
	defer gc.mu.Unlock()
	delete(gc.known[guild].managing, role)
}

func (gc *guildCache) forget(guild string) {
	gc.mu.Lock()
	defer gc.mu.Unlock()
	delete(gc.known, guild)
}

func (gc *guildCache) forgetShard(shard, count int) {
	gc.mu.Lock()
	defer gc.mu.Unlock()
	for guild := range gc.known {
		if shardOf(guild, count) == shard {
			delete(gc.known, guild)
		}
	}
}

// restricted reports whether a guild is known to be for adults only.
func (gc *guildCache) restricted(guild string) bool {
	gc.mu.RLock()
	defer gc.mu.RUnlock()
	return gc.known[guild].restricted
}

// runs reports whether a member owns a guild or has a role that may manage it.
func (gc *guildCache) runs(guild, user string, roles []string) bool {
	gc.mu.RLock()
	defer gc.mu.RUnlock()
	info, ok := gc.known[guild]
	return ok && (info.owner == user && user != "" || slices.ContainsFunc(roles, func(r string) bool { return info.managing[r] }))
}

// owns reports whether a member is known to own a guild.
func (gc *guildCache) owns(guild, user string) bool {
	gc.mu.RLock()
	defer gc.mu.RUnlock()
	return user != "" && gc.known[guild].owner == user
}

// manages reports whether permissions, as Discord writes them, are those of somebody
// who manages a guild. What cannot be read is not.
func manages(permissions string) bool {
	bits, err := strconv.ParseInt(permissions, 10, 64)
	return err == nil && bits&(discordgo.PermissionAdministrator|discordgo.PermissionManageGuild) != 0
}

// moderates reports whether a member is a moderator of a guild: who manages it, or
// has a role that was named for that. It fails closed.
func (b *Bot) moderates(guild, user string, m *memberEvent, s library.Settings) bool {
	if guild == "" || m == nil {
		return false
	}
	named := slices.ContainsFunc(m.Roles, func(r string) bool { return slices.Contains(s.ModeratorRoles, r) })
	return named || manages(m.Permissions) || b.guilds.runs(guild, user, m.Roles)
}
