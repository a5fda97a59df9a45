package desk

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
)

// sheet is a panel with headings and lists below them. What has no room in it is in the
// text beside it, which [sheet.done] attaches when anything was cut.
type sheet struct {
	m    api.Message
	text strings.Builder // all of it, as plain text
	cut  bool
}

// item is one line of a list, with lines below it. Its texts are foreign and plain.
type item struct {
	text string
	link string // an address, which becomes a link behind the text
	rest []string
}

// itemsOf are items without anything below them.
func itemsOf(texts []string) []item {
	items := make([]item, len(texts))
	for i, text := range texts {
		items[i] = item{text: text}
	}
	return items
}

// newSheet begins with paragraphs of Markdown.
func newSheet(title string, paragraphs ...string) *sheet {
	s := &sheet{m: panel(title, paragraphs...)}
	s.text.WriteString(title + "\n")
	for _, p := range notEmpty(paragraphs) {
		s.text.WriteString("\n" + bare(p) + "\n")
	}
	return s
}

// bare is our own Markdown, which knows bold and nothing else, as plain text.
func bare(markdown string) string {
	return render.Unescape(strings.ReplaceAll(markdown, "**", ""))
}

// maxItem is how many characters of a text an item shows.
const maxItem = 180

// add adds a list under a heading, of which at most so many items are shown.
func (s *sheet) add(heading string, items []item, most int) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(&s.text, "\n%s\n", heading)
	for _, it := range items {
		s.text.WriteString("- " + it.text)
		for _, line := range it.rest {
			s.text.WriteString("\n  " + line)
		}
		if it.link != "" {
			s.text.WriteString("\n  " + it.link)
		}
		s.text.WriteString("\n")
	}
	for n := min(most, len(items)); n >= 0; n-- {
		if s.fits(block(heading, items, n)) {
			s.write(block(heading, items, n))
			s.cut = s.cut || n < len(items) || longItem(items[:n])
			return
		}
	}
	s.cut = true
}

// block is a list as the panel shows it: n of its items.
func block(heading string, items []item, n int) string {
	shown := make([]string, n)
	for i, it := range items[:n] {
		shown[i] = plain(it.text, maxItem)
		if it.link != "" {
			shown[i] += " ([look](" + it.link + "))"
		}
		for _, line := range it.rest {
			shown[i] += "\n  " + plain(line, maxItem)
		}
	}
	text := list(shown, n)
	if more := len(items) - n; more > 0 {
		text = strings.TrimPrefix(text+"\n- and "+counted(more, "more", "more"), "\n")
	}
	return "**" + render.Escape(heading) + "**\n" + text
}

// longItem reports whether something of the items was cut.
func longItem(items []item) bool {
	for _, it := range items {
		for _, text := range append([]string{it.text}, it.rest...) {
			if len([]rune(text)) > maxItem {
				return true
			}
		}
	}
	return false
}

// diff shows a unified diff as a block of code, or attaches it when it is long.
func (s *sheet) diff(heading, name, diff string) {
	if diff == "" {
		return
	}
	fmt.Fprintf(&s.text, "\n%s\n%s", heading, diff)
	added, removed := diffSize(diff)
	head := fmt.Sprintf("**%s** %s added, %s taken out", render.Escape(heading), counted(added, "line", "lines"), counted(removed, "line", "lines"))
	if code := head + "\n" + diffBlock(diff); units(diff) <= maxDiff && s.fits(code) {
		s.write(code)
		return
	}
	s.write(head + ". They are attached as " + render.Escape(name) + ".")
	s.attach(name, diff)
}

// maxDiff is how many characters of a diff are shown in a message beside other things.
const maxDiff = 1500

// diffBlock is a diff as Discord colours it. What would end the block is broken up.
func diffBlock(diff string) string {
	return "```diff\n" + strings.ReplaceAll(strings.TrimRight(diff, "\n"), "```", "`\u200b``") + "\n```"
}

// diffSize counts the lines that a unified diff adds and takes out.
func diffSize(diff string) (added, removed int) {
	for line := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "--- "):
		case strings.HasPrefix(line, "+"):
			added++
		case strings.HasPrefix(line, "-"):
			removed++
		}
	}
	return added, removed
}

func (s *sheet) attach(name, text string) { s.m = attached(s.m, name, []byte(text)) }

// fits reports whether a block has room, beside the last words of [sheet.done].
func (s *sheet) fits(markdown string) bool {
	return units(s.m.Embeds[0].Description)+units(markdown)+2 <= maxPanel-150
}

func (s *sheet) write(markdown string) {
	e := &s.m.Embeds[0]
	e.Description = strings.TrimPrefix(e.Description+"\n\n"+markdown, "\n\n")
}

// done is the message, with all of it attached under a name when something was cut.
func (s *sheet) done(name string) api.Message {
	if s.cut {
		s.write("Not all of this fits here. The whole of it is attached as " + render.Escape(name) + ".")
		s.attach(name, s.text.String())
	}
	return s.m
}

// units is the length of a text as Discord's clients count it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }
