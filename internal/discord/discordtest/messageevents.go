package discordtest

import (
	"encoding/json"
	"slices"
	"time"
)

// dispatchMessage sends MESSAGE_CREATE. The caller holds s.mu.
func (s *Server) dispatchMessage(m *message) { s.tell("MESSAGE_CREATE", m) }

// tell sends an event of a message to the sessions that hear of it. Nobody but its
// viewer hears of an ephemeral message. The caller holds s.mu.
func (s *Server) tell(event string, m *message) {
	intent := intentGuildMessages
	if m.channel.guild == nil {
		intent = intentDirectMessages
	}
	for _, session := range s.sessionsOf(m.channel.guildID()) {
		switch {
		case session.intents&intent == 0 || m.viewer != nil || m.channel.forbidden:
		case event == "MESSAGE_DELETE":
			w := map[string]any{"id": m.id, "channel_id": m.channel.ID}
			if m.channel.guild != nil {
				w["guild_id"] = m.channel.guild.ID
			}
			session.emit(event, w)
		default:
			session.emit(event, m.eventFor(s, session.intents))
		}
	}
}

// keep stores a new message. The caller holds s.mu.
func (s *Server) keep(m *message) {
	s.messages[m.id] = m
	s.ageMessage(m.id)
	m.channel.newest = m.id
	if m.id != m.channel.ID && m.kind != typeThreadStarter {
		m.channel.messages++
	}
	if m.reply != nil {
		s.replies[m.reply.MessageID] = append(s.replies[m.reply.MessageID], m)
		if to := s.repliedTo(m); to != nil && m.author == s.bot && to.answered.IsZero() {
			to.answered = m.made
		}
	}
}

// drop deletes a message and says so. The caller holds s.mu.
func (s *Server) drop(m *message) {
	s.discard(m)
	s.tell("MESSAGE_DELETE", m)
}

// discard forgets a message. The caller holds s.mu.
func (s *Server) discard(m *message) {
	delete(s.messages, m.id)
	if m.reply == nil {
		return
	}
	of := m.reply.MessageID
	s.replies[of] = slices.DeleteFunc(s.replies[of], func(other *message) bool { return other == m })
	if len(s.replies[of]) == 0 {
		delete(s.replies, of)
	}
}

// touched notes an edit. The caller holds s.mu.
func (m *message) touched() {
	m.edits++
	m.edited = time.Now()
}

// Unfurl adds the preview of a link to a message, as Discord does by itself a moment
// after it was sent: a MESSAGE_UPDATE without edited_timestamp, which is no edit.
func (s *Server) Unfurl(id string, preview Embed) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	if m == nil {
		s.t.Fatalf("nothing can be unfurled in message %s: there is none", id)
		return
	}
	m.embeds = append(slices.Clone(m.embeds), preview)
	s.tell("MESSAGE_UPDATE", m)
	s.touch()
}

// DeleteMany lets a moderator's bot delete 2 to 100 messages of one channel at once,
// of which bots hear in one MESSAGE_DELETE_BULK.
func (s *Server) DeleteMany(by *Member, ids ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(ids); n < 2 || n > 100 {
		s.t.Fatalf("%s cannot delete %d messages at once", by.Name, n)
	}
	in := s.visible(by, ids[0], "delete").channel
	for _, id := range ids {
		m := s.visible(by, id, "delete")
		if m.channel != in || in.guild == nil || by.mayIn(in.guild)&mayManageMessages == 0 {
			s.t.Fatalf("%s cannot delete message %s with others", by.Name, id)
		}
		s.deleted[id] = true
		s.discard(m)
	}
	if !in.forbidden {
		s.dispatch(in.guildID(), intentGuildMessages, "MESSAGE_DELETE_BULK", map[string]any{"ids": ids, "channel_id": in.ID, "guild_id": in.guildID()})
	}
	s.touch()
}

// SayParts lets a member, such as another bot, write a message with components that
// need not be known here: any JSON list, such as [{"type":99}].
func (s *Server) SayParts(by *Member, in *Channel, text, components string) *Reply {
	return s.say(&message{channel: in, author: by, content: text, raw: json.RawMessage(components)})
}
