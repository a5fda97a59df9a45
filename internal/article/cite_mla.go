package article

import "time"

// mla renders a page of a website as MLA 9, chapter 5 does:
// Author. “Title.” Site, day Mon. year, URL. A missing element is left out;
// there is no "n.d.", and an access date takes its place when it is known. An
// organisation that is also the website is not repeated as the author. The
// address keeps its scheme, which MLA allows, so that it can be followed.
func (c cited) mla() string {
	author := ""
	if len(c.authors) > 0 && !c.authorIsSite() {
		author = fullStop(c.mlaAuthors())
	}
	title := untitled + "."
	if c.title != "" {
		title = quotedTitle(c.title)
	}
	accessed := ""
	if c.date().IsZero() && !c.accessed.IsZero() {
		accessed = "Accessed " + mlaDate(c.accessed) + "."
	}
	return joinNonEmpty(" ", author, title, c.mlaContainer(), accessed, sentenceOf(c.adapted))
}

func (c cited) mlaContainer() string {
	s := joinNonEmpty(", ", c.site, mlaDate(c.date()), c.url)
	if c.url != "" {
		return s + "." // also after an address that ends in "?"
	}
	return fullStop(s)
}

// sentenceOf ends a note, whose last word may be an address, with a full stop.
func sentenceOf(note string) string {
	if note == "" {
		return ""
	}
	return note + "."
}

// mlaAuthors inverts the first author only, and cuts three or more to the first
// and "et al." (MLA 9, chapter 5).
func (c cited) mlaAuthors() string {
	first := c.authors[0].inverted(fullGiven)
	switch len(c.authors) {
	case 1:
		return first
	case 2:
		return first + ", and " + c.authors[1].natural()
	}
	return first + ", et al."
}

// mlaDate renders "19 July 2017". Months of more than four letters are
// abbreviated (MLA 9, appendix on abbreviations).
func mlaDate(d Date) string {
	if d.IsZero() {
		return ""
	}
	month := d.Month.String()
	switch d.Month {
	case time.May, time.June, time.July:
	case time.September:
		month = "Sept."
	default:
		month = month[:3] + "."
	}
	return d.time().Format("2 ") + month + d.time().Format(" 2006")
}

// mlaInText renders "(Author)" or, without one, the shortened title (MLA 9,
// chapter 6). MLA has no place in the parenthesis for a part that has no number,
// so a section is named in the sentence and not here.
func (c cited) mlaInText() string {
	if len(c.authors) == 0 || c.authorIsSite() {
		short, _ := shortened(c.titleOrUntitled())
		return "(“" + singleQuotes(short) + "”)"
	}
	first := c.authors[0].surname()
	switch len(c.authors) {
	case 1:
		return "(" + first + ")"
	case 2:
		return "(" + first + " and " + c.authors[1].surname() + ")"
	}
	return "(" + first + " et al.)"
}
