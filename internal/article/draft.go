package article

import (
	"errors"
	"fmt"
	"strings"
)

// A Draft is a document on its way to becoming an [Article]: what an import
// found, and what it left out. A Draft is a value; its methods change nothing.
type Draft struct {
	Meta     Meta
	Body     string    // Markdown without front matter
	Dropped  []Dropped // lines that are not part of the article, in source order
	Warnings []string  // what a moderator should check, a plain sentence each
}

// Dropped is a line of the original that an import left out.
type Dropped struct {
	Line int // in the original, from 1
	Text string
	Why  string // as a sentence fragment, such as "page furniture"
}

// Missing lists the required keys without a value: title, author, updated.
func (d Draft) Missing() []string {
	given := map[string]bool{
		"title":   strings.TrimSpace(d.Meta.Title) != "",
		"author":  strings.TrimSpace(d.Meta.Author) != "",
		"updated": !d.Meta.Updated.IsZero(),
	}
	var missing []string
	for _, key := range requiredKeys() {
		if !given[key] {
			missing = append(missing, key)
		}
	}
	return missing
}

// Article parses the draft. A draft without a required key gives one [Problem]
// for each; other errors are those of [Parse] for the text of Markdown, without
// a line, since the author of the original never saw that text.
func (d Draft) Article(opts Options) (*Article, error) {
	var missing []error
	for _, key := range d.Missing() {
		missing = append(missing, &Problem{
			File:    opts.File,
			Message: fmt.Sprintf("no %s was found", nameOfKey(key)),
			Fix:     "add front matter with a line such as " + exampleOf(key),
		})
	}
	if len(missing) > 0 {
		return nil, errors.Join(missing...)
	}
	a, err := Parse(d.Markdown(), opts)
	return a, withoutPlaces(err)
}

// nameOfKey says what a required key holds.
func nameOfKey(key string) string {
	if key == "updated" {
		return "date of the last update"
	}
	return key
}

// withoutPlaces takes line and column out of the problems of Parse.
func withoutPlaces(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var errs []error
	for _, e := range joined.Unwrap() {
		if p, ok := errors.AsType[*Problem](e); ok {
			placeless := *p
			placeless.Line, placeless.Column = 0, 0
			e = &placeless
		}
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// Markdown renders the draft as a document that [Parse] reads back to the same
// metadata and text. Keys without a value are left out.
func (d Draft) Markdown() []byte {
	var w frontWriter
	w.line(fence)
	w.text("title", d.Meta.Title)
	w.text("author", d.Meta.Author)
	w.text("author_bio", d.Meta.AuthorBio)
	w.date("updated", d.Meta.Updated)
	w.date("published", d.Meta.Published)
	w.text("source_url", d.Meta.SourceURL)
	w.adaptation(d.Meta.AdaptedFrom)
	w.text("audience", string(d.Meta.Audience))
	w.list("topics", d.Meta.Topics)
	w.text("language", d.Meta.Language)
	w.review(d.Meta.Reviewed)
	w.text("license", d.Meta.License)
	w.line(fence)
	w.line("")
	w.WriteString(strings.TrimSuffix(d.Body, "\n"))
	w.line("")
	return []byte(w.String())
}

// A frontWriter writes YAML front matter. Texts are always double-quoted, the
// one style that can hold every character.
type frontWriter struct{ strings.Builder }

func (w *frontWriter) line(s string) { w.WriteString(s + "\n") }

func (w *frontWriter) text(key, value string) {
	if value != "" {
		w.line(key + ": " + quoteYAML(value))
	}
}

func (w *frontWriter) date(key string, d Date) {
	if !d.IsZero() {
		w.line(key + ": " + d.String())
	}
}

func (w *frontWriter) list(key string, items []string) {
	if len(items) == 0 {
		return
	}
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = quoteYAML(item)
	}
	w.line(key + ": [" + strings.Join(quoted, ", ") + "]")
}

func (w *frontWriter) adaptation(a *Adaptation) {
	if a == nil {
		return
	}
	w.line("adapted_from:")
	w.text("  title", a.Title)
	w.text("  author", a.Author)
	w.date("  updated", a.Updated)
	w.text("  url", a.URL)
}

func (w *frontWriter) review(r *Review) {
	if r == nil {
		return
	}
	w.line("reviewed:")
	w.text("  by", r.By)
	w.date("  on", r.On)
	w.date("  next", r.Next)
}

// quoteYAML writes a double-quoted YAML scalar on one line (YAML 1.2, 5.7 and 7.3.1).
func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7F && r < 0xA0:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r == 0x2028 || r == 0x2029 || r == 0xFEFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
