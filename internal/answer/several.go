package answer

import (
	"context"
	"errors"

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
