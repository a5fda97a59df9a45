package bench

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/answer"
	"verbatim/internal/library"
)

// The names of the daily numbers, see [library.Counters].
const (
	countAsked     = "asked"
	countAnswered  = "answered"
	countAbstained = "abstained"
	countCard      = "card"
	countHelp      = "help" // greetings, and questions about an article's author or date
	countHelpful   = "helpful"
	countUnhelpful = "nothelpful"

	countTier    = "tier/"    // and the tier's name
	countSection = "section/" // and the article's key, and the section behind a slash
)

// maxCountName is how many bytes of an article's key and of a section's heading the
// name of a number has.
const maxCountName = 200

// Counted returns the names of the daily numbers that an answer adds one to. None of
// them says anything of the question.
func Counted(a answer.Answer) []string {
	names := []string{countAsked, countTier + a.Tier.String()}
	parts := slices.Concat([]answer.Answer{a}, a.Parts)
	if name := countedAs(a.Outcome, parts); name != "" {
		names = append(names, name)
	}
	for _, part := range parts {
		if part.Quote == nil {
			continue
		}
		if name := sectionName(part.Quote.Article, part.Quote.Section); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// countedAs returns the name of what came of a question: with several in one message,
// it is answered when one of them is. An apology has none.
func countedAs(o answer.Outcome, parts []answer.Answer) string {
	if slices.ContainsFunc(parts, func(p answer.Answer) bool { return p.Outcome == answer.Answered }) {
		return countAnswered
	}
	switch o {
	case answer.Answered:
		return countAnswered
	case answer.Abstained:
		return countAbstained
	case answer.CardOnly:
		return countCard
	case answer.Help, answer.FromMeta:
		return countHelp
	}
	return ""
}

// CountedVote returns the name of the daily number of a verdict.
func CountedVote(v library.Verdict) string {
	if v == library.Helpful {
		return countHelpful
	}
	return countUnhelpful
}

// sectionName is the name of a section's number. Keys have no slash in them.
func sectionName(key, heading string) string {
	return countSection + shortened(strings.ReplaceAll(key, "/", "-")) + "/" + shortened(heading)
}

// shortened returns what the name of a number may have of a text: valid, without NUL.
func shortened(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	for cut := min(len(s), maxCountName); cut > 0; cut-- {
		if cut == len(s) || utf8.RuneStart(s[cut]) {
			return s[:cut]
		}
	}
	return ""
}
