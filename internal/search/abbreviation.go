package search

import (
	"slices"
	"strings"

	"verbatim/internal/article"
)

// undotted takes the dots out of an abbreviation made of single letters, as in
// "e.g", "p.m" and "u.s", and of a degree such as "ph.d". Other words stay.
func undotted(word string) string {
	for i, part := range strings.Split(word, ".") {
		if len(part) != 1 && (i > 0 || len(part) != 2) {
			return word
		}
	}
	return strings.ReplaceAll(word, ".", "")
}

// definitions returns the abbreviations that articles define themselves, as in
// "transurethral resection (TUR)" or "TUR (transurethral resection)", as groups of
// the vocabulary, in the order of the articles: Schwartz and Hearst, "A simple
// algorithm for identifying abbreviation definitions in biomedical text", 2003,
// but a short form needs two capitals, or a capital and a digit, and is no
// everyday word, and one of three letters or more stands for several words.
func definitions(articles []*article.Article) Synonyms {
	var s Synonyms
	seen := map[[2]string]bool{}
	for _, art := range articles {
		text := art.Canonical
		for at := 0; ; {
			i := strings.IndexByte(text[at:], '(')
			if i < 0 {
				break
			}
			at += i + 1
			short, long := defined(text[:at-1], bracketed(text[at:]))
			if pair := [2]string{short, long}; short != "" && !seen[pair] {
				seen[pair] = true
				s.Groups = append(s.Groups, pair[:])
			}
		}
	}
	return s
}

// Limits of a definition, in bytes and words.
const (
	longestShort   = 10
	longestBracket = 100
	longestBefore  = 200
)

// bracketed returns what stands at the start of text up to the closing bracket, a
// comma or a semicolon; empty if that is too far.
func bracketed(text string) string {
	text = text[:min(len(text), longestBracket)]
	if end := strings.IndexAny(text, "),;(\n"); end > 0 && text[end] != '(' && text[end] != '\n' {
		return text[:end]
	}
	return ""
}

// defined returns the short and the long form, in lower case, that a bracket
// and the text before it define; empty if they do not.
func defined(before, bracket string) (short, long string) {
	before = before[max(0, len(before)-longestBefore):]
	if end := strings.LastIndexAny(before, ".;:!?()\n"); end >= 0 && end < len(before)-2 {
		before = before[end+1:]
	}
	before = strings.TrimRight(before, " ")
	if isShortForm(bracket) {
		short, long = bracket, longForm(bracket, lastWords(before, min(len(bracket)+5, 2*len(bracket))))
	} else if word := before[strings.LastIndexByte(before, ' ')+1:]; isShortForm(word) {
		short, long = word, longForm(word, bracket)
		if len(long) < len(bracket) { // the bracket says more than the long form
			return "", ""
		}
	}
	short, long = strings.ToLower(short), phraseOf(long)
	if opening, _, _ := strings.Cut(long, " "); functionWords[opening] || unitForms[short].word != "" {
		return "", ""
	}
	oneWord := strings.IndexByte(long, ' ') < 0 && len(short) > 2
	if long == "" || len(long) <= len(short) || oneWord || hasWord(long, short) {
		return "", ""
	}
	return short, long
}

// isShortForm reports whether a word looks like an abbreviation.
func isShortForm(word string) bool {
	if len(word) < 2 || len(word) > longestShort {
		return false
	}
	capitals, digits := 0, 0
	for i := range len(word) {
		switch b := word[i]; {
		case b >= 'A' && b <= 'Z':
			capitals++
		case isDigitByte(b):
			digits++
		case b < 'a' || b > 'z':
			return false
		}
	}
	lower := strings.ToLower(word)
	return capitals > 0 && capitals+digits > 1 && !isDigitByte(word[0]) && !carrierWords[lower] && !commonWords[lower] && !lightWords[lower]
}

// longForm returns the end of text that holds the letters of a short form in
// their order, the first of them at the start of a word; empty if there is none.
func longForm(short, text string) string {
	at := len(text)
	for s := len(short) - 1; s >= 0; s-- {
		want := lowerByte(short[s])
		if s == len(short)-1 && want == 's' && s > 1 && short[s] == 's' {
			continue // of a plural
		}
		for at--; at >= 0 && (lowerByte(text[at]) != want || s == 0 && at > 0 && isWordByte(text[at-1])); at-- {
		}
		if at < 0 {
			return ""
		}
	}
	return text[at:]
}

func lowerByte(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

func isWordByte(b byte) bool {
	b = lowerByte(b)
	return b >= 'a' && b <= 'z' || isDigitByte(b) || b >= 0x80
}

// lastWords returns the last n words of text.
func lastWords(text string, n int) string {
	for at := len(text); n > 0; n-- {
		at = strings.LastIndexByte(text[:at], ' ')
		if at < 0 {
			return text
		}
		if n == 1 {
			return text[at+1:]
		}
	}
	return ""
}

// phraseOf returns text as the vocabulary writes phrases.
func phraseOf(text string) string {
	return strings.Join(slices.Collect(words(text)), " ")
}

func hasWord(phrase, word string) bool {
	return slices.Contains(strings.Fields(phrase), word)
}
