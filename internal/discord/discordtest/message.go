package discordtest

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// message is a message as the server keeps it.
type message struct {
	id         string
	channel    *Channel
	author     *Member
	content    string
	embeds     []Embed
	components []Component
	files      []*Attachment
	flags      int
	reply      *Reference
	quiet      bool         // a reply that does not ping
	call       *interaction // that it replies to
	viewer     *Member      // the only one who sees it, when it is ephemeral
	loading    bool         // "is thinking…"
	edits      int
	made       time.Time
	pings      []string
}

// fill takes over what a body says.
func (m *message) fill(b *body) {
	if b.Content != nil {
		m.content = *b.Content
	}
	if b.Embeds != nil {
		m.embeds = b.Embeds
	}
	if b.Components != nil {
		m.components = numbered(b.Components)
	}
	if b.Flags != nil {
		m.flags = m.flags&^flagSuppressEmbeds | *b.Flags&(flagSuppressEmbeds|flagComponentsV2|flagSuppressNotifications)
	}
	if b.Attachments != nil || len(b.files) > 0 {
		m.files = b.kept(m.files)
	}
}

var mention = regexp.MustCompile(`<@!?(\d+)>`)

// mentions returns the users that the message mentions: by id in its content, and
// the author of what it replies to.
func (m *message) mentions(s *Server) []*Member {
	var found []*Member
	for _, match := range mention.FindAllStringSubmatch(m.content, -1) {
		if user := s.members[match[1]]; user != nil && !slices.Contains(found, user) {
			found = append(found, user)
		}
	}
	if to := s.repliedTo(m); to != nil && !m.quiet && m.author != s.bot && !slices.Contains(found, to.author) {
		found = append(found, to.author)
	}
	return found
}

func (s *Server) repliedTo(m *message) *message {
	if m.reply == nil {
		return nil
	}
	return s.messages[m.reply.MessageID]
}

// wire is the message object of the API.
func (m *message) wire(s *Server) map[string]any {
	mentions := []any{}
	for _, user := range m.mentions(s) {
		mentions = append(mentions, user.wire())
	}
	w := map[string]any{
		"id": m.id, "channel_id": m.channel.ID, "author": m.author.wire(), "content": m.content,
		"timestamp": m.made.UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "tts": false,
		"mention_everyone": strings.Contains(m.content, "@everyone"), "mentions": mentions, "mention_roles": []string{},
		"attachments": wireFiles(m.files), "embeds": append([]Embed{}, m.embeds...), "components": append([]Component{}, m.components...),
		"pinned": false, "type": 0, "flags": m.wireFlags(),
	}
	if m.edits > 0 {
		w["edited_timestamp"] = m.made.UTC().Format(time.RFC3339Nano)
	}
	if m.reply != nil {
		w["type"], w["message_reference"], w["referenced_message"] = 19, m.reply, nil
	}
	if m.call != nil {
		m.call.sign(w)
	}
	if m.channel.guild != nil && m.viewer == nil {
		w["guild_id"] = m.channel.guild.ID
		w["member"] = map[string]any{"roles": []string{}, "joined_at": "2024-01-01T00:00:00+00:00"}
	}
	return w
}

func (m *message) wireFlags() int {
	flags := m.flags
	if m.loading {
		flags |= flagLoading
	}
	return flags
}

// wireFor is the message as a session with the given intents gets it: without the
// intent for it, a bot reads the content of its own messages, of direct messages and
// of those that mention it.
// Source: https://discord.com/developers/docs/events/gateway#message-content-intent
func (m *message) wireFor(s *Server, intents int) map[string]any {
	w := m.wire(s)
	if !m.readable(s, intents) {
		w["content"], w["embeds"], w["attachments"], w["components"] = "", []any{}, []any{}, []any{}
	}
	if to := s.repliedTo(m); to != nil {
		inner := *to
		inner.reply = nil
		w["referenced_message"] = inner.wireFor(s, intents)
	}
	return w
}

func (m *message) readable(s *Server, intents int) bool {
	return intents&intentMessageContent != 0 || m.channel.guild == nil || m.author == s.bot || slices.Contains(m.mentions(s), s.bot)
}

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
			session.emit(event, m.wireFor(s, session.intents))
		}
	}
}

// keep stores a new message. The caller holds s.mu.
func (s *Server) keep(m *message) {
	s.messages[m.id] = m
	if m.reply != nil {
		s.replies[m.reply.MessageID] = append(s.replies[m.reply.MessageID], m)
	}
}

// drop deletes a message and says so. The caller holds s.mu.
func (s *Server) drop(m *message) {
	delete(s.messages, m.id)
	if m.reply != nil {
		of := m.reply.MessageID
		s.replies[of] = slices.DeleteFunc(s.replies[of], func(other *message) bool { return other == m })
	}
	s.tell("MESSAGE_DELETE", m)
}

// message returns the message that a request names, if the bot may name it. The
// caller holds s.mu.
func (s *Server) message(c *call) (*message, error) {
	id := c.PathValue("message")
	m := s.messages[id]
	if m == nil || m.channel.ID != c.PathValue("channel") || m.viewer != nil || m.loading {
		return nil, &apiError{status: 404, code: 10008, message: "Unknown Message", violation: !s.deleted[id]}
	}
	return m, m.channel.access()
}

// access is the error where the bot may not see a channel.
func (c *Channel) access() error {
	if c.forbidden {
		return &apiError{status: 403, code: 50001, message: "Missing Access"}
	}
	return nil
}
