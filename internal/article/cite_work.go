package article

import (
	"fmt"
	"strings"
	"unicode"
)

// untitled stands where a title should: every style describes an untitled work
// in square brackets or in plain words instead of leaving a gap.
const untitled = "[Untitled]"

// cited is a Work made ready for the styles: one line per value, authors parsed.
type cited struct {
	title, url, site, language, license, section, quote string
	authors                                             []personName
	updated, published, accessed                        Date
	adapted                                             string // a sentence without its full stop, or ""
}

func (w Work) prepare() cited {
	return cited{
		title:     citeLine(w.Title),
		url:       citeURL(w.URL),
		site:      citeLine(w.Site),
		language:  citeLine(w.Language),
		license:   citeLine(w.License),
		section:   citeLine(w.Section),
		quote:     citeLine(w.Quote),
		authors:   parseNames(citeLine(w.Author)),
		updated:   w.Updated,
		published: w.Published,
		accessed:  w.Accessed,
		adapted:   adaptationNote(w.AdaptedFrom),
	}
}

// date is the date that is cited: the last change, else the publication.
func (c cited) date() Date {
	if c.updated.IsZero() {
		return c.published
	}
	return c.updated
}

// authorIsSite reports whether the author is an organisation whose name the
// website has. No style names it twice.
func (c cited) authorIsSite() bool {
	return c.site != "" && len(c.authors) == 1 && c.authors[0].literal == c.site
}

// siteUnlessAuthor omits a website that has the name of the author (APA 7,
// 10.16, and the web pages of Chicago 17).
func (c cited) siteUnlessAuthor() string {
	if c.authorIsSite() {
		return ""
	}
	return c.site
}

func (c cited) titleOrUntitled() string {
	if c.title == "" {
		return untitled
	}
	return c.title
}

// adaptationNote renders "Adapted from Author, “Title” (date), URL".
func adaptationNote(a *Adaptation) string {
	if a == nil {
		return ""
	}
	var people []string
	for _, n := range parseNames(citeLine(a.Author)) {
		people = append(people, n.natural())
	}
	title := ""
	if t := citeLine(a.Title); t != "" {
		title = "“" + singleQuotes(t) + "”"
	}
	source := joinNonEmpty(", ", joinAnd(people), title)
	if source == "" && citeURL(a.URL) == "" {
		return ""
	}
	if source != "" && !a.Updated.IsZero() {
		source += " (" + a.Updated.Long() + ")"
	}
	return "Adapted from " + joinNonEmpty(", ", source, citeURL(a.URL))
}

// notes are the sentences that the formats for software carry in a note field.
func (c cited) notes() []string {
	var notes []string
	if c.adapted != "" {
		notes = append(notes, c.adapted+".")
	}
	if !c.updated.IsZero() && !c.published.IsZero() {
		notes = append(notes, fmt.Sprintf("First published %s.", c.published.Long()))
	}
	if c.license != "" {
		notes = append(notes, fmt.Sprintf("License: %s.", c.license))
	}
	return notes
}

// quoteNote says what was quoted and where, for the formats for software.
func (c cited) quoteNote() string {
	switch {
	case c.quote == "" && c.section == "":
		return ""
	case c.quote == "":
		return fmt.Sprintf("Section: “%s”", c.section)
	case c.section == "":
		return fmt.Sprintf("Quoted: “%s”", c.quote)
	}
	return fmt.Sprintf("Quoted from the section “%s”: “%s”", c.section, c.quote)
}

// citeLine makes s one line of valid UTF-8: control characters, line breaks of
// every kind and runs of spaces become one space.
func citeLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// citeURL percent-encodes what RFC 3986 allows in no part of an address, and
// drops control characters, so that the address stays one word everywhere, and
// braces and backslashes cannot end a BibTeX field.
func citeURL(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD") {
		switch {
		case unicode.IsControl(r):
		case unicode.IsSpace(r) || strings.ContainsRune("\"<>\\^`{|}", r):
			for _, octet := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", octet)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
