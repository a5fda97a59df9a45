package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// Citation shows a citation of the article of a title, to be copied.
func (r *Renderer) Citation(style article.Style, text, title string) Message {
	v := view{Words: r.words}
	e := v.titled(answer.Quote{Title: title}, "", codeBlock(text))
	e.Footer = &Footer{v.styleName(style)}
	return Message{Embeds: []Embed{e}, Ephemeral: true}
}

// StyleName is what a citation style is called in a menu.
func (r *Renderer) StyleName(style article.Style) string {
	return view{Words: r.words}.styleName(style)
}

// styleName is the name of APA where no style was named.
func (v view) styleName(style article.Style) string {
	if style == "" {
		style = article.StyleAPA
	}
	return fitPlain(v.Say(locale.Style(string(style)), nil), maxLabel)
}

// Label is what a button or an entry of a menu says: the first of the texts of which
// something is shown, cut after a word where it is too long. It is "" when none is.
func Label(texts ...string) string {
	return fitPlain(oneLine(bare(texts...)), maxLabel)
}

// fence opens and closes a block of code, in which Discord reads no Markdown and no
// mention and unfolds no address.
const fence = "```"

// codeBlock shows text as code. Zero-width spaces keep a run of backticks in the
// text from ending the block.
func codeBlock(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return fence + "\n" + shorten(text, maxDescription-2*len(fence+"\n"), apart) + "\n" + fence
}

// apart separates backticks of which there are more than two in a row.
func apart(text string) string {
	var b strings.Builder
	run := 0
	for _, c := range text {
		if run++; c != '`' {
			run = 0
		} else if run > 2 {
			b.WriteRune('\u200b')
			run = 1
		}
		b.WriteRune(c)
	}
	return b.String()
}
