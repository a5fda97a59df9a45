package render

import (
	"strings"

	"verbatim/internal/discord/locale"
)

// maxPointed is how many channels a pointer names.
const maxPointed = 5

// Pointer says to one reader that the articles are quoted on this only in another
// channel, and in which: ids of Discord's, of which five at most are named. What is
// not such an id is left out.
func (r *Renderer) Pointer(channels []string) Message {
	lines := []string{Escape(r.words.Say(locale.ReasonRestricted, nil))}
	var links []string
	for _, id := range channels {
		if isID(id) && len(links) < maxPointed {
			links = append(links, "<#"+id+">")
		}
	}
	if len(links) > 0 {
		lines = append(lines, r.words.Say(locale.HintChannels, locale.Values{"Channels": strings.Join(links, " ")}))
	}
	return Message{Embeds: []Embed{{Description: strings.Join(lines, "\n"), Color: Neutral}}, Ephemeral: true}
}

// isID reports whether s is an id of Discord's: a number of 64 bits in decimal.
//
// Source: https://discord.com/developers/docs/reference#snowflakes
func isID(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// Veiled says to everybody that something can be shown in private, by the button.
func (r *Renderer) Veiled() Message { return r.Sentence(locale.HintPrivate) }

// Confirm asks, in a direct message, whether age-restricted articles may be quoted.
func (r *Renderer) Confirm() Message { return r.Sentence(locale.NoticeOptIn) }
