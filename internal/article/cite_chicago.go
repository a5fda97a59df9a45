package article

import "strings"

const (
	chicagoMaxAuthors  = 10 // Chicago 17, 15.9: up to ten authors are listed
	chicagoFirstOfMany = 7  // and of more the first seven with "et al."
	chicagoMaxInText   = 3  // in the text, four or more become "et al." (15.29)
)

// chicago renders a web page as Chicago 17, chapter 15 does:
// Author. Year. “Title.” Site. Last modified Month day, year. URL. Without an
// author the title comes first (15.34), without a date the year is "n.d." and
// the access date, if known, is given (14.12 and 15.44).
func (c cited) chicago() string {
	year := "n.d."
	if d := c.date(); !d.IsZero() {
		year = d.time().Format("2006") + "."
	}
	title := untitled + "."
	if c.title != "" {
		title = quotedTitle(c.title)
	}
	head := []string{title, year}
	if len(c.authors) > 0 {
		head = []string{fullStop(c.chicagoAuthors()), year, title}
	}
	return joinNonEmpty(" ", append(head, c.chicagoSite(), sentenceOf(c.url), sentenceOf(c.adapted))...)
}

// chicagoSite renders the website and the date that goes with it: a revision
// date is a sentence of its own, a publication date follows the site's name.
func (c cited) chicagoSite() string {
	site := c.siteUnlessAuthor()
	switch {
	case !c.updated.IsZero():
		return joinNonEmpty(" ", fullStop(site), "Last modified "+c.updated.Long()+".")
	case !c.published.IsZero():
		return joinNonEmpty(", ", site, c.published.Long()) + "."
	case !c.accessed.IsZero():
		return joinNonEmpty(" ", fullStop(site), "Accessed "+c.accessed.Long()+".")
	}
	return fullStop(site)
}

// chicagoAuthors inverts the first author only and has a comma before "and"
// (Chicago 17, 14.76 and 15.9).
func (c cited) chicagoAuthors() string {
	names := []string{c.authors[0].inverted(fullGiven)}
	for _, n := range c.authors[1:] {
		names = append(names, n.natural())
	}
	last := len(names) - 1
	switch {
	case last == 0:
		return names[0]
	case len(names) > chicagoMaxAuthors:
		return strings.Join(names[:chicagoFirstOfMany], ", ") + ", et al."
	}
	return strings.Join(names[:last], ", ") + ", and " + names[last]
}

// chicagoInText renders "(Author 2017, under “Heading”)". A comma stands before
// "n.d." and none before a year (Chicago 17, 15.44); a work without pages is
// located by its heading.
func (c cited) chicagoInText() string {
	who := c.chicagoWho() + ", n.d."
	if d := c.date(); !d.IsZero() {
		who = c.chicagoWho() + " " + d.time().Format("2006")
	}
	section := ""
	if c.section != "" {
		section = "under “" + singleQuotes(c.section) + "”"
	}
	return "(" + joinNonEmpty(", ", who, section) + ")"
}

func (c cited) chicagoWho() string {
	if len(c.authors) == 0 {
		short, _ := shortened(c.titleOrUntitled())
		return "“" + singleQuotes(short) + "”"
	}
	if len(c.authors) > chicagoMaxInText {
		return c.authors[0].surname() + " et al."
	}
	var names []string
	for _, n := range c.authors {
		names = append(names, n.surname())
	}
	return joinAnd(names)
}
