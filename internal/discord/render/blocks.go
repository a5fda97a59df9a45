package render

import "strings"

// cardEmbed shows a card or a disclaimer: the level as the title, the one thing
// to do in bold, the list, and the small print.
func cardEmbed(title, action string, bullets []string, note string, color int) Embed {
	var lines []string
	if action != "" {
		lines = append(lines, "**"+fit(oneLine(action), 1000)+"**")
	}
	for _, bullet := range bullets {
		if line := fit(oneLine(bullet), 500); line != "" {
			lines = append(lines, "- "+line)
		}
	}
	e := Embed{Title: fit(title, maxTitle), Description: limited(lines, maxDescription), Color: color}
	if note = fitPlain(note, maxFooter); note != "" {
		e.Footer = &Footer{note}
	}
	return e
}

// limited joins lines while the result has at most limit characters.
func limited(lines []string, limit int) string {
	var b strings.Builder
	used := 0
	for _, line := range lines {
		if used += size(line) + 1; used > limit {
			break
		}
		b.WriteString(line + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
