package render

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// Articles renders the list of articles, each with its author, what the author is
// and its date. Where there are too many a sentence says how many more there are.
func (r *Renderer) Articles(list []article.Meta, look Look) Message {
	v := view{Words: r.words, look: look}
	if len(list) == 0 {
		return r.Sentence(locale.NoticeNoArticles)
	}
	page := newPage(v.tail()...)
	page.try(Embed{Title: Escape(v.Say(locale.TitleArticles, nil)), Description: v.entries(list), Color: quoting})
	return Message{Embeds: page.finish(v.Say(locale.HintCut, nil))}
}

// entries lists articles while they fit.
func (v view) entries(list []article.Meta) string {
	const room = maxDescription - reserve
	var b strings.Builder
	for i, m := range list {
		entry := v.entry(m)
		if size(b.String())+size(entry) > room {
			b.WriteString(Escape(v.Count(locale.HintArticles, len(list)-i)))
			break
		}
		b.WriteString(entry)
	}
	return strings.TrimRight(b.String(), "\n")
}

// entry is one article of the list, with an empty line below.
func (v view) entry(m article.Meta) string {
	title := fit(bare(oneLine(m.Title), v.Say(locale.TitleQuote, nil)), 256)
	q := answer.Quote{Author: m.Author, Updated: m.Updated}
	entry := boldMark + title + boldMark + v.dated(q) + "\n"
	if bio := fit(oneLine(m.AuthorBio), 200); bio != "" {
		entry += bio + "\n"
	}
	return entry + "\n"
}
