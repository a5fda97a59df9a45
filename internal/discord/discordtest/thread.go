package discordtest

import (
	"slices"
	"time"
)

// Thread adds a thread below c that nobody in particular opened.
func (c *Channel) Thread(name string) *Channel { return c.guild.add(&Channel{Name: name, parent: c}) }

// Post lets a member open a post in a forum, and returns it as a channel beside what
// becomes of its first message, which has the same id.
func (s *Server) Post(by *Member, in *Channel, title, text string) (*Channel, *Reply) {
	s.t.Helper()
	if !in.forum {
		s.t.Fatalf("%s cannot post in %s: it is not a forum", by.Name, in.Name)
	}
	post := in.guild.add(&Channel{Name: title, parent: in, owner: by, joined: []*Member{by}})
	return post, s.say(&message{id: post.ID, channel: post, author: by, content: text})
}

// StartThread lets a member open a thread at a message. It has the message's id, and
// begins with a message of Discord's own that points at that one.
func (s *Server) StartThread(by *Member, id, name string) *Channel {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.visible(by, id, "open a thread at")
	if m.channel.guild == nil || m.channel.parent != nil || s.channels[id] != nil {
		s.t.Fatalf("%s cannot open a thread at message %s", by.Name, id)
	}
	c := m.channel.guild.admit(&Channel{ID: id, Name: name, parent: m.channel, owner: by, joined: []*Member{by}})
	m.thread = c
	s.tell("MESSAGE_UPDATE", m)
	first := &message{
		id: s.newID(), channel: c, author: by, made: time.Now(), kind: typeThreadStarter,
		reply: &Reference{MessageID: id, ChannelID: m.channel.ID, GuildID: c.guildID()},
	}
	s.keep(first)
	s.dispatchMessage(first)
	return c
}

// Join lets a member join a thread. Bots with the members intent hear of it, and the
// bot hears of itself.
func (c *Channel) Join(m *Member) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.join(m)
}

func (c *Channel) join(m *Member) {
	if slices.Contains(c.joined, m) {
		return
	}
	c.joined = append(c.joined, m)
	intent := intentGuildMembers
	if m == c.s.bot {
		intent = intentGuilds
	}
	c.s.dispatch(c.guildID(), intent, "THREAD_MEMBERS_UPDATE", map[string]any{
		"id": c.ID, "guild_id": c.guildID(), "member_count": len(c.joined), "added_members": []any{c.memberWire(m)},
	})
}

// Archive closes a thread, and locks it too when nobody but moderators may open it
// again: a message to a locked one is refused with 50083. A message to one that is
// only archived opens it.
func (c *Channel) Archive(locked bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.archived, c.locked = true, locked
	c.s.dispatch(c.guildID(), intentGuilds, "THREAD_UPDATE", c.wire())
}

// reopen is what a message does to an archived thread. The caller holds s.mu.
func (c *Channel) reopen() {
	if c.archived && !c.locked {
		c.archived = false
		c.s.dispatch(c.guildID(), intentGuilds, "THREAD_UPDATE", c.wire())
	}
}

// threadWire adds to a channel object what threads have.
func (c *Channel) threadWire(w map[string]any) {
	owner := "1"
	if c.owner != nil {
		owner = c.owner.ID
	}
	w["owner_id"], w["member_count"], w["message_count"], w["total_message_sent"] = owner, len(c.joined), c.messages, c.messages
	w["thread_metadata"] = map[string]any{"archived": c.archived, "auto_archive_duration": 1440, "locked": c.locked, "archive_timestamp": "2024-01-01T00:00:00+00:00"}
	if c.parent.forum {
		w["applied_tags"] = []string{}
	}
	if slices.Contains(c.joined, c.s.bot) {
		w["member"] = c.memberWire(c.s.bot)
	}
}

func (c *Channel) memberWire(m *Member) map[string]any {
	return map[string]any{"id": c.ID, "user_id": m.ID, "join_timestamp": "2024-01-01T00:00:00+00:00", "flags": 0}
}

func threadRoutes() []route {
	const members = "/channels/{channel}/thread-members"
	return []route{
		{method: "GET", path: members, handle: (*Server).getThreadMembers},
		{method: "PUT", path: members + "/@me", handle: (*Server).joinThread},
		{method: "DELETE", path: members + "/@me", handle: (*Server).leaveThread},
	}
}

// thread returns the thread that a request names. The caller holds s.mu.
func (s *Server) thread(c *call) (*Channel, error) {
	channel, err := s.channel(c)
	if err == nil && channel.parent == nil {
		err = &apiError{status: 400, code: 50024, message: "Cannot execute action on this channel type", violation: true}
	}
	return channel, err
}

func (s *Server) getThreadMembers(c *call) (any, error) {
	thread, err := s.thread(c)
	if err != nil {
		return nil, err
	}
	members := []any{}
	for _, m := range thread.joined {
		members = append(members, thread.memberWire(m))
	}
	return members, nil
}

func (s *Server) joinThread(c *call) (any, error) {
	thread, err := s.thread(c)
	if err == nil {
		thread.join(s.bot)
	}
	return nil, err
}

func (s *Server) leaveThread(c *call) (any, error) {
	thread, err := s.thread(c)
	if err == nil {
		thread.joined = slices.DeleteFunc(thread.joined, func(m *Member) bool { return m == s.bot })
	}
	return nil, err
}
