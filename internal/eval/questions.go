// Package eval measures the pipeline on sets of questions: what is answered
// right, what is rightly left alone, how long the excerpts are, how fast it is.
//
// Invariant: a figure depends only on the set, the articles and the program; the
// times are the one exception and are reported apart.
package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/answer"
)

// Asker answers questions; [answer.Answerer] is one.
type Asker interface {
	Ask(ctx context.Context, q answer.Question) (answer.Answer, error)
}

// Options of a run. Now is the clock that latencies are measured with.
type Options struct {
	Channel answer.Channel
	Now     func() time.Time
}

// Questions asks every conversation of a set in order and scores each turn. It
// fails only when asking does.
func Questions(ctx context.Context, a Asker, set []Conversation, opts Options) (*Report, error) {
	r := newReport()
	for _, c := range set {
		var conversation answer.Conversation
		for _, q := range c {
			start := opts.Now()
			ans, err := a.Ask(ctx, answer.Question{Text: q.Text, Channel: opts.Channel, Conversation: conversation})
			if err != nil {
				return nil, fmt.Errorf("question %s: %w", q.ID, err)
			}
			r.add(q, ans, opts.Now().Sub(start))
			conversation = conversation.With(answer.TurnOf(q.Text, ans))
		}
	}
	r.finish()
	return r, nil
}

// Verdict is how one reply is judged.
type Verdict string

// The verdicts. Wrong is a reply to a question that must not be answered;
// Missed an abstention from one that can be.
const (
	Right     Verdict = "right"
	WrongSpan Verdict = "wrong span"
	Missed    Verdict = "missed"
	Wrong     Verdict = "wrong"
	Quiet     Verdict = "quiet"
)

// metaRight says which front matter field is a right answer to a kind of question.
var metaRight = map[string][]answer.MetaField{
	"author":   {answer.FieldAuthor, answer.FieldAuthorBio},
	"date":     {answer.FieldUpdated},
	"citation": {answer.FieldCitation},
}

// Judge scores one reply by the rules of the evaluation sets: an excerpt is
// right when it contains one of the answers, case and white space aside.
func Judge(q Question, ans answer.Answer) Verdict {
	replied := ans.Outcome == answer.Answered || ans.Outcome == answer.FromMeta
	answerable := len(q.Answers) > 0 || q.Meta != ""
	switch {
	case !answerable && replied:
		return Wrong
	case !answerable:
		return Quiet
	case !replied:
		return Missed
	case ans.Meta != nil && metaIsRight(q, *ans.Meta):
		return Right
	case ans.Quote != nil && containsAny(ans.Quote.Text, q.Answers):
		return Right
	}
	return WrongSpan
}

func metaIsRight(q Question, m answer.Meta) bool {
	if m.Field == q.Meta {
		return true
	}
	if slices.Contains(metaRight[q.Kind], m.Field) {
		return true
	}
	return containsAny(m.Text, q.Answers)
}

// holdsSpan reports whether the best candidate, shown or not, contains an answer.
func holdsSpan(q Question, ans answer.Answer) bool {
	return ans.Best != nil && containsAny(ans.Best.Text, q.Answers)
}

func containsAny(text string, answers []string) bool {
	text = fold(text)
	for _, a := range answers {
		if strings.Contains(text, fold(a)) {
			return true
		}
	}
	return false
}

func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
