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
		ans, err := a.one(ctx, part, a.rules.Triage(text), whole)
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

// splitQuestions returns the questions of a message when it plainly holds
// several, each with a question word first and something of its own to ask
// about; else the message as one. Text before a question stays with it.
func splitQuestions(text string) []string {
	var parts []string
	var lead strings.Builder
	for _, s := range sentencesOf(text) {
		if isOwnQuestion(s) || len(parts) == 0 && asks.MatchString(s) && strings.Contains(s, "?") {
			parts = append(parts, strings.TrimSpace(lead.String()+s))
			lead.Reset()
			continue
		}
		if len(parts) == 0 {
			lead.WriteString(s + " ")
			continue
		}
		parts[len(parts)-1] += " " + s
	}
	if len(parts) < 2 || len(parts) > maxParts {
		return []string{text}
	}
	return parts
}

func sentencesOf(text string) []string {
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		if m[1] < len(text) && text[m[1]-1] != ' ' && text[m[1]-1] != '\n' {
			continue // a dot inside a number or a name
		}
		out = appendSentence(out, text[from:m[1]])
		from = m[1]
	}
	return appendSentence(out, text[from:])
}

func appendSentence(out []string, s string) []string {
	if s = strings.TrimSpace(s); s != "" {
		return append(out, s)
	}
	return out
}

// isOwnQuestion reports whether a sentence asks something by itself: it asks
// about the article, or it opens with a question word, is no shorter than four
// words, and does not point back.
func isOwnQuestion(s string) bool {
	if !asks.MatchString(s) {
		return false
	}
	if _, meta := classify(s); meta {
		return true
	}
	return len(strings.Fields(s)) >= 4 && !pointsBack.MatchString(s)
}
