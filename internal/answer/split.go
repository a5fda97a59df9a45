package answer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxSplit is the longest message, in bytes, that is looked at for several
// questions; a longer one tells a story.
const maxSplit = 4000

var (
	sentenceEnd = regexp.MustCompile(`[?!.\n]+\s*`)
	asks        = regexp.MustCompile(`(?i)^(and |but |also |so |ok |okay |then )?(what|whats|what's|who|whos|who's|which|when|whens|where|wheres|why|how|hows|is|are|was|were|do|does|did|can|could|should|would|will|has|have|am)\b`)
	pointsBack  = regexp.MustCompile(`(?i)\b(it|its|that|this|these|those|they|them|their|he|him|his|she|her)\b`)
	// inverted is a verb before its subject: a question even without its mark.
	inverted = regexp.MustCompile(`(?i)^(and |but |also |so |ok |okay |then )?((is|was|does|did|can|could|should|would|will|has) (it|he|she|this|that|there|the)|(are|were|do|did|can|could|should|would|will|have) (i|we|you|u|they)|(are|were) (these|those|the)|am i)\b`)
	bare     = regexp.MustCompile(`(?i)^(what|who|which|when|where|why|how)[?!.\s]*$`)
	listed   = regexp.MustCompile(`(?:^|\s)(\d{1,2})[.)]\s+`)
	bulleted = regexp.MustCompile(`(?m)^[ \t]*[-*•][ \t]+`)
)

// Questions returns the questions of a message as [Answerer.Ask] answers them one by
// one, at most three; one that holds several only by doubt is returned whole.
func Questions(text string) []string {
	questions, _ := splitQuestions(text)
	return questions
}

// splitQuestions returns the questions of a message, at most three, when it
// plainly holds several, and how many more there are; else the message as one.
// Text before a question stays with it.
func splitQuestions(text string) (questions []string, more int) {
	if len(text) > maxSplit {
		return []string{text}, 0
	}
	sentences := sentencesOf(unlisted(text))
	alone := !slices.ContainsFunc(sentences, func(s string) bool { return !bare.MatchString(s) })
	lead := ""
	for _, s := range sentences {
		switch {
		case alone || isQuestion(s):
			questions = append(questions, strings.TrimSpace(lead+s))
			lead = ""
		case len(questions) == 0:
			lead += s + " "
		default:
			questions[len(questions)-1] += " " + s
		}
	}
	if len(questions) < 2 {
		return []string{text}, 0
	}
	more = max(0, len(questions)-maxParts)
	return questions[:min(maxParts, len(questions))], more
}

// unlisted puts each item of a list on a line of its own, without its bullet or
// its number. Numbers are a list's when they count up from one.
func unlisted(text string) string {
	text = bulleted.ReplaceAllString(text, "")
	marks := listed.FindAllStringSubmatchIndex(text, -1)
	if len(marks) < 2 {
		return text
	}
	for i, m := range marks {
		if text[m[2]:m[3]] != strconv.Itoa(i+1) {
			return text
		}
	}
	return listed.ReplaceAllString(text, "\n")
}

func sentencesOf(text string) []string {
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		if m[1] < len(text) && text[m[1]-1] != ' ' && text[m[1]-1] != '\n' {
			continue // a dot inside a number or a name
		}
		out = appendSentences(out, text[from:m[1]])
		from = m[1]
	}
	return appendSentences(out, text[from:])
}

var (
	// joinedQuestions cuts "who wrote this and is it safe" in two.
	joinedQuestions = regexp.MustCompile(`(?i),? and (?:what|who|which|when|where|why|how|is|are|does|do|can|should) (?:\S+ )*\S+`)
	// indirect is a question word inside a sentence, "does it say how"; "when" and
	// "which" there mostly mean something else.
	indirect = regexp.MustCompile(`(?i)\S+ (?:how|what|why|where|whether)\b`)
	// worded opens with a question word, direct also has the verb before its
	// subject: "how long is it" has and "how long it is" has not.
	worded = regexp.MustCompile(`(?i)^and (?:what|who|which|when|where|why|how)\b`)
	direct = regexp.MustCompile(`(?i)^and (?:what|who|which|when|where|why|how)(?: \S+){0,3}? (?:is|are|was|were|do|does|did|can|could|should|would|will|has|have) (?:i|we|you|u|they|he|she|it|this|that|these|those|the|an?|my|your|his|her|their|there|people|ppl|someone|one)\b`)
)

// appendSentences adds a sentence, or two where "and" joins two questions.
func appendSentences(out []string, s string) []string {
	s = strings.TrimSpace(s)
	if at := joinedQuestions.FindStringIndex(s); at != nil && asks.MatchString(s) {
		first, second := s[:at[0]], strings.TrimLeft(s[at[0]:], ", ")
		if len(strings.Fields(first)) >= 3 && len(strings.Fields(second)) >= 4 && !continues(first, second) {
			return append(out, first+"?", strings.TrimRight(second, "?")+"?")
		}
	}
	if s == "" {
		return out
	}
	return append(out, s)
}

// continues reports whether what follows "and" goes on with an indirect question
// of the sentence, as in "does it say how deep and how long it goes".
func continues(first, second string) bool {
	return indirect.MatchString(first) && worded.MatchString(second) && !direct.MatchString(second)
}

// isQuestion reports whether a sentence asks something: it opens with a question
// word, and either ends in a question mark, has its verb before its subject, or
// asks about something of its own, which takes four words and none that points
// back.
func isQuestion(s string) bool {
	if !asks.MatchString(s) {
		return false
	}
	if strings.HasSuffix(strings.TrimSpace(s), "?") {
		return len(strings.Fields(s)) >= 2
	}
	if _, meta := classify(s, nil); meta {
		return true
	}
	words := len(strings.Fields(s))
	return (words >= 3 && inverted.MatchString(s)) || (words >= 4 && !pointsBack.MatchString(s))
}
