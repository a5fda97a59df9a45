package ingest

import (
	"strings"

	"verbatim/internal/article"
)

// Text reads raw article text: a title line, an optional "By ..." line, an
// "Updated ..." line, headings and paragraphs with blank lines between them, and
// an optional "About the Author". Page furniture is dropped and reported.
//
// What cannot be found stays empty, see [article.Draft.Missing]. The only errors
// are those of [article.DecodeText]; opts.Today is not used.
func Text(src []byte, opts article.Options) (article.Draft, error) {
	source, err := article.DecodeText(opts.File, src)
	if err != nil {
		return article.Draft{}, err
	}
	lines := splitLines(source)
	r := reader{draft: article.Draft{Meta: article.Meta{Audience: article.Everyone, Language: "en"}}}
	rest := r.header(lines)
	blocks := r.withoutFurniture(group(rest))
	blocks = r.withoutAuthorNote(markHeadings(blocks))
	r.draft.Body = markdown(blocks)
	r.complete()
	return r.draft, nil
}

// A line is a line of the original with its white space collapsed.
type line struct {
	number int // from 1
	text   string
}

func splitLines(source string) []line {
	var lines []line
	for i, s := range strings.Split(source, "\n") {
		lines = append(lines, line{i + 1, strings.Join(strings.Fields(s), " ")})
	}
	return lines
}

// A reader collects what is found on the way from lines to a draft.
type reader struct {
	draft     article.Draft
	published article.Date
	byline    bool
}

func (r *reader) drop(l line, why string) {
	r.draft.Dropped = append(r.draft.Dropped, article.Dropped{Line: l.number, Text: l.text, Why: why})
}

func (r *reader) warn(sentence string) {
	r.draft.Warnings = append(r.draft.Warnings, sentence)
}

// longestTitle is in bytes; a longer first line is taken for a paragraph.
const longestTitle = 200

// header reads the title and the lines below it that tell author and dates, and
// returns the lines of the text.
func (r *reader) header(lines []line) []line {
	for i, l := range lines {
		switch {
		case l.text == "":
		case furniture(l.text) != "":
			r.drop(l, furniture(l.text))
		case r.headerLine(l):
		case r.draft.Meta.Title == "" && isTitle(l.text):
			r.draft.Meta.Title = strings.TrimSpace(strings.TrimLeft(l.text, "#"))
		case l.text == r.draft.Meta.Title:
			r.drop(l, "it repeats the title")
		default:
			return lines[i:]
		}
	}
	return nil
}

// isTitle rejects what reads like a paragraph.
func isTitle(s string) bool {
	letters := strings.TrimSpace(strings.TrimLeft(s, "#"))
	return letters != "" && len(s) <= longestTitle && !(strings.HasSuffix(s, ".") && len(strings.Fields(s)) > 12)
}

// headerLine takes a byline or a line of dates.
func (r *reader) headerLine(l line) bool {
	if r.dateLine(l, true) {
		return true
	}
	if r.byline || r.draft.Meta.Title == "" {
		return false
	}
	author, credentials, ok := byline(l.text)
	if ok {
		r.byline = true
		r.draft.Meta.Author, r.draft.Meta.AuthorBio = author, credentials
	}
	return ok
}

// complete fills in what follows from what was found.
func (r *reader) complete() {
	m := &r.draft.Meta
	m.Published = r.published
	if m.Updated.IsZero() && !r.published.IsZero() {
		m.Updated = r.published
		r.warn("No date of the last update was found, so the date of publication stands for it.")
	}
	if m.Updated.IsZero() || !m.Published.After(m.Updated) {
		return
	}
	r.warn("The date of publication is after the last update and was left out: " + m.Published.String() + ".")
	m.Published = article.Date{}
}
