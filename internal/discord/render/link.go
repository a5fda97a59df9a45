package render

import (
	"fmt"
	"net/url"
	"strings"
)

// Limits of an address, so that it does not crowd out the quote.
const (
	maxShownURL = 800
	maxFragment = 400
)

// webAddress returns an address that Discord accepts in an embed, percent-encoded
// so that it can end neither the brackets nor the parentheses around it, or "".
func webAddress(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" {
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c >= 0x7F || strings.IndexByte("<>()[]\\`*|\"", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	if b.Len() > maxShownURL {
		return ""
	}
	return b.String()
}

// siteOf is the name of the host of an address, for reading.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// linkTo returns the address of a quote within the page at an address: a text
// fragment, at which a browser scrolls to the words and marks them. An address that
// has a fragment directive already, and one of a quote that would make it too long,
// is left as it is.
//
// Source: https://wicg.github.io/scroll-to-text-fragment/
func linkTo(address, quote string) string {
	directive := textDirective(quote)
	switch {
	case address == "" || directive == "" || len(directive) > maxFragment || strings.Contains(address, ":~:"):
		return address
	case strings.Contains(address, "#"):
		return address + ":~:" + directive
	}
	return address + "#:~:" + directive
}

// edgeWords is how many words of its beginning and its end stand for a long quote.
const edgeWords = 6

// textDirective is "text=start" for a short quote of one line and "text=start,end"
// for others, as each of the two must lie within one block of the page. It is ""
// for a quote without words.
func textDirective(quote string) string {
	var lines [][]string
	for line := range strings.Lines(quote) {
		if words := blockWords(line); len(words) > 0 {
			lines = append(lines, words)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	first, last := lines[0], lines[len(lines)-1]
	if len(lines) == 1 && len(first) <= 2*edgeWords {
		return "text=" + encodeDirective(first)
	}
	start, end := first[:min(edgeWords, len(first))], last[max(0, len(last)-edgeWords):]
	return "text=" + encodeDirective(start) + "," + encodeDirective(end)
}

// blockWords returns the words of a line without the mark of a list, which is no
// text of the page.
func blockWords(line string) []string {
	words := strings.Fields(line)
	if len(words) > 1 && isListMark(words[0]) {
		return words[1:]
	}
	return words
}

// isListMark reports whether a word is a bullet or the number of a list's item.
func isListMark(word string) bool {
	switch word {
	case "-", "*", "+", "•", "–":
		return true
	}
	number := strings.TrimRight(word, ".)")
	return number != word && number != "" && len(number) <= 3 && strings.Trim(number, "0123456789") == ""
}

// encodeDirective percent-encodes all but letters and digits of ASCII, ".", "_" and
// "~": with them "&", "-" and ",", which the directive's grammar keeps for itself.
func encodeDirective(words []string) string {
	var b strings.Builder
	for _, c := range []byte(strings.Join(words, " ")) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
