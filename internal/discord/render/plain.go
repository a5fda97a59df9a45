package render

import "strings"

// Plain is the message as one text, for places where the bot may not send embeds.
// An embed with a quote that does not fit into Discord's 2000 characters is
// reduced to its title; what else does not fit loses its last lines.
func (m Message) Plain() string {
	var b strings.Builder
	for _, e := range m.Embeds {
		room := maxContent - size(b.String()) - len("\n\n")
		text := e.plain()
		if e.whole && size(text) > room {
			text = e.heading()
		}
		text = limited(strings.Split(text, "\n"), room)
		if b.Len() > 0 && text != "" {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	return b.String()
}

func (e Embed) heading() string {
	if e.Title == "" {
		return ""
	}
	return "**" + e.Title + "**"
}

func (e Embed) plain() string {
	var lines []string
	if heading := e.heading(); heading != "" {
		lines = append(lines, heading)
	}
	lines = append(lines, e.Description)
	if e.Footer != nil {
		lines = append(lines, Escape(e.Footer.Text))
	}
	return strings.Join(lines, "\n")
}
