package discordtest

import "strings"

// Seen is a message as one member sees it.
type Seen struct {
	ID        string
	Content   string
	Embeds    []Embed
	Ephemeral bool
	ReplyTo   string // id of the message that it replies to
	Edited    bool

	Buttons     []Button     // in their order
	Selects     []Select     // in their order
	Texts       []string     // the text displays of components v2
	Attachments []Attachment // with their content
	Pings       []string     // whom it pinged: "<@id>", "<@&id>", "@everyone", "@here"
}

// Button is a button as a member sees it.
type Button struct {
	Label    string
	CustomID string
	URL      string
	Style    int
	Disabled bool
}

// Select is a select menu as a member sees it.
type Select struct {
	CustomID    string
	Placeholder string
	Options     []SelectOption
	Disabled    bool
}

// Text is the whole message as plain lines, from top to bottom, with Discord's
// backslashes taken away as its clients do.
func (v Seen) Text() string {
	parts := append([]string{v.Content}, v.Texts...)
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
	v := Seen{ID: m.id, Content: m.content, Embeds: m.embeds, Ephemeral: m.viewer != nil, Edited: m.edits > 0, Pings: m.pings}
	if m.reply != nil {
		v.ReplyTo = m.reply.MessageID
	}
	for _, file := range m.files {
		v.Attachments = append(v.Attachments, *file)
	}
	for c := range walk(m.components) {
		switch {
		case c.Type == componentButton:
			v.Buttons = append(v.Buttons, Button{c.Label, c.CustomID, c.URL, c.Style, c.Disabled})
		case c.isSelect():
			v.Selects = append(v.Selects, Select{c.CustomID, c.Placeholder, c.Options, c.Disabled})
		case c.Type == componentText:
			v.Texts = append(v.Texts, c.Content)
		}
	}
	return v, true
}

// Button returns the button with a label or custom id.
func (v Seen) Button(what string) (Button, bool) {
	for _, b := range v.Buttons {
		if b.Label == what || b.CustomID == what && what != "" {
			return b, true
		}
	}
	return Button{}, false
}
