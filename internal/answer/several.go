package answer

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"verbatim/internal/safety"
)

// maxParts is how many questions of one message are answered.
const maxParts = 3

// several answers each question of a message. The top level is the first part
// with the highest tier; what only the whole message shows, such as two mild
// facts that together are serious, raises it.
func (a *Answerer) several(ctx context.Context, q Question, texts []string, whole safety.Decision) (Answer, error) {
	var parts []Answer
	var errs []error
	for _, text := range texts {
		part := Question{Text: text, Channel: q.Channel, Conversation: q.Conversation}
		ans, err := a.part(ctx, part, whole)
		parts = append(parts, ans)
		errs = append(errs, err)
		q.Conversation = q.Conversation.With(TurnOf(text, ans))
	}
	top := parts[0]
	for _, p := range parts[1:] {
		if p.Tier > top.Tier {
			top = p
		}
	}
	a.raise(&top, whole)
	top.Parts = parts
	return top, errors.Join(errs...)
}

// part answers one question of a message, by a card alone where triage of the
// part calls for it.
func (a *Answerer) part(ctx context.Context, q Question, whole safety.Decision) (Answer, error) {
	d := a.triage(q)
	if ans, done := a.screen(d, q.Channel); done {
		return ans, nil
	}
	return a.one(ctx, q, d, whole)
}

// raise lifts an answer to what the whole message calls for.
func (a *Answerer) raise(ans *Answer, whole safety.Decision) {
	ans.Topics = whole.Topics()
	if whole.Tier <= ans.Tier {
		return
	}
	frame := a.frame(whole)
	ans.Tier, ans.Cards = frame.Tier, frame.Cards
	if frame.Disclaimer != nil || ans.Quote != nil {
		a.disclaim(ans)
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[?!.\n]+\s*`)
	asks        = regexp.MustCompile(`(?i)^(and |but |also |so |ok |okay |then )?(what|whats|what's|who|whos|who's|which|when|whens|where|wheres|why|how|hows|is|are|was|were|do|does|did|can|could|should|would|will|has|have|am)\b`)
	pointsBack  = regexp.MustCompile(`(?i)\b(it|its|that|this|these|those|they|them|their|he|him|his|she|her)\b`)
)

// splitQuestions returns the questions of a message, at most three, when it
// plainly holds several, and how many more there are; else the message as one.
// Text before a question stays with it.
func splitQuestions(text string) (questions []string, more int) {
	if len(text) > maxSplit {
		return []string{text}, 0
	}
	lead := ""
	for _, s := range sentencesOf(text) {
		switch {
		case isQuestion(s):
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

// maxSplit is the longest message, in bytes, that is looked at for several
// questions; a longer one tells a story.
const maxSplit = 4000

// joinedQuestions cuts "who wrote this and is it safe" in two.
var joinedQuestions = regexp.MustCompile(`(?i),? and (?:what|who|which|when|where|why|how|is|are|does|do|can|should) (?:\S+ )*\S+`)

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

// appendSentences adds a sentence, or two where "and" joins two questions.
func appendSentences(out []string, s string) []string {
	s = strings.TrimSpace(s)
	if at := joinedQuestions.FindStringIndex(s); at != nil && asks.MatchString(s) {
		first, second := s[:at[0]], strings.TrimLeft(s[at[0]:], ", ")
		if len(strings.Fields(first)) >= 3 && len(strings.Fields(second)) >= 4 {
			return append(out, first+"?", strings.TrimRight(second, "?")+"?")
		}
	}
	if s == "" {
		return out
	}
	return append(out, s)
}

// isQuestion reports whether a sentence asks something: it opens with a question
// word, and either ends in a question mark or asks about something of its own,
// which takes four words and none that points back.
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
	return len(strings.Fields(s)) >= 4 && !pointsBack.MatchString(s)
}
