package bench

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRedacted is how many characters of a missed question are kept.
const maxRedacted = 300

// maxRead is how many characters of a question are looked at: more than Discord takes.
const maxRead = 8000

// removed stands for what was taken out of a text.
const removed = "…"

// Redact takes out of a question what may say who somebody is, and returns what is
// left on one line, of at most 300 characters, with "…" where something was: mentions
// and other markup of Discord's, links and domains, e-mail addresses, handles, whatever
// has a digit in it, larger numbers in words, dates, and names behind words that
// introduce them. It rather takes too much than too little: whole words go, and all of
// what a name may be. It is empty when nothing is left. Redacting again changes nothing.
func Redact(text string) string {
	text = cutAt(text, maxRead)
	for range maxPasses {
		once := redactOnce(text)
		if once == text {
			return text
		}
		text = once
	}
	return "" // a text that does not settle is not kept
}

// maxPasses is how often a text is gone through: what was taken out may bring words
// together that are another thing to take out.
const maxPasses = 12

func redactOnce(text string) string {
	words := wordsToRedact(clean(text))
	hideNames(words)
	words = wordsToRedact(hidePhrases(join(words)))
	for i := range words {
		words[i].gone = words[i].gone || isTelling(words[i].text) || isLargeNumber(words[i].key)
	}
	hideCounting(words)
	hideMonths(words)
	return bounded(join(slices.DeleteFunc(words, isEmpty)))
}

// A word to redact, with what it is looked up by.
type redactable struct {
	text string
	key  string // lower case, letters only, accents off
	end  string // punctuation at its end
	gone bool
}

func wordsToRedact(text string) []redactable {
	var words []redactable
	for field := range strings.FieldsSeq(text) {
		field = strings.Trim(field, "_")
		core := strings.TrimRightFunc(field, isEnd)
		words = append(words, redactable{text: field, key: keyOf(field), end: field[len(core):], gone: core == removed})
	}
	return words
}

func isEnd(r rune) bool { return strings.ContainsRune("?!,;:.)]\"'", r) }

// keyOf brings a word into the form in which words are compared.
func keyOf(word string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(word)) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case unicode.IsLetter(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	bracketedAt  = regexp.MustCompile(`(?i)\s*[<\[({]\s*(?:at|ät|arroba|@)\s*[>\])}]\s*`)
	bracketedDot = regexp.MustCompile(`(?i)\s*[<\[({]\s*(?:dot|punkt|punto|point|ponto|\.)\s*[>\])}]\s*`)
	markup       = regexp.MustCompile(`<[^<>]*>`)
	dots         = regexp.MustCompile(`\.{2,}`)
	before       = regexp.MustCompile(`(\S)` + removed)
	behind       = regexp.MustCompile(removed + `([^\s?!,;:.)\]"'])`)
	glued        = regexp.MustCompile(`(\p{L})([:,;=!?])(\p{L})`)
)

// clean brings a text into one form: characters that look alike become one, what is
// not seen goes, and so does formatting.
func clean(text string) string {
	text = strings.ToValidUTF8(text, " ")
	text = norm.NFKC.String(strings.Map(visible, text))
	text = bracketedDot.ReplaceAllString(bracketedAt.ReplaceAllString(text, "@"), ".")
	text = strings.Map(plainly, markup.ReplaceAllString(text, removed))
	text = dots.ReplaceAllString(text, removed)
	text = behind.ReplaceAllString(before.ReplaceAllString(text, "$1 "+removed), removed+" $1")
	fields := strings.Fields(text)
	for i, field := range fields {
		if !isTelling(field) {
			fields[i] = glued.ReplaceAllString(field, "$1$2 $3")
		}
	}
	return strings.Join(fields, " ")
}

// visible drops what is not seen, which may hide in the middle of a number.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co, unicode.Variation_Selector, unicode.Me):
		return -1
	}
	return r
}

// plainly drops formatting and symbols.
func plainly(r rune) rune {
	switch {
	case strings.ContainsRune("’‘ʼ`´", r):
		return '\''
	case strings.ContainsRune("*~|", r):
		return -1
	case strings.ContainsRune("<>\"“”„«»{}", r) || unicode.In(r, unicode.So, unicode.Sk, unicode.Cs):
		return ' '
	}
	return r
}

var phrases = []*regexp.Regexp{
	// somebody at example dot com
	regexp.MustCompile(`(?i)\S+\s+(?:at|ät|arroba)\s+\S+\s+(?:dot|punkt|punto|point|ponto)\s+\S+`),
	// example dot com, example . com
	regexp.MustCompile(`(?i)\S+\s+(?:dot|punkt|punto|point|ponto)\s+(?:com|net|org|gg|io|edu|gov|info|co|me|uk|de|fr|es|br|pt)\b\S*`),
	regexp.MustCompile(`(?i)\S+(?:\s+\.\s*|\.\s+)(?:com|net|org|gg|io|edu|gov|info)\b\S*`),
	// somebody @ example, somebody@ example, @ somebody
	regexp.MustCompile(`\S+\s+@(?:\s+\S+|\S+\.\S+)`),
	regexp.MustCompile(`\S*@\s+\S+`),
}

// hidePhrases takes out addresses that are written in several words.
func hidePhrases(text string) string {
	for _, p := range phrases {
		text = p.ReplaceAllString(text, removed)
	}
	return text
}

var (
	domain  = regexp.MustCompile(`[\p{L}\p{M}_-]\.\p{L}[\p{L}\p{M}]`)
	account = regexp.MustCompile(`(?i)(?:^|[^\p{L}])[ur]/\p{L}`)
)

// longestWord is how many characters a word may have: more is a key or a part of a link.
const longestWord = 32

// isTelling reports whether a word is an address, a handle or a number.
func isTelling(word string) bool {
	return strings.ContainsFunc(word, unicode.IsNumber) ||
		strings.ContainsAny(word, `@#\`) || strings.Contains(strings.Trim(word, "_"), "_") || strings.Contains(word, "://") ||
		strings.Count(word, "/") > 1 || strings.Count(word, ":") > 1 || strings.HasPrefix(strings.ToLower(word), "www.") ||
		utf8.RuneCountInString(word) > longestWord || domain.MatchString(word) || account.MatchString(word)
}

// hideCounting takes out several numbers below ten in a row: they are digits.
func hideCounting(words []redactable) {
	for from := 0; from < len(words); {
		to, digits := from, 0
		for to < len(words) && (words[to].gone || isDigitWord(words[to].key)) && (to == from || words[to-1].end == "") {
			if !words[to].gone {
				digits++
			}
			to++
		}
		if digits >= 2 && to-from >= 3 {
			hide(words[from:to])
		}
		from = max(to, from+1)
	}
}

func hide(words []redactable) {
	for i := range words {
		words[i].gone = true
	}
}

// hideMonths takes out months beside what is taken out already, and what stands between.
func hideMonths(words []redactable) {
	for again := true; again; {
		again = false
		for i, w := range words {
			from, to := i-between(words, i, -1), i+between(words, i, 1)
			if !w.gone && (isMonth(w.key) || joinsDate[w.key]) && from < i && to > i || !w.gone && isMonth(w.key) && (from < i || to > i) {
				hide(words[from : to+1])
				again = true
			}
		}
	}
}

// between returns how far from i what is gone is: one word or, behind a word that joins
// parts of a date, two; 0 when it is farther.
func between(words []redactable, i, step int) int {
	for n := 1; n <= 2; n++ {
		switch at := i + n*step; {
		case at < 0 || at >= len(words):
			return 0
		case words[at].gone:
			return n
		case !joinsDate[words[at].key]:
			return 0
		}
	}
	return 0
}

// join puts words together, with "…" for those that are gone, one for all in a row. What
// ends a sentence stays.
func join(words []redactable) string {
	var out []string
	hidden := false
	for _, w := range words {
		switch {
		case w.gone && hidden:
			out[len(out)-1] = removed + kept(w.end)
		case w.gone:
			out = append(out, removed+kept(w.end))
		default:
			out = append(out, w.text)
		}
		hidden = w.gone
	}
	return strings.Join(out, " ")
}

// isEmpty reports whether a word says nothing, such as a dash.
func isEmpty(w redactable) bool {
	return !w.gone && !strings.ContainsFunc(w.text, unicode.IsLetter) && (w.text == "" || strings.Trim(w.text, "?!.,;:") != "")
}

// kept is what stays of the punctuation of a word that is gone.
func kept(end string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("?!,;", r) {
			return r
		}
		return -1
	}, end)
}

// bounded cuts a text between words. Without a letter in it, it is empty.
func bounded(text string) string {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return ""
	}
	return cutAt(text, maxRedacted)
}

// cutAt returns the words of a text that fit into so many characters.
func cutAt(text string, limit int) string {
	space, n := 0, 0
	for i, r := range text {
		if r == ' ' {
			space = i
		}
		if n++; n > limit {
			return text[:space]
		}
	}
	return text
}
