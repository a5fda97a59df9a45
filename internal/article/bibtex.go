package article

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// bibtex renders one entry of type @misc, the one type that both classic BibTeX
// and biblatex know and that accepts an address. Classic styles read year and
// month, biblatex reads date; the two agree. The URL is not escaped, because
// both typeset it verbatim, and citeURL has taken out what could end the field.
// Everything else is escaped for LaTeX, and stays UTF-8 where it is not ASCII.
func (c cited) bibtex() string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n", c.key())
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	field("author", c.bibtexAuthors())
	if c.title != "" {
		field("title", "{"+bibtexEscape(c.title)+"}") // the inner braces protect the capitals
	}
	field("howpublished", bibtexEscape(c.site))
	if d := c.date(); !d.IsZero() {
		field("year", d.time().Format("2006"))
		fmt.Fprintf(&b, "  month = %s,\n", strings.ToLower(d.Month.String()[:3]))
		field("date", d.String())
	}
	field("url", c.url)
	field("urldate", c.accessed.String())
	field("language", bibtexEscape(c.language))
	field("note", bibtexEscape(strings.Join(c.notes(), " ")))
	field("annote", bibtexEscape(c.quoteNote()))
	b.WriteString("}")
	return b.String()
}

// bibtexAuthors joins the authors with " and ". An organisation is in braces of
// its own, so that BibTeX neither inverts it nor splits it.
func (c cited) bibtexAuthors() string {
	names := make([]string, len(c.authors))
	for i, n := range c.authors {
		names[i] = bibtexName(n)
	}
	return strings.Join(names, " and ")
}

// bibtexName writes "von Last, Jr, First". A family name with a lower-case word
// in it is in braces, or BibTeX would take everything before that word for a
// particle; so is a part that holds the word "and", which separates authors.
func bibtexName(n personName) string {
	if n.literal != "" {
		return "{" + bibtexEscape(n.literal) + "}"
	}
	family := bibtexPart(n.family)
	words := strings.Fields(n.family)
	if len(words) > 1 && !strings.HasPrefix(family, "{") && strings.ContainsFunc(wordInitials(words), unicode.IsLower) {
		family = "{" + family + "}"
	}
	family = joinNonEmpty(" ", bibtexEscape(n.particle), family)
	return joinNonEmpty(", ", family, bibtexPart(n.suffix), bibtexPart(joinNonEmpty(" ", n.given, n.dropping)))
}

func bibtexPart(s string) string {
	escaped := bibtexEscape(s)
	for w := range strings.FieldsSeq(s) {
		if strings.EqualFold(w, "and") {
			return "{" + escaped + "}"
		}
	}
	return escaped
}

func wordInitials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(firstLetter(w))
	}
	return b.String()
}

// bibtexEscapes has no "\{": BibTeX counts braces even after a backslash, so a
// brace is written by its name.
var bibtexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, `<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`,
	`&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
)

func bibtexEscape(s string) string { return bibtexEscapes.Replace(s) }

// key renders author-year-word in lower-case ASCII, the word being the first of
// the title that says something: "venneman-2017-safe". Two works can have the
// same key; whoever collects many has to tell them apart.
func (c cited) key() string {
	author, year := "anon", "nd"
	if len(c.authors) > 0 {
		n := c.authors[0]
		author = firstKeyWord(n.literal+" "+n.family, author)
	}
	if d := c.date(); !d.IsZero() {
		year = d.time().Format("2006")
	}
	return author + "-" + year + "-" + firstKeyWord(c.title, "untitled")
}

// firstKeyWord returns the first word of s that is neither small nor without
// ASCII letters and digits, or fallback.
func firstKeyWord(s, fallback string) string {
	for w := range strings.FieldsSeq(s) {
		folded := asciiFold(w)
		if folded != "" && !smallWords[folded] && folded != "it" {
			return folded
		}
	}
	return fallback
}

var asciiLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// asciiFold lower-cases s, takes the accents off and drops what is not ASCII.
func asciiFold(s string) string {
	s = norm.NFKD.String(asciiLetters.Replace(strings.ToLower(s)))
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
