package render_test

import (
	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// wildMeta is the front matter of an article, with texts as they break messages.
func wildMeta(t *rapid.T) article.Meta {
	q := wildQuote(t)
	m := article.Meta{
		Title: q.Title, Author: q.Author, AuthorBio: q.AuthorBio, Updated: q.Updated, Published: wildDate(t), SourceURL: q.SourceURL,
		AdaptedFrom: q.AdaptedFrom, Language: q.Language,
	}
	if !q.Reviewed.IsZero() {
		m.Reviewed = &article.Review{On: q.Reviewed}
	}
	return m
}

// wildAbout is an answer from the front matter, or a text that passes for one.
func wildAbout(t *rapid.T) *answer.Meta {
	fields := []answer.MetaField{
		answer.FieldAuthor, answer.FieldAuthorBio, answer.FieldUpdated, answer.FieldPublished, answer.FieldTitle, answer.FieldCitation, answer.FieldContents,
	}
	m := &answer.Meta{
		Field: rapid.SampledFrom(fields).Draw(t, "field"), Text: wild(9000).Draw(t, "metatext"), Title: wild(1000).Draw(t, "metatitle"),
		Style: rapid.SampledFrom(append(article.Styles(), "")).Draw(t, "style"), Headings: rapid.SliceOfN(wild(500), 0, 40).Draw(t, "headings"),
	}
	if rapid.Bool().Draw(t, "several") {
		m.Titles = rapid.SliceOfN(wild(500), 0, 40).Draw(t, "titles")
	} else {
		work := wildMeta(t)
		m.Work = &work
	}
	return m
}
