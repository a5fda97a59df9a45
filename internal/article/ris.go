package article

import "strings"

// ris renders one record of type ELEC, which the format's list of types gives
// for web pages and which reference managers import as such. Each line is a
// two-character tag, two spaces, a hyphen, a space and the value, and ends in
// CRLF, the last one too. RIS has no escapes and needs none: a value is one line.
func (c cited) ris() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", "ELEC")
	for _, n := range c.authors {
		line("AU", risAuthor(n))
	}
	line("TI", c.title)
	line("T2", c.site)
	if d := c.date(); !d.IsZero() {
		line("PY", d.time().Format("2006"))
		line("DA", risDate(d))
	}
	line("Y2", risDate(c.accessed))
	line("LA", c.language)
	line("UR", c.url)
	for _, note := range c.notes() {
		line("N1", note)
	}
	line("N1", c.quoteNote())
	b.WriteString("ER  - \r\n")
	return b.String()
}

// risAuthor writes "Last, First, Suffix". The format forbids asterisks here.
func risAuthor(n personName) string {
	return strings.TrimSpace(strings.ReplaceAll(n.inverted(fullGiven), "*", ""))
}

func risDate(d Date) string { return strings.ReplaceAll(d.String(), "-", "/") }
