package safety

import "strings"

// String renders the card as plain text: title, action, one "- " line a bullet,
// and the note.
func (c Card) String() string {
	lines := make([]string, 0, 3+len(c.Bullets))
	for _, line := range []string{c.Title, c.Action} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	for _, bullet := range c.Bullets {
		lines = append(lines, "- "+bullet)
	}
	if c.Note != "" {
		lines = append(lines, c.Note)
	}
	return strings.Join(lines, "\n")
}
