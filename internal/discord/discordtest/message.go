package discordtest

import (
	"strings"
	"time"
)

// message is a message as the server keeps it.
type message struct {
	id      string
	channel *Channel
	author  *Member
	content string
	embeds  []Embed
	flags   int
	reply   *Reference
	viewer  *Member // the only one who sees it, when it is ephemeral
	loading bool    // "is thinking…"
	edits   int
	made    time.Time
}

// fill takes over what a body says.
func (m *message) fill(b *body) {
	if b.Content != nil {
		m.content = *b.Content
	}
	if b.Embeds != nil {
		m.embeds = b.Embeds
	}
}

// mentions returns the users that the content mentions by id. A reply that pings
// is not told apart; members of this Discord reply without pinging.
func (m *message) mentions(s *Server) []*Member {
	if strings.Contains(m.content, "<@"+s.bot.ID+">") || strings.Contains(m.content, "<@!"+s.bot.ID+">") {
		return []*Member{s.bot}
	}
	return nil
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
		"attachments": []any{}, "embeds": append([]Embed{}, m.embeds...), "components": []any{}, "pinned": false, "type": 0, "flags": m.flags,
	}
	if m.edits > 0 {
		w["edited_timestamp"] = m.made.UTC().Format(time.RFC3339Nano)
	}
	if m.reply != nil {
		w["type"], w["message_reference"] = 19, m.reply
	}
	if m.channel.guild != nil {
		w["guild_id"] = m.channel.guild.ID
		w["member"] = map[string]any{"roles": []string{}, "joined_at": "2024-01-01T00:00:00+00:00"}
	}
	return w
}

// Seen is a message as one member sees it.
type Seen struct {
	ID        string
	Content   string
	Embeds    []Embed
	Ephemeral bool
	ReplyTo   string // id of the message that it replies to
	Edited    bool
}

// Text is the whole message as plain lines, from top to bottom, with Discord's
// backslashes taken away as its clients do.
func (v Seen) Text() string {
	parts := []string{v.Content}
	for _, e := range v.Embeds {
		if e.Author != nil {
			parts = append(parts, e.Author.Name)
		}
		parts = append(parts, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Name, f.Value)
		}
		if e.Footer != nil {
			parts = append(parts, e.Footer.Text)
		}
	}
	var lines []string
	for _, part := range parts {
		if part != "" {
			lines = append(lines, unescaped(part))
		}
	}
	return strings.Join(lines, "\n")
}

func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// seen is the message in the eyes of a member, and whether they see it at all.
func (m *message) seen(by *Member) (Seen, bool) {
	if m.loading || m.viewer != nil && m.viewer != by {
		return Seen{}, false
	}
	v := Seen{ID: m.id, Content: m.content, Embeds: m.embeds, Ephemeral: m.viewer != nil, Edited: m.edits > 0}
	if m.reply != nil {
		v.ReplyTo = m.reply.MessageID
	}
	return v, true
}
