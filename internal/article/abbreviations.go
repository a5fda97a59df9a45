package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinAbbreviations mends sentence boundaries that are none: behind an
// abbreviation, inside a quotation that its sentence goes on after, and before
// pieces without a word of their own.
func joinAbbreviations(text string, pieces []Range) []Range {
	var joined []Range
	for _, r := range pieces {
		if n := len(joined); n > 0 && continues(text[joined[n-1].Start:joined[n-1].End], text[r.Start:r.End]) {
			joined[n-1].End = r.End
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

// continues reports whether next belongs to the sentence before it.
func continues(before, next string) bool {
	before, next = strings.TrimRightFunc(before, unicode.IsSpace), strings.TrimSpace(next)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'“‘(`))
	switch {
	case !strings.ContainsFunc(next, isWordRune), unicode.IsLower(first):
		return true
	case !strings.HasSuffix(before, "."):
		return false
	}
	word, previous := lastWords(before)
	return abbreviates(word, previous, next, first)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// lastWords returns the last word without its stop and the one before it.
func lastWords(s string) (last, previous string) {
	s, last = cutLastWord(strings.TrimSuffix(s, "."))
	_, previous = cutLastWord(s)
	return last, previous
}

func cutLastWord(s string) (rest, word string) {
	i := strings.LastIndexFunc(s, unicode.IsSpace) + 1
	return strings.TrimRightFunc(s[:i], unicode.IsSpace), strings.TrimLeft(s[i:], `"'“‘([`)
}

var (
	// beforeName stands before a name or an explanation, never at the end of a sentence.
	beforeName = regexp.MustCompile(`^(?i:dr|drs|mr|mrs|ms|mx|prof|rev|hon|capt|col|gen|lt|sgt|messrs|e\.g|eg|i\.e|ie|viz|cf|vs|approx|ca)$`)
	// beforeNumber stands before a number, and ends a sentence otherwise.
	beforeNumber = regexp.MustCompile(`^(?i:no|nos|nr|fig|figs|vol|vols|p|pp|sec|sect|ch|chap|eq|art|ver|tab|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$`)
	// maybeLast may stand inside a sentence and at its end.
	maybeLast = regexp.MustCompile(`^(?:al|St|Mt|Ft|Inc|Ltd|Co|Corp|Jr|Sr|Ph\.D|Dept|Univ|Assn|[aApP]\.[mM]|(?:\pL\.)+\pL)$`)
	initial   = regexp.MustCompile(`^\p{Lu}$`)
	// labelled says that a single capital after the word is a label, as in vitamin C.
	labelled = regexp.MustCompile(`(?i)^(?:vitamin|vitamins|hepatitis|type|group|grade|class|stage|phase|plan|option|part|figure|table|appendix|section|step|category|influenza|and|or|than|am|was)$`)
	// opener is a word that starts sentences far more often than it follows an abbreviation.
	opener = regexp.MustCompile(`^(?:The|An?|This|That|These|Those|Its?|He|She|They|We|You|I|In|On|At|As|If|When|While|After|Before|Because|However|But|And|Or|So|Then|There|Here|Some|Many|Most|For|From|To|Since|Although|Though|Not|No|One|His|Her|Their|Our|Your|My|What|Why|How|Who|Where|Which|Do|Does|Is|Are|Can|Also|Both|Each|Any|All|Once|Until|Unless|With|Without|By)\b`)
)

// abbreviates reports whether the stop behind word is no end of a sentence, given
// the word before and the text after it.
func abbreviates(word, previous, next string, first rune) bool {
	switch {
	case beforeName.MatchString(word):
		return true
	case beforeNumber.MatchString(word):
		return unicode.IsNumber(first)
	case maybeLast.MatchString(word):
		return !opener.MatchString(next)
	case initial.MatchString(word):
		return unicode.IsUpper(first) && !labelled.MatchString(previous) && !opener.MatchString(next) && word != "I"
	}
	return false
}
