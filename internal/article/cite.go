package article

import (
	"fmt"
	"slices"
	"strings"
)

// Style names a citation style or bibliography format.
type Style string

// The styles.
const (
	StyleAPA     Style = "apa"      // APA Publication Manual, 7th edition
	StyleMLA     Style = "mla"      // MLA Handbook, 9th edition
	StyleChicago Style = "chicago"  // Chicago Manual of Style, 17th edition, author-date
	StyleBibTeX  Style = "bibtex"   // one @misc entry
	StyleRIS     Style = "ris"      // one ELEC record
	StyleCSL     Style = "csl-json" // a CSL-JSON array of one item
)

// Styles lists every style in the order in which help shows them.
func Styles() []Style {
	return []Style{StyleAPA, StyleMLA, StyleChicago, StyleBibTeX, StyleRIS, StyleCSL}
}

// ParseStyle reads the name of a style, in any case and with "csl" for
// "csl-json". An unknown name is ErrInvalid, and the error lists the styles.
func ParseStyle(s string) (Style, error) {
	style := Style(strings.ToLower(strings.TrimSpace(s)))
	if style == "csl" {
		return StyleCSL, nil
	}
	if slices.Contains(Styles(), style) {
		return style, nil
	}
	return "", unknownStyle(s)
}

func unknownStyle(s string) error {
	names := make([]string, 0, len(Styles()))
	for _, style := range Styles() {
		names = append(names, string(style))
	}
	return fmt.Errorf("%w: there is no citation style %q; choose one of %s", ErrInvalid, s, strings.Join(names, ", "))
}

// Work is what a citation needs to know. Every field may be empty: a published
// article always has an author and a date, other sources need not. No field has
// to be clean; line breaks and control characters become spaces.
type Work struct {
	Title string
	// Author holds several authors separated by ";". People may be written
	// "First Last" or "Last, First"; braces, as in "{World Health
	// Organization}", mark an organisation and are never shown.
	Author      string
	Updated     Date // the date that is cited
	Published   Date // cited when Updated is not known
	Accessed    Date // when the reader saw it; shown by MLA and Chicago only for a work without a date
	URL         string
	Site        string // the name of the website, not of its host
	Language    string // BCP 47
	License     string
	AdaptedFrom *Adaptation
	Section     string // the heading above the quote
	Quote       string
}

// WorkOf describes the article with front matter m. The caller adds Section and
// Quote to cite an excerpt, and Site if the website has a name.
func WorkOf(m Meta) Work {
	return Work{
		Title:       m.Title,
		Author:      m.Author,
		Updated:     m.Updated,
		Published:   m.Published,
		URL:         m.SourceURL,
		Language:    m.Language,
		License:     m.License,
		AdaptedFrom: m.AdaptedFrom,
	}
}

// Cite renders all that w says. For APA, MLA and Chicago that is the entry of
// the reference list, with the quotation and its in-text citation above it when
// w has a quote or a section; for the formats that software reads it is the
// record, with the quote as a note. Text has no italics: a title that a style
// prints in italics is plain, and the words and capitals of a title are never
// changed, not even to APA's sentence case. The result ends without a line
// break, except RIS, whose lines all end in CRLF. An unknown style is ErrInvalid.
func (w Work) Cite(style Style) (string, error) {
	entry, err := w.Reference(style)
	if err != nil || !isProse(style) || strings.TrimSpace(w.Section+w.Quote) == "" {
		return entry, err
	}
	return w.prepare().quotation(style) + "\n\n" + entry, nil
}

// Reference renders the entry of the reference list alone, or the whole record
// for BibTeX, RIS and CSL-JSON. An unknown style is ErrInvalid.
func (w Work) Reference(style Style) (string, error) {
	c := w.prepare()
	switch style {
	case StyleAPA:
		return c.apa(), nil
	case StyleMLA:
		return c.mla(), nil
	case StyleChicago:
		return c.chicago(), nil
	case StyleBibTeX:
		return c.bibtex(), nil
	case StyleRIS:
		return c.ris(), nil
	case StyleCSL:
		return c.cslJSON(), nil
	}
	return "", unknownStyle(string(style))
}

// InText renders the parenthetical citation that follows a quotation, such as
// "(Venneman, 2017, Purposes of Massage section)". The formats that software
// reads have none and give "". An unknown style is ErrInvalid.
func (w Work) InText(style Style) (string, error) {
	if !slices.Contains(Styles(), style) {
		return "", unknownStyle(string(style))
	}
	return w.prepare().inText(style), nil
}

func isProse(style Style) bool {
	return style == StyleAPA || style == StyleMLA || style == StyleChicago
}
