package discordtest

import (
	"slices"
	"time"
)

// Guild is a server in Discord's sense, with the bot in it.
type Guild struct {
	ID   string
	Name string
	s    *Server

	restricted bool    // as a whole
	owner      *Member // nil for somebody who never shows up
	roles      []*Role
}

// What the nsfw_level of a guild says.
// Source: https://discord.com/developers/docs/resources/guild#guild-object-guild-nsfw-level
const (
	levelDefault       = 0
	levelAgeRestricted = 3
)

// Guild adds a guild. Bots that are connected get GUILD_CREATE.
func (s *Server) Guild(name string) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{ID: s.newID(), Name: name, s: s}
	s.admitBot(g)
	return g
}

// admitBot lets the bot into a guild. The caller holds s.mu.
func (s *Server) admitBot(g *Guild) {
	s.guilds = append(s.guilds, g)
	s.dispatch(g.ID, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
}

// Outage makes the guild unavailable: Discord says so, and nothing else.
func (g *Guild) Outage() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.dispatch(g.ID, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.ID, "unavailable": true})
}

// Remove takes the bot out of the guild.
func (g *Guild) Remove() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.guilds = slices.DeleteFunc(g.s.guilds, func(other *Guild) bool { return other == g })
	g.s.dispatch(g.ID, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.ID})
}

// Restrict marks the whole guild as age-restricted, or not, as Discord does itself:
// its nsfw_level is 3 then, and its channels need no mark of their own.
func (g *Guild) Restrict(on bool) {
	g.change(func() { g.restricted = on })
}

// OwnedBy gives the guild to a member, who may do everything in it.
func (g *Guild) OwnedBy(m *Member) {
	g.change(func() { g.owner = m })
}

// change changes the guild and says so with GUILD_UPDATE.
func (g *Guild) change(do func()) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	do()
	g.s.dispatch(g.ID, intentGuilds, "GUILD_UPDATE", g.wire())
	g.s.touch()
}

// Channel adds a text channel.
func (g *Guild) Channel(name string) *Channel { return g.add(&Channel{Name: name}) }

// AgeRestricted adds a text channel that is marked as age-restricted.
func (g *Guild) AgeRestricted(name string) *Channel {
	return g.add(&Channel{Name: name, restricted: true})
}

// Hidden adds an age-restricted channel of which the gateway says nothing, so
// that only REST knows it.
func (g *Guild) Hidden(name string) *Channel {
	return g.add(&Channel{Name: name, restricted: true, hidden: true})
}

// Forum adds a forum channel, whose posts are threads, see [Server.Post].
func (g *Guild) Forum(name string) *Channel { return g.add(&Channel{Name: name, forum: true}) }

// guildCreate is the guild with its channels. The caller holds s.mu.
func (s *Server) guildCreate(g *Guild) map[string]any {
	channels, threads := []any{}, []any{}
	for _, c := range s.channels {
		switch {
		case c.guild != g || c.hidden:
		case c.parent != nil:
			threads = append(threads, c.wire())
		default:
			channels = append(channels, c.wire())
		}
	}
	w := g.wire()
	w["channels"], w["threads"], w["members"], w["joined_at"] = channels, threads, []any{s.bot.in(g)}, time.Now().UTC().Format(time.RFC3339)
	w["unavailable"], w["large"], w["member_count"] = false, false, len(s.members)
	for _, empty := range []string{"presences", "voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"} {
		w[empty] = []any{}
	}
	return w
}

func (g *Guild) wire() map[string]any {
	owner, level := g.s.founder.ID, levelDefault
	if g.owner != nil {
		owner = g.owner.ID
	}
	if g.restricted {
		level = levelAgeRestricted
	}
	return map[string]any{
		"id": g.ID, "name": g.Name, "icon": nil, "owner_id": owner, "nsfw_level": level, "nsfw": g.restricted, "preferred_locale": "en-US", "roles": g.wireRoles(),
		"emojis": []any{}, "stickers": []any{}, "features": []any{}, "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
		"afk_timeout": 300, "mfa_level": 0, "premium_tier": 0, "system_channel_flags": 0, "system_channel_id": nil, "rules_channel_id": nil, "afk_channel_id": nil,
	}
}
