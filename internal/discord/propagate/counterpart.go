package propagate

import (
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Counterpart returns what an article says now in the place of a quote from an earlier
// revision of it, with the section that it is from: the same words where they still
// stand, else the run of sentences below a heading of the same name that is most like
// them. It is false where nothing is like them.
func Counterpart(then answer.Quote, now *article.Article) (answer.Quote, article.Section, bool) {
	if r, ok := verbatim(then, now); ok {
		section := sectionOf(now, r)
		return quoteAt(now, section, r), section, true
	}
	r, ok := library.NewPresent(now).InsteadBelow(then.Section, then.Text)
	if !ok {
		return answer.Quote{}, article.Section{}, false
	}
	section := sectionOf(now, r)
	return quoteAt(now, section, r), section, true
}

// verbatim finds a quote byte for byte, rather below its heading than elsewhere.
func verbatim(then answer.Quote, now *article.Article) (article.Range, bool) {
	if then.Text == "" {
		return article.Range{}, false
	}
	at := strings.Index(now.Canonical, then.Text)
	for _, s := range now.Sections {
		if i := strings.Index(now.Canonical[s.Start:s.End], then.Text); i >= 0 && library.SameWords(s.Heading, then.Section) {
			at = s.Start + i
			break
		}
	}
	return article.Range{Start: at, End: at + len(then.Text)}, at >= 0
}

func sectionOf(a *article.Article, r article.Range) article.Section {
	for _, s := range a.Sections {
		if s.Start <= r.Start && r.End <= s.End {
			return s
		}
	}
	return article.Section{Range: r}
}

// quoteAt quotes a piece of an article.
func quoteAt(a *article.Article, section article.Section, r article.Range) answer.Quote {
	m := a.Meta
	q := answer.Quote{
		Text: a.Canonical[r.Start:r.End], Article: a.Slug, Title: m.Title, Section: section.Heading, Author: m.Author, AuthorBio: m.AuthorBio,
		Updated: m.Updated, Language: m.Language, AdaptedFrom: m.AdaptedFrom, SourceURL: m.SourceURL, Span: a.Span(r),
	}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	return q
}
