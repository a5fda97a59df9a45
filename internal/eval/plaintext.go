package eval

import (
	"strings"
	"unicode"
)

// plainMarkdown writes text as Markdown that reads back as that text, white space
// aside: blank lines separate paragraphs, and every mark that could be markup is
// escaped (CommonMark 0.31, section 2.4).
func plainMarkdown(text string) string {
	var paragraphs, open []string
	flush := func() {
		paragraphs = append(paragraphs, pieces(strings.Join(open, " "))...)
		open = open[:0]
	}
	for line := range strings.Lines(text) {
		if line = tidy(line); line != "" {
			open = append(open, line)
			continue
		}
		flush()
	}
	flush()
	return strings.Join(paragraphs, "\n\n")
}

// What a paragraph may have, far within what [article.Parse] takes.
const (
	maxParagraph = 32 << 10 // bytes
	maxBrackets  = 400      // "["
)

// pieces escapes a paragraph, and cuts it between words when it is overlong.
func pieces(paragraph string) []string {
	var out []string
	var b strings.Builder
	brackets := 0
	for word := range strings.FieldsSeq(paragraph) {
		escaped := escapeMarks(word)
		brackets += strings.Count(word, "[")
		if b.Len() > 0 && (b.Len()+len(escaped) > maxParagraph || brackets > maxBrackets) {
			out = append(out, b.String())
			b.Reset()
			brackets = strings.Count(word, "[")
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(escaped)
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}

// tidy replaces every run of white space by one space, and NUL, which no article
// has, by the mark for what cannot be shown.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", string(unicode.ReplacementChar))), " ")
}

// escapeMarks puts a backslash before every mark of ASCII.
func escapeMarks(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; '!' <= c && c <= '~' && !isAlphanumeric(c) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
