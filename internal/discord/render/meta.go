package render

import (
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
)

// meta shows an answer from the front matter in the reader's language. What has no
// front matter beside it is shown as it is.
func (v view) meta(page *page, a answer.Answer) {
	m := *a.Meta
	e := Embed{
		Title:  fit(bare(oneLine(m.Title), v.Say(locale.TitleMeta, nil)), maxTitle),
		Color:  quoting,
		Footer: &Footer{fitPlain(v.Say(locale.TitleMeta, nil), maxFooter)},
	}
	switch {
	case m.Field == answer.FieldCitation && m.Work != nil:
		e.Description, e.whole = codeBlock(m.Text), true
		e.Footer.Text = fitPlain(v.styleName(m.Style)+between+e.Footer.Text, maxFooter)
	case m.Field == answer.FieldContents && m.Work != nil:
		e.Description = v.bullets(m.Headings)
	case m.Field == answer.FieldContents && len(m.Titles) > 0:
		e.Title, e.Description, e.Footer = Escape(v.Say(locale.TitleArticles, nil)), v.bullets(m.Titles), nil
	case m.Work != nil:
		e.URL = webAddress(m.Work.SourceURL)
		e.Description = strings.Join(v.facts(m.Field, *m.Work), "\n")
	default:
		e.Description = fit(m.Text, maxDescription)
	}
	page.try(e)
}

// facts are the lines that answer a question about one field of the front matter:
// who wrote the article and what the author is, or how old it is. Whose facts an
// adapted article carries is always said.
func (v view) facts(field answer.MetaField, m article.Meta) []string {
	q := answer.Quote{Updated: m.Updated}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	var lines []string
	switch field {
	case answer.FieldAuthor, answer.FieldAuthorBio:
		lines = []string{v.by(m.Author), v.inLanguage(m.Language, m.AuthorBio), fit(oneLine(m.AuthorBio), maxBio)}
	case answer.FieldUpdated:
		lines = []string{v.age(q)}
	case answer.FieldPublished:
		lines = []string{v.Say(locale.MetaPublished, locale.Values{"Date": v.date(m.Published)}), v.age(q)}
	default: // the title is above
		lines = []string{v.by(m.Author), v.age(q)}
	}
	lines = append(lines, v.adapted(m.AdaptedFrom))
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

// maxBio is how much of a biography answers a question about an author.
const maxBio = 2000

// inLanguage names the language of a text, if there is one and it is foreign.
func (v view) inLanguage(tag, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return v.foreign(tag)
}

// bullets lists labels, as many as fit.
func (v view) bullets(labels []string) string {
	const room = 3000
	var lines []string
	used := 0
	for _, label := range labels {
		line := fit(oneLine(label), 256)
		if line == "" {
			continue
		}
		if used += size(line) + len("- \n"); used > room {
			lines = append(lines, Escape(v.Say(locale.HelpMore, nil)))
			break
		}
		lines = append(lines, "- "+line)
	}
	return strings.Join(lines, "\n")
}
