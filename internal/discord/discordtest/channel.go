package discordtest

// Channel types of Discord that are used here.
const (
	guildText    = 0
	directText   = 1
	publicThread = 11
	guildForum   = 15
)

// Channel is a text channel, a forum, a thread or a direct message channel.
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
	newest     string  // id of the last message

	// Of a thread:
	owner            *Member
	joined           []*Member
	archived, locked bool
	messages         int // beside the first one
}

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

// Delete deletes the channel or thread with all that is in it. Bots hear of the
// channel, and of no message.
func (c *Channel) Delete() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	event := "CHANNEL_DELETE"
	if c.parent != nil {
		event = "THREAD_DELETE"
	}
	delete(c.s.channels, c.ID)
	for id, m := range c.s.messages {
		if m.channel == c {
			delete(c.s.messages, id)
			c.s.deleted[id] = true
		}
	}
	c.s.gone[c.ID] = true
	c.s.dispatch(c.guildID(), intentGuilds, event, map[string]any{"id": c.ID, "guild_id": c.guildID(), "type": c.kind(), "parent_id": c.parentID(), "name": c.Name})
	c.s.touch()
}

func (g *Guild) add(c *Channel) *Channel {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.admit(c)
}

// admit adds a channel and says so. The caller holds s.mu.
func (g *Guild) admit(c *Channel) *Channel {
	if c.ID == "" {
		c.ID = g.s.newID()
	}
	c.s, c.guild = g.s, g
	g.s.channels[c.ID] = c
	switch {
	case c.hidden:
	case c.parent != nil:
		w := c.wire()
		w["newly_created"] = true
		g.s.dispatch(g.ID, intentGuilds, "THREAD_CREATE", w)
	default:
		g.s.dispatch(g.ID, intentGuilds, "CHANNEL_CREATE", c.wire())
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
	c := s.dms[m]
	if c == nil {
		c = &Channel{ID: s.newID(), Name: m.Name, s: s, with: m}
		s.channels[c.ID], s.dms[m] = c, c
	}
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

func (c *Channel) parentID() any {
	if c.parent == nil {
		return nil
	}
	return c.parent.ID
}

// wire is the channel object. A thread has no nsfw flag of its own: that of its
// parent holds.
func (c *Channel) wire() map[string]any {
	w := map[string]any{"id": c.ID, "type": c.kind(), "flags": 0, "last_message_id": nullable(c.newest)}
	if c.guild == nil {
		w["recipients"] = []any{c.with.wire()}
		return w
	}
	w["guild_id"], w["name"], w["parent_id"], w["rate_limit_per_user"] = c.guild.ID, c.Name, c.parentID(), 0
	if c.parent != nil {
		c.threadWire(w)
		return w
	}
	w["nsfw"], w["position"], w["topic"], w["permission_overwrites"] = c.restricted, 0, nil, []any{}
	if c.forum {
		w["available_tags"], w["default_reaction_emoji"], w["default_sort_order"], w["default_forum_layout"] = []any{}, nil, nil, 0
	}
	return w
}

// partial is the channel object in an interaction and among what a command names,
// with what the member may do there.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
func (c *Channel) partial(by *Member) map[string]any {
	w := c.wire()
	if c.guild != nil {
		w["permissions"] = bitText(by.mayIn(c.guild))
		delete(w, "permission_overwrites")
	}
	return w
}

func nullable(id string) any {
	if id == "" {
		return nil
	}
	return id
}
