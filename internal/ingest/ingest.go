// Package ingest turns outside documents into article drafts.
//
// For now it reads plain text, the way a page reads when it is copied out of a
// browser, and passes Markdown with front matter on to package article. It is
// the only package that will ever fetch an address that a user supplied.
//
// Invariants:
//   - words are moved or dropped, never changed: the canonical text of a draft
//     has the words of the original, and every dropped line is reported;
//   - nothing is made up: what was not found stays empty and is listed by
//     Draft.Missing;
//   - reading never panics and needs no clock.
//
// All functions are safe for concurrent use.
package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// A Report is what a moderator should know about a document that was read.
type Report struct {
	Dropped  []article.Dropped // lines that are not part of the article, in source order
	Warnings []string          // what to check, a plain sentence each
}

// Notes returns everything in the report, a plain sentence each: first what to
// check, then what was dropped.
func (r Report) Notes() []string {
	notes := slices.Clone(r.Warnings)
	for _, d := range r.Dropped {
		notes = append(notes, fmt.Sprintf("Line %d: %q is left out: %s.", d.Line, d.Text, d.Why))
	}
	return notes
}

// Read reads a document of either kind: Markdown when its first line is "---",
// otherwise raw text. Dates after today are errors unless today is zero. file
// names the document in errors and is not opened. The report is returned with an
// error too, as far as reading came. Errors are [article.Problem] values, joined.
func Read(file string, src []byte, today article.Date) (*article.Article, Report, error) {
	opts := article.Options{File: file, Today: today}
	if hasFrontMatter(src) {
		a, err := article.Parse(src, opts)
		if err != nil {
			return nil, Report{}, err
		}
		return a, Report{Warnings: a.Notes}, nil
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\uFEFF")))) == 0 {
		return nil, Report{}, &article.Problem{File: file, Message: "the file is empty", Fix: "write the article into it, or remove it"}
	}
	draft, err := Text(src, opts)
	if err != nil {
		return nil, Report{}, err
	}
	report := Report{Dropped: draft.Dropped, Warnings: draft.Warnings}
	a, err := draft.Article(opts)
	return a, report, err
}

// hasFrontMatter looks at the first line, behind a byte order mark.
func hasFrontMatter(src []byte) bool {
	head := string(src[:min(len(src), 256)])
	first, _, _ := strings.Cut(strings.TrimPrefix(head, "\uFEFF"), "\n")
	first, _, _ = strings.Cut(first, "\r")
	return strings.TrimRight(first, " \t") == "---"
}
