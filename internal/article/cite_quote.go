package article

import "strings"

func (c cited) inText(style Style) string {
	switch style {
	case StyleAPA:
		return c.apaInText()
	case StyleMLA:
		return c.mlaInText()
	case StyleChicago:
		return c.chicagoInText()
	default:
		return "" // the formats that software reads have none
	}
}

// blockWords is the length from which a quotation is set off as a block: 40
// words in APA (7, 8.27), a hundred in Chicago (17, 13.10), and in MLA more than
// four lines (9, chapter 6), which at a dozen words a line is 49.
func blockWords(style Style) int {
	switch style {
	case StyleMLA:
		return 49
	case StyleChicago:
		return 100
	default:
		return 40
	}
}

// quotation renders the quote with its in-text citation. Run into the text it
// is in quotation marks, its own final full stop moves behind the parenthesis
// and double marks inside it become single; a block is indented, has no marks
// and is verbatim.
func (c cited) quotation(style Style) string {
	lead, source := "", c.inText(style)
	if style == StyleMLA && c.section != "" {
		lead = "In the section “" + singleQuotes(c.section) + "”"
	}
	switch {
	case c.quote == "":
		return joinNonEmpty(" ", lead, source)
	case len(strings.Fields(c.quote)) >= blockWords(style):
		if lead != "" {
			lead += ":\n"
		}
		return lead + "    " + c.quote + " " + source
	}
	if lead != "" {
		lead += ": "
	}
	return lead + "“" + singleQuotes(withoutFullStop(c.quote)) + "” " + source + "."
}

// withoutFullStop drops one final full stop and keeps an ellipsis.
func withoutFullStop(s string) string {
	if strings.HasSuffix(s, "..") || strings.HasSuffix(s, ". .") {
		return s
	}
	return strings.TrimSuffix(s, ".")
}
