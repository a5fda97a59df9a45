package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fullStop ends s with a full stop unless it already ends a sentence. The stop
// goes inside a closing quotation mark, as all three styles have it.
func fullStop(s string) string {
	body, closing := cutClosingQuotes(s)
	last, _ := utf8.DecodeLastRuneInString(body)
	if body == "" || strings.ContainsRune(".?!…。？！", last) {
		return s
	}
	return body + "." + closing
}

// cutClosingQuotes separates the quotation marks at the end of s. A single mark
// with nothing that opens it is an apostrophe and stays.
func cutClosingQuotes(s string) (body, closing string) {
	body = s
	for {
		r, size := utf8.DecodeLastRuneInString(body)
		if r != '”' && r != '"' && (r != '’' || !strings.Contains(s, "‘")) {
			return body, s[len(body):]
		}
		body = body[:len(body)-size]
	}
}

// quotedTitle renders “Title.” with the full stop inside (MLA 9, chapter 5;
// Chicago 17, chapter 14). A title that ends in a question or exclamation mark gets no stop.
func quotedTitle(title string) string {
	return "“" + fullStop(singleQuotes(title)) + "”"
}

// singleQuotes turns double quotation marks into single ones, which is what
// stands inside a quotation (APA 7, 8.33; Chicago 17, 13.30; MLA 9, chapter 6).
func singleQuotes(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range s {
		switch {
		case r == '“', r == '"' && (unicode.IsSpace(before) || strings.ContainsRune("([—–“‘", before)):
			b.WriteRune('‘')
		case r == '”', r == '"':
			b.WriteRune('’')
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// joinAnd renders "A", "A and B", "A, B, and C".
func joinAnd(names []string) string {
	if len(names) < 3 {
		return strings.Join(names, " and ")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + ", and " + names[last]
}

const shortWords = 4

// smallWords do not end a shortened title.
var smallWords = wordSet(`a an the and or but nor of to in on at by for from with is are as if than that`)

// shortened cuts a heading or title of more than four words to the first four,
// less any small words at the end. APA 7 (8.14 and 8.28) and MLA 9 (chapter 6) ask
// for the first few words; four is what APA's own examples keep.
func shortened(s string) (short string, cut bool) {
	words := strings.Fields(s)
	if len(words) <= shortWords {
		return s, false
	}
	words = words[:shortWords]
	for len(words) > 1 && smallWords[strings.ToLower(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), ".,:;?!–—"), true
}
