package render

import (
	"strconv"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// Page is a page of an article that is read on page by page.
type Page struct {
	Article article.Meta
	Slug    string
	Section string // heading of the section that the page is from
	Text    string // a piece of the canonical text, as [Paginate] cuts it
	Number  int    // from 1
	Of      int    // how many pages the article has
	Hidden  bool   // the text may not be shown here
}

// Page renders a page of an article, whole, with its attribution and its number.
// Where the text may not be shown a sentence says why. White space around the text
// is not shown.
func (r *Renderer) Page(p Page, look Look) Message {
	v := view{Words: r.words, look: look}
	q := p.quote()
	e := v.titled(q, webAddress(q.SourceURL), v.below(blockQuote(Escape(q.Text)), q))
	if p.Hidden {
		e = v.titled(q, "", v.hidden(p.Section))
	}
	e.Footer = &Footer{v.Say(locale.PageNumber, locale.Values{"Number": strconv.Itoa(p.Number), "Of": strconv.Itoa(p.Of)})}
	page := newPage(v.tail()...)
	page.try(e)
	return Message{Embeds: page.finish(v.Say(locale.QuoteTooLong, nil))}
}

// hidden says of a section that it is not shown here.
func (v view) hidden(section string) string {
	text := Escape(v.Say(locale.ReasonRestricted, nil))
	if section = fit(oneLine(section), 256); section != "" {
		text += "\n" + v.Say(locale.QuoteSection, locale.Values{"Section": section})
	}
	return text
}

// below puts the attribution below a text, without the link where it would not fit,
// as the title is one too.
func (v view) below(shown string, q answer.Quote) string {
	for _, link := range []string{webAddress(q.SourceURL), ""} {
		around := "\n\n" + strings.Join(v.attribution(q, link), "\n")
		if size(shown)+size(around) <= maxDescription {
			return shown + around
		}
	}
	return Escape(v.Say(locale.QuoteTooLong, nil)) + "\n\n" + strings.Join(v.attribution(q, ""), "\n")
}

// quote is the page as a quote. A heading that opens the text is not said again.
func (p Page) quote() answer.Quote {
	m := p.Article
	q := answer.Quote{
		Text: pageText(p.Text), Article: p.Slug, Title: m.Title, Section: p.Section, Author: m.Author, AuthorBio: m.AuthorBio,
		Updated: m.Updated, Language: m.Language, AdaptedFrom: m.AdaptedFrom, SourceURL: m.SourceURL,
	}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	if first, _, _ := strings.Cut(q.Text, "\n"); first == p.Section {
		q.Section = ""
	}
	return q
}
