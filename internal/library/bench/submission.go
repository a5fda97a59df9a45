package bench

import (
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/ingest"
	"verbatim/internal/library"
)

// reading is a submission as it was read.
type reading struct {
	article *article.Article // under the slug of its own title
	hash    string           // of its Markdown
	dropped []string         // lines of raw text that were left out, a sentence each
	notes   []string         // what reading it found, a sentence each
}

// read reads Markdown with front matter, or raw text. Of the first, errors have line
// and column.
func (b *Bench) read(s Submission) (reading, error) {
	if err := fits(s.Source); err != nil {
		return reading{}, err
	}
	a, report, err := ingest.Read(s.File, []byte(s.Source), b.tomorrow())
	if err != nil {
		return reading{}, err
	}
	return reading{
		article: a, hash: library.HashOf(a.Source),
		dropped: ingest.Report{Dropped: report.Dropped}.Notes(), notes: report.Warnings,
	}, nil
}

// fits refuses a text that is longer than an article may be.
func fits(source string) error {
	if len(source) > library.MaxArticleSource {
		return fmt.Errorf("%w: the article has %d bytes, and the limit is %d, which is 1 MiB; split it into several",
			article.ErrTooLarge, len(source), library.MaxArticleSource)
	}
	return nil
}

// tomorrow is the last day that it may be anywhere.
func (b *Bench) tomorrow() article.Date { return article.DateOf(b.Now().UTC().AddDate(0, 0, 1)) }

// named is an article as the guild is answered from it, under the name that it has there.
func named(a *article.Article, key string) *article.Article {
	if a.Slug == key {
		return a
	}
	other := *a
	other.Slug = key
	return &other
}
