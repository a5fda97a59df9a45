package desk

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
)

// What screens are made of.

// panel is a message with a title and paragraphs of Discord Markdown; what comes from
// an article, a file or a person is escaped by the caller. What is longer than an embed
// can be is attached as text by [whole].
func panel(title string, paragraphs ...string) api.Message {
	text := strings.Join(notEmpty(paragraphs), "\n\n")
	return api.Message{Embeds: []render.Embed{{Title: render.Escape(title), Description: text, Color: render.Neutral}}}
}

// maxPanel is how many characters of Markdown a panel has room for, so that a message
// with one is within Discord's limits, whatever else stands in it.
const maxPanel = 3800

// whole shows a text in a panel, as a block of code when it is code; one that is too
// long is attached instead, and the panel says so.
func whole(m api.Message, name, text string) api.Message {
	block := "```\n" + strings.ReplaceAll(text, "```", "`\u200b``") + "\n```"
	if e := &m.Embeds[0]; utf8.RuneCountInString(e.Description)+utf8.RuneCountInString(block)+2 <= maxPanel {
		e.Description = strings.TrimPrefix(e.Description+"\n\n"+block, "\n\n")
		return m
	}
	m.Embeds[0].Description = strings.TrimPrefix(m.Embeds[0].Description+"\n\nIt is too long for a message, so it is attached as "+render.Escape(name)+".", "\n\n")
	return attached(m, name, []byte(text))
}

// attached is a message with a file.
func attached(m api.Message, name string, data []byte) api.Message {
	m.Files = append(m.Files, api.File{Name: name, Data: data})
	return m
}

// list makes lines of a bulleted list of Markdown; beyond most it says how many more
// there are.
func list(lines []string, most int) string {
	shown := lines[:min(most, len(lines))]
	var b strings.Builder
	for _, line := range shown {
		b.WriteString("- " + line + "\n")
	}
	if n := len(lines) - len(shown); n > 0 {
		b.WriteString("- and " + counted(n, "more", "more") + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// cut shortens a text to a number of characters, with a sign that it was cut.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return text
}

// plain is one line of foreign text, escaped and of at most so many characters.
func plain(text string, most int) string {
	return render.Escape(cut(strings.Join(strings.Fields(text), " "), most))
}

func notEmpty(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// button makes a button; one that cannot be made is left out by [row].
func (u Use) button(label string, a Action, on string, page int) render.Button {
	return render.Button{Label: label, ID: u.Seal(a, on, page)}
}

// styled is a button with a style.
func styled(b render.Button, s render.Style) render.Button {
	b.Style = s
	return b
}

// row is a row of those buttons that could be made.
func row(buttons ...render.Button) render.Row {
	var r render.Row
	for _, b := range buttons {
		if b.ID != "" {
			r.Buttons = append(r.Buttons, b)
		}
	}
	return r
}

// menu is a row with a menu of our own entries, at most 25.
func (u Use) menu(a Action, on, hint string, entries []render.Entry) render.Row {
	return render.Row{Menu: &render.Menu{ID: u.Seal(a, on, 0), Hint: hint, Entries: entries[:min(25, len(entries))]}}
}

// with is a reply that shows a message with rows below it; empty rows are left out.
func with(m api.Message, rows ...render.Row) Reply {
	for _, r := range rows {
		if len(r.Buttons) > 0 || r.Menu != nil {
			m.Rows = append(m.Rows, r)
		}
	}
	return Reply{Show: &m}
}

// beside is with for what leaves the message with the component as it is.
func beside(m api.Message, rows ...render.Row) Reply {
	r := with(m, rows...)
	r.Beside = true
	return r
}

// sentence is an error as a moderator reads it: without its class, and without
// anything of what went wrong inside.
func sentence(err error) string {
	if unexpected(err) != nil {
		return "That could not be done just now, and nothing was changed. Please try again in a minute."
	}
	text := err.Error()
	for _, class := range []error{article.ErrInvalid, article.ErrNotFound, article.ErrConflict, article.ErrTooLarge} {
		text = strings.ReplaceAll(text, class.Error()+": ", "")
	}
	return ended(upperFirst(text))
}

func upperFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(r)) + text[n:]
}

// sentenceOf is a message of Markdown that is safe already.
func sentenceOf(markdown string) render.Message {
	return render.Message{Embeds: []render.Embed{{Description: markdown, Color: render.Neutral}}}
}
