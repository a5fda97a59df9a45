package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// listItem matches a line that starts an item: group 1 is the number of an
// ordered one, group 2 the text.
var listItem = regexp.MustCompile(`^(?:[-*•]|(\d{1,3})[.)]) (.+)$`)

// markdown writes blocks so that the canonical text has the same words.
func markdown(blocks []block) string {
	var b strings.Builder
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n\n")
		}
		switch {
		case block.heading:
			b.WriteString("## " + escapeHeading(strings.TrimLeft(block.text(), "# ")))
		case block.isList():
			b.WriteString(listMarkdown(block))
		default:
			b.WriteString(escapeParagraph(block.text()))
		}
	}
	return b.String()
}

// listMarkdown writes a list. Numbers that do not count up by one would be
// counted anew in Markdown, so such lines become paragraphs.
func listMarkdown(b block) string {
	items := listItems(b)
	first := items[0].number
	var lines []string
	for i, item := range items {
		switch {
		case first < 0 && item.number < 0:
			lines = append(lines, "- "+escapeParagraph(item.text))
		case first >= 0 && item.number == first+i:
			lines = append(lines, fmt.Sprintf("%d. %s", item.number, escapeParagraph(item.text)))
		default:
			return paragraphsMarkdown(b)
		}
	}
	return strings.Join(lines, "\n")
}

func paragraphsMarkdown(b block) string {
	lines := make([]string, len(b.lines))
	for i, l := range b.lines {
		lines[i] = escapeParagraph(l.text)
	}
	return strings.Join(lines, "\n\n")
}

// An item of a list; number is -1 for a bullet.
type item struct {
	number int
	text   string
}

// listItems joins wrapped lines to the item that they continue.
func listItems(b block) []item {
	var items []item
	for _, l := range b.lines {
		m := listItem.FindStringSubmatch(l.text)
		if m == nil {
			items[len(items)-1].text += " " + l.text
			continue
		}
		number := -1
		if m[1] != "" {
			number, _ = strconv.Atoi(m[1])
		}
		items = append(items, item{number, m[2]})
	}
	return items
}

var (
	// markup matches what Markdown would read as markup inside a line, including
	// the start of a bare web or mail address, which must not hide an escape.
	markup = regexp.MustCompile("[\\\\`*_\\[~@]|<[A-Za-z/!?]|&[A-Za-z#]|://|\\bwww\\.")
	// opening matches what Markdown would read as the start of another kind of block.
	opening = regexp.MustCompile(`^(?:[#>+=-]|\d{1,9}[.)])`)
)

func escapeParagraph(s string) string {
	s = escapeInline(s)
	if m := opening.FindString(s); m != "" {
		s = m[:len(m)-1] + `\` + s[len(m)-1:]
	}
	return s
}

func escapeHeading(s string) string {
	return strings.ReplaceAll(escapeInline(s), "#", `\#`)
}

func escapeInline(s string) string {
	return markup.ReplaceAllStringFunc(s, func(m string) string {
		if strings.HasPrefix(strings.ToLower(m), "www") {
			return m[:len(m)-1] + `\.`
		}
		return `\` + m
	})
}
