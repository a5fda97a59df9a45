package safety

import (
	"regexp"
	"strings"
)

var (
	// discordTokens are mentions, custom emoji, timestamps, commands, and web addresses.
	discordTokens = regexp.MustCompile(`<(?:@[!&]?|#|a?:[a-z0-9_]{1,32}:|t:|id:|sound:|/)[^<>\s]{0,64}>|<?https?://[^\s>]+>?`)
	// maskedLinks are links that show other words than their address.
	maskedLinks = regexp.MustCompile(`\[([^\[\]\n]{1,200})\]\(\s?<?https?://[^\s()]{1,500}(?:\s"[^"\n]{0,200}")?\)`)
)

// unmarked strips Discord markup from a cleaned text: mentions and custom emoji
// vanish, addresses become a space, and the signs of bold, italics, headings, spoilers,
// strikes, code and quotes vanish too, so that "su||ici||de" is one word again.
// Markup between words is what the plain view is for.
func unmarked(text string) string {
	if !strings.ContainsAny(text, "*_|~`<>\\#[") && !strings.Contains(text, "://") {
		return text
	}
	text = maskedLinks.ReplaceAllString(text, "$1")
	text = discordTokens.ReplaceAllStringFunc(text, splitOrJoin)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("*_|~`\\<>#", r) {
			return -1
		}
		return r
	}, text)
}

// splitOrJoin replaces an address by a space and a mention or emoji by nothing,
// since the latter are put inside words to split them.
func splitOrJoin(token string) string {
	if strings.Contains(token, "://") {
		return " "
	}
	return ""
}
