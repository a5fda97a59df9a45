package discord

import (
	"context"
	"errors"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// asking is an answer in the making.
type asking struct {
	b      *Bot
	ctx    context.Context //nolint:containedctx // an asking is the span of one question, and the context is that span
	cancel context.CancelFunc
	words  *locale.Words
	known  answer.Answer // what triage said, kept should the rest fail
	done   chan answer.Answer
}

// screen runs triage on a question, with what is known of the channel without
// asking anybody. A panic in it counts as "no card", and Ask decides.
func (b *Bot) screen(q asked) (known answer.Answer, whole bool) {
	question := answer.Question{Text: q.text, Channel: b.kindKnown(q), Conversation: b.talks.Before(q.talk, q.id)}
	b.work.guard("screen", func() { known, whole = b.answerer.Screen(q.owner(), question) })
	return known, whole
}

// begin starts to look up an answer.
func (b *Bot) begin(ctx context.Context, q asked, known answer.Answer) *asking {
	ctx, cancel := context.WithTimeout(ctx, b.timing.Answer)
	a := &asking{b, ctx, cancel, b.wordsFor(q), known, make(chan answer.Answer, 1)}
	b.work.wg.Go(func() { a.done <- a.lookUp(q) })
	return a
}

// lookUp asks when it is this question's turn. It always returns an answer.
func (a *asking) lookUp(q asked) (found answer.Answer) {
	found = a.apology(locale.FailureBroken) //nolint:wastedassign // returned when Ask panics
	if !a.b.work.slot(a.ctx) {
		return a.apology(locale.FailureBusy)
	}
	defer a.b.work.giveBack()
	defer a.b.work.recover("ask")
	question := answer.Question{Text: q.text, Channel: a.b.kindOf(a.ctx, q), Conversation: a.b.talks.Before(q.talk, q.id)}
	answered, err := a.b.answerer.Ask(a.ctx, q.owner(), question)
	if err != nil && !errors.Is(err, context.Canceled) {
		a.b.log.Error("answered with an error", "error", err)
	}
	return answered
}

// find looks up an answer to a message, for as long as that stays as it is.
func (b *Bot) find(ctx context.Context, q asked, known answer.Answer) answer.Answer {
	ctx, done := b.replies.While(ctx, q.id, q.version)
	defer done()
	a := b.begin(ctx, q, known)
	defer a.cancel()
	return a.await()
}

// await returns the answer, or an apology when time is up.
func (a *asking) await() answer.Answer {
	select {
	case found := <-a.done:
		return found
	case <-a.ctx.Done():
		return a.overdue()
	}
}

// lastMoment is how long an answerer whose context is done may take to return
// what it has: the cards and the disclaimer, with a notice.
const lastMoment = 200 * time.Millisecond

// overdue returns what the answerer has when time is up, or an apology.
func (a *asking) overdue() answer.Answer {
	select {
	case found := <-a.done:
		return found
	case <-time.After(lastMoment):
		return a.apology(locale.FailureLate)
	}
}

// awaitFast is await for as long as an answer may be the callback itself. It
// reports whether there is one.
func (a *asking) awaitFast(limit time.Duration) (answer.Answer, bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case found := <-a.done:
		return found, true
	case <-a.ctx.Done():
		return a.overdue(), true
	case <-timer.C:
		return answer.Answer{}, false
	}
}

// apology is a plain sentence, after the cards and the disclaimer that triage found.
func (a *asking) apology(id locale.ID) answer.Answer {
	return answer.Answer{
		Tier: a.known.Tier, Topics: a.known.Topics, Minor: a.known.Minor,
		Disclaimer: a.known.Disclaimer, Cards: a.known.Cards, Notice: a.words.Say(id, nil),
	}
}

// lastWords is how long an interrupted handler may take to send its apology.
const lastWords = time.Second

// sending returns the context for a message that must go out although the handler
// was interrupted.
func sending(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(context.WithoutCancel(ctx), lastWords)
}
