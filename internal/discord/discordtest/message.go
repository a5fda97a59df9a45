package discordtest

import (
	"cmp"
	"encoding/json"
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
	quiet      bool // a reply that does not ping
	kind       int  // its type, unless the rest says so
	nonce      any
	raw        json.RawMessage // components that nobody knows, instead of components
	thread     *Channel        // that was opened at it
	call       *interaction    // that it replies to
	viewer     *Member         // the only one who sees it, when it is ephemeral
	loading    bool            // "is thinking…"
	edits      int
	made       time.Time
	answered   time.Time // when the bot's first reply to it came
	edited     time.Time // the last time
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
		"pinned": false, "type": m.kind, "flags": m.wireFlags(),
	}
	if m.raw != nil {
		w["components"] = m.raw
	}
	if m.edits > 0 {
		w["edited_timestamp"] = m.edited.UTC().Format(time.RFC3339Nano)
	}
	if m.reply != nil {
		w["type"], w["message_reference"], w["referenced_message"] = cmp.Or(m.kind, typeReply), m.reply, nil
	}
	if m.nonce != nil {
		w["nonce"] = m.nonce
	}
	if m.thread != nil {
		w["thread"] = m.thread.wire()
	}
	if m.call != nil {
		m.call.sign(w)
	}
	return w
}

// Message types.
const (
	typeReply         = 19
	typeThreadStarter = 21
)

func (m *message) wireFlags() int {
	flags := m.flags
	if m.loading {
		flags |= flagLoading
	}
	if m.thread != nil {
		flags |= flagHasThread
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
		w["referenced_message"] = to.inner(s, intents)
	}
	return w
}

// inner is the message within another one that replies to it.
func (m *message) inner(s *Server, intents int) map[string]any {
	alone := *m
	alone.reply = nil
	w := alone.wireFor(s, intents)
	if m.reply != nil {
		w["type"], w["message_reference"] = cmp.Or(m.kind, typeReply), m.reply
	}
	return w
}

// eventFor is the message as an event has it, which names the guild and what the
// author is there. REST and interactions do not.
func (m *message) eventFor(s *Server, intents int) map[string]any {
	w := m.wireFor(s, intents)
	w["channel_type"] = m.channel.kind()
	if m.channel.guild != nil {
		w["guild_id"], w["member"] = m.channel.guild.ID, m.author.partial(m.channel.guild)
	}
	return w
}

func (m *message) readable(s *Server, intents int) bool {
	return intents&intentMessageContent != 0 || m.channel.guild == nil || m.author == s.bot || slices.Contains(m.mentions(s), s.bot)
}

// message returns the message that a request names, if the bot may name it. The
// caller holds s.mu.
func (s *Server) message(c *call) (*message, error) {
	id := c.PathValue("message")
	m := s.messages[id]
	if m == nil || m.channel.ID != c.PathValue("channel") || m.viewer != nil || m.loading {
		return nil, &apiError{status: 404, code: 10008, message: "Unknown Message", violation: !s.deleted[id] && !s.lost(id)}
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
