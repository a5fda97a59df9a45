package article

import "strings"

const (
	apaMaxAuthors  = 20 // APA 7, 9.8: all of up to 20 authors are listed
	apaFirstOfMany = 19 // and of more the first 19, an ellipsis and the last
)

// apa renders a web page as APA 7, 10.16 does: Author. (Date). Title. Site. URL
// A work without an author moves the title in front of the date (9.12), one
// without a date has "n.d." (9.17), and no full stop follows a URL (9.35).
func (c cited) apa() string {
	date := "(" + c.apaDate() + ")."
	title := c.apaTitle()
	head := []string{title, date}
	if len(c.authors) > 0 {
		head = []string{fullStop(c.apaAuthors()), date, title}
	}
	return joinNonEmpty(" ", append(head, fullStop(c.siteUnlessAuthor()), c.url)...)
}

// apaTitle renders "Title." or, of an adapted work, "Title [Adapted from ...].":
// a description in square brackets stands before the full stop (APA 7, 9.21).
func (c cited) apaTitle() string {
	if c.adapted == "" {
		return fullStop(c.titleOrUntitled())
	}
	return c.titleOrUntitled() + " [" + c.adapted + "]."
}

// apaDate renders "2017, July 19" (APA 7, 9.14): the date of the last update,
// which 9.15 asks for when a page names one.
func (c cited) apaDate() string {
	d := c.date()
	if d.IsZero() {
		return "n.d."
	}
	return d.time().Format("2006, January 2")
}

// apaAuthors joins inverted names with commas and an ampersand, which has a
// comma before it even between two names (APA 7, 9.8).
func (c cited) apaAuthors() string {
	names := make([]string, len(c.authors))
	for i, n := range c.authors {
		names[i] = n.inverted(givenInitials)
	}
	last := len(names) - 1
	switch {
	case last == 0:
		return names[0]
	case len(names) > apaMaxAuthors:
		return strings.Join(names[:apaFirstOfMany], ", ") + ", . . . " + names[last]
	}
	return strings.Join(names[:last], ", ") + ", & " + names[last]
}

// apaInText renders "(Author, year, Heading section)" (APA 7, 8.10 to 8.17). A
// work without pages is located by the name of the section, which is shortened
// and put in quotation marks when it is long (8.28). Without an author the
// title stands in, shortened (8.14); print has it in italics, so it has no
// quotation marks here.
func (c cited) apaInText() string {
	year := "n.d."
	if d := c.date(); !d.IsZero() {
		year = d.time().Format("2006")
	}
	who, _ := shortened(c.titleOrUntitled())
	switch len(c.authors) {
	case 0:
	case 1:
		who = c.authors[0].surname()
	case 2:
		who = c.authors[0].surname() + " & " + c.authors[1].surname()
	default:
		who = c.authors[0].surname() + " et al."
	}
	return "(" + joinNonEmpty(", ", who, year, c.apaSection()) + ")"
}

func (c cited) apaSection() string {
	if c.section == "" {
		return ""
	}
	heading, cut := shortened(c.section)
	if cut {
		heading = "“" + singleQuotes(heading) + "”"
	}
	return heading + " section"
}
