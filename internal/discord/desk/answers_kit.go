package desk

import (
	"fmt"
	"strings"
	"time"

	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// What the screens about answers are made of.

// heading is where a passage stands, as Markdown.
func heading(title, section string) string { return render.Escape(headingText(title, section)) }

// headingText is where a passage stands, as plain text on one line.
func headingText(title, section string) string {
	text := cut(oneLine(title), 120)
	if section != "" {
		text += " › " + cut(oneLine(section), 120)
	}
	return text
}

// oneLine is a text without line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// blockQuote is a foreign text, cut after so many characters, as Discord's quotation.
func blockQuote(text string, most int) string {
	return "> " + strings.ReplaceAll(render.Escape(cut(text, most)), "\n", "\n> ")
}

// shortened is a bulleted list of which each entry is cut to as many characters as leave
// room for all of them.
func shortened(room int, entries func(most int) []string) string {
	for _, most := range []int{200, 100, 50} {
		lines := entries(most)
		if text := list(lines, len(lines)); units(text) <= room {
			return text
		}
	}
	lines := entries(20)
	return list(lines, len(lines))
}

// roomy is how much room a list has in a panel with a few sentences beside it.
const roomy = 3300

// moment is a time as each reader's client shows it, in one of Discord's styles.
// Source: https://discord.com/developers/docs/reference#message-formatting
func moment(at time.Time, style rune) string { return fmt.Sprintf("<t:%d:%c>", at.Unix(), style) }

// person is who did something. It pings nobody.
func person(id string) string {
	if library.IsID(id) {
		return "<@" + id + ">"
	}
	if id == library.Host {
		return "whoever runs the bot"
	}
	return plain(id, 40)
}

func tierOf(name string) safety.Tier {
	t, err := safety.ParseTier(name)
	if err != nil {
		return safety.TierNone
	}
	return t
}

// tierName is a tier as moderators read it.
func tierName(name string) string {
	t := tierOf(name)
	if t == safety.TierNone {
		return "not dangerous"
	}
	means, _, _ := strings.Cut(tierMeans(t), ":")
	return name + " (" + means + ")"
}

// maxEntry is how long each text of an entry of a menu, and a completion, may be.
// Source: https://discord.com/developers/docs/components/reference#string-select-select-option-structure
const maxEntry = 100

// inMenu is a text as an entry of a menu has room for it, as Discord counts its length.
func inMenu(text string) string {
	for n := maxEntry; ; n-- {
		if shorter := cut(text, n); units(shorter) <= maxEntry {
			return shorter
		}
	}
}
