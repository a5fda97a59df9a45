package render

import "strings"

// Escape makes Discord show s as it is written: no Markdown, no mention, no
// custom emoji, no timestamp, no link made of an address, no invite. It only puts
// backslashes before ASCII punctuation, so that [Unescape] gives s back.
//
// Discord's parser takes a backslash before any character that is neither a
// letter, a digit nor white space as "show the next character".
// Source: https://discord.com/developers/docs/reference#message-formatting and
// the rules of its Markdown, https://support.discord.com/hc/articles/210298617.
func Escape(s string) string {
	return escape(s, func(int) string { return "" })
}

// escape is Escape with markup of our own: mark says what stands before the byte
// i, and at len(s) behind the last one.
func escape(s string, mark func(i int) string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	start := lineStart
	for i := range len(s) {
		b.WriteString(mark(i))
		if special(s, i, start) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
		start = start.after(s[i])
	}
	b.WriteString(mark(len(s)))
	return b.String()
}

// Unescape undoes Escape.
func Unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// place is where in a line a byte stands, as far as block markers need it.
type place uint8

const (
	inLine      place = iota
	lineStart         // only white space so far
	afterDigits       // only white space and a number so far
)

// after returns the place of the byte that follows c.
func (p place) after(c byte) place {
	switch {
	case c == '\n' || c == '\r':
		return lineStart
	case p == lineStart && (c == ' ' || c == '\t'):
		return lineStart
	case p != inLine && '0' <= c && c <= '9':
		return afterDigits
	}
	return inLine
}

// special reports whether the byte s[i] could be read as markup where it stands.
func special(s string, i int, p place) bool {
	switch s[i] {
	case '\\', '*', '_', '~', '`', '|', '<', '>', '[', ']', '@':
		return true
	case '#', '-', '+':
		return p == lineStart
	case '.': // discord.gg/code
		return p == afterDigits || afterDiscord(s[:i])
	case ')':
		return p == afterDigits
	case ':': // https://, :emoji:
		return i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '\n'
	}
	return false
}

// afterDiscord reports whether text ends with the name in the addresses of invites,
// which Discord unfolds even without a scheme.
func afterDiscord(text string) bool {
	for _, name := range []string{"discord", "discordapp"} {
		if n := len(text) - len(name); n >= 0 && strings.EqualFold(text[n:], name) {
			return true
		}
	}
	return false
}

// blockQuote marks every line of escaped text as quoted.
func blockQuote(escaped string) string {
	return "> " + strings.ReplaceAll(escaped, "\n", "\n> ")
}
