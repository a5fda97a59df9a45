package safety

import (
	"regexp"
	"strings"
)

// discordTokens are mentions, custom emoji, timestamps and web addresses.
var discordTokens = regexp.MustCompile(`<(?:@[!&]?|#|a?:[a-z0-9_]{1,32}:|t:|/)[^<>\s]{0,64}>|https?://\S+`)

// unmarked strips Discord markup from a cleaned text: mentions, custom emoji and
// addresses become a space, and the signs of bold, italics, spoilers, strikes,
// code and quotes vanish, so that "su||ici||de" is one word again.
func unmarked(text string) string {
	if !strings.ContainsAny(text, "*_|~`<>\\") && !strings.Contains(text, "://") {
		return text
	}
	text = discordTokens.ReplaceAllStringFunc(text, splitOrJoin)
	return strings.Map(func(r rune) rune {
		switch r {
		case '*', '_', '|', '~', '`', '\\', '<', '>':
			return -1
		}
		return r
	}, text)
}

// splitOrJoin replaces an address by a space and a mention or emoji by nothing,
// since the latter are put inside words to split them.
func splitOrJoin(token string) string {
	if strings.HasPrefix(token, "<") {
		return ""
	}
	return " "
}
