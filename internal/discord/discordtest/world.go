package discordtest

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Channel types of Discord that are used here.
const (
	guildText    = 0
	directText   = 1
	publicThread = 11
	guildForum   = 15
)

// Member is a user of the local Discord.
type Member struct {
	ID   string
	Name string
	bot  bool
	may  uint64 // permission bits, the same in every guild
	lang string // of the member's client, "" for en-US
}

// Permission bits of members.
// Source: https://discord.com/developers/docs/topics/permissions
const (
	mayManageGuild    = 1 << 5
	mayManageMessages = 1 << 13
	ordinary          = 1<<6 | 1<<10 | 1<<11 | 1<<14 | 1<<15 | 1<<16 | 1<<31 | 1<<38 // read, write, react, run commands
)

// Guild is a server in Discord's sense, with the bot in it.
type Guild struct {
	ID   string
	Name string
	s    *Server
}

// Channel is a text channel, a thread or a direct message channel.
type Channel struct {
	ID   string
	Name string
	s    *Server

	guild      *Guild // nil for direct messages
	parent     *Channel
	restricted bool
	with       *Member // the other side of a direct message channel
	hidden     bool    // absent from GUILD_CREATE
	forbidden  bool    // to the bot
	forum      bool    // has posts, which are threads
	owner      *Member // of a thread, when a member made it
}

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

// Member adds a user.
func (s *Server) Member(name string) *Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Member{ID: s.newID(), Name: name, may: ordinary}
	s.members[m.ID] = m
	return m
}

// Moderator adds a user who may manage messages and the guild.
func (s *Server) Moderator(name string) *Member {
	m := s.Member(name)
	m.may |= mayManageGuild | mayManageMessages
	return m
}

// Speaks sets the language of the member's client, such as "de". It returns m.
func (m *Member) Speaks(locale string) *Member {
	m.lang = locale
	return m
}

func (m *Member) locale() string { return cmp.Or(m.lang, "en-US") }

// OtherBot adds a user that is a bot.
func (s *Server) OtherBot(name string) *Member {
	m := s.Member(name)
	m.bot = true
	return m
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

// Thread adds a thread below c.
func (c *Channel) Thread(name string) *Channel { return c.guild.add(&Channel{Name: name, parent: c}) }

// Restrict marks the channel as age-restricted, or not.
func (c *Channel) Restrict(on bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.restricted = on
	c.s.dispatch(c.guildID(), intentGuilds, "CHANNEL_UPDATE", c.wire())
}

// Forbid takes the bot's access to the channel away, or gives it back.
func (c *Channel) Forbid(on bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.forbidden = on
}

func (g *Guild) add(c *Channel) *Channel {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c.ID, c.s, c.guild = g.s.newID(), g.s, g
	g.s.channels[c.ID] = c
	if !c.hidden {
		event := "CHANNEL_CREATE"
		if c.parent != nil {
			event = "THREAD_CREATE"
		}
		g.s.dispatch(g.ID, intentGuilds, event, c.wire())
	}
	return c
}

// DM returns the direct message channel between the bot and m.
func (s *Server) DM(m *Member) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(m)
}

func (s *Server) dm(m *Member) *Channel {
	for _, c := range s.channels {
		if c.with == m {
			return c
		}
	}
	c := &Channel{ID: s.newID(), Name: m.Name, s: s, with: m}
	s.channels[c.ID] = c
	return c
}

func (c *Channel) kind() int {
	switch {
	case c.guild == nil:
		return directText
	case c.parent != nil:
		return publicThread
	case c.forum:
		return guildForum
	}
	return guildText
}

func (c *Channel) guildID() string {
	if c.guild == nil {
		return ""
	}
	return c.guild.ID
}

// wire is the channel object. A thread has no nsfw flag of its own.
func (c *Channel) wire() map[string]any {
	w := map[string]any{"id": c.ID, "type": c.kind(), "flags": 0}
	if c.guild == nil {
		w["recipients"] = []any{c.with.wire()}
		return w
	}
	w["guild_id"], w["name"], w["position"] = c.guild.ID, c.Name, 0
	if c.parent == nil {
		w["nsfw"], w["parent_id"] = c.restricted, nil
		return w
	}
	w["parent_id"] = c.parent.ID
	if c.owner != nil {
		w["owner_id"], w["newly_created"] = c.owner.ID, true
	}
	w["thread_metadata"] = map[string]any{"archived": false, "auto_archive_duration": 1440, "locked": false}
	return w
}

func (m *Member) wire() map[string]any {
	return map[string]any{"id": m.ID, "username": m.Name, "discriminator": "0", "global_name": m.Name, "avatar": nil, "bot": m.bot}
}

func (m *Member) guildMember() map[string]any {
	return map[string]any{"user": m.wire(), "roles": []string{}, "joined_at": "2024-01-01T00:00:00+00:00", "permissions": strconv.FormatUint(m.may, 10)}
}

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
	w["channels"], w["threads"], w["members"], w["joined_at"] = channels, threads, []any{}, time.Now().UTC().Format(time.RFC3339)
	return w
}

func (g *Guild) wire() map[string]any {
	return map[string]any{"id": g.ID, "name": g.Name, "owner_id": "1", "nsfw_level": 0, "preferred_locale": "en-US", "roles": []any{}, "emojis": []any{}, "features": []any{}}
}
