package shelf

import (
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// textAlone makes an article of a kept text, with the front matter of another of its
// revisions. Its sections are told by the headings that both have.
func textAlone(other *article.Article, text library.Text) *article.Article {
	headings := map[string]int{}
	for _, s := range other.Sections {
		if s.Heading != "" {
			headings[s.Heading] = s.Level
		}
	}
	return &article.Article{
		Slug: other.Slug, Meta: other.Meta, Revision: text.Revision, Canonical: text.Canonical,
		Sections: sectionsOf(text.Canonical, headings),
	}
}

// paragraphs are what parts a canonical text into a heading and what follows it.
const paragraphs = "\n\n"

// sectionsOf finds sections by headings, with their levels: a heading is a paragraph
// of its own.
func sectionsOf(text string, headings map[string]int) []article.Section {
	sections := []article.Section{{}}
	at := 0
	for part := range strings.SplitSeq(text, paragraphs) {
		end := at + len(part)
		last := &sections[len(sections)-1]
		level, heading := headings[part]
		switch {
		case heading:
			sections = append(sections, article.Section{Heading: part, Level: level, Range: article.Range{Start: end, End: end}})
		case last.Len() == 0:
			last.Range = article.Range{Start: at, End: end}
		default:
			last.End = end
		}
		at = end + len(paragraphs)
	}
	if sections[0].Len() == 0 {
		return sections[1:]
	}
	return sections
}
