package discord

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/propagate"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

const (
	recordWait  = 700 * time.Millisecond // how long an answer waits for its record
	recordLimit = 5 * time.Second        // how long recording may take at all
	sendingTime = 600 * time.Millisecond // what is kept of a deadline for sending
)

// errSlowLedger stands for a record that was not there in time. It may still come.
var errSlowLedger = fmt.Errorf("%w: the ledger is slow", article.ErrUnavailable)

// entry is the record of one reply, in the making. It is not safe for concurrent use.
type entry struct {
	b      *Bot
	q      asked
	posted library.Posted
	redo   bool       // the record is there already, and is replaced
	done   chan error // gets what Post returned, once; nil before it is called
	failed bool       // Post returned an error, or must not be called
}

// newEntry begins the record of an answer; redo is the id of the one that it replaces,
// empty for none.
func (b *Bot) newEntry(q asked, a answer.Answer, redo string) *entry {
	p := postedOf(a)
	p.ID, p.Channel, p.Question, p.Asker = redo, q.channel, q.id, q.asker()
	p.Private = q.private && q.guild != ""
	if q.outdated {
		p.Shown = library.Revised
	}
	if redo == "" {
		p.ID = b.newID()
	}
	p.At = b.now()
	p.Expires = p.At.AddDate(0, 0, retention(q.settings))
	return &entry{b: b, q: q, posted: p, redo: redo != ""}
}

// lasting reports whether the record is there, or will be: not when recording failed,
// and there is nothing that a button could be about.
func (e *entry) lasting() bool { return e.b.ledger != nil && !e.failed }

// The reasons for which an answer may not be sent.
var (
	errElsewhere = errors.New("another process may hold the shard")
	errAnswered  = errors.New("the question has an answer already")
)

// admits begins to record an answer, and returns why it may not be sent: because the
// question has an answer already, or because another process may hold the shard
// and answer. Of a message with several answers the first one that quotes is
// recorded. A ledger that fails or is slow stops nothing; ctx bounds recording and
// within bounds sending.
func (e *entry) admits(ctx, within context.Context) error {
	if e.q.shard.isLost() {
		e.failed = true
		return errElsewhere
	}
	if e.b.ledger == nil {
		return nil
	}
	under := e.q.shard.lease()
	e.begin(ctx, under)
	err := e.wait(within, patience(within))
	// A lease that was only assumed fences off everything, so a conflict says nothing.
	if errors.Is(err, article.ErrConflict) && (under.IsZero() || under.Epoch != 0) {
		return errAnswered
	}
	e.note(err)
	return nil
}

// patience is how long to wait for a record so that there is time left to send.
func patience(ctx context.Context) time.Duration {
	end, ok := ctx.Deadline()
	if !ok {
		return recordWait
	}
	return max(0, min(recordWait, time.Until(end)-sendingTime))
}

// complete records the message that a reply became, and the reply itself when that
// has not been done.
func (e *entry) complete(ctx context.Context, message string) {
	if e.b.ledger == nil || e.failed {
		return
	}
	if e.done == nil {
		e.begin(ctx, e.q.shard.lease())
	}
	if err := e.wait(ctx, recordLimit); err != nil {
		e.note(err)
		return
	}
	if message == "" || e.redo {
		return // Discord did not say which, or it is known
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	e.note(aside(ctx, e.b.guarding("ledger", func(ctx context.Context) error {
		return e.b.ledger.Sent(ctx, e.q.owner(), e.posted.ID, message)
	})))
}

// takeBack forgets the record of a reply that was not sent, nor ever will be.
func (e *entry) takeBack(ctx context.Context) {
	if e.b.ledger == nil || e.done == nil || e.wait(ctx, recordLimit) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	e.note(aside(ctx, e.b.guarding("ledger", func(ctx context.Context) error {
		return e.b.ledger.Forget(ctx, e.q.owner(), e.posted.ID)
	})))
}

// begin calls Post aside, because a disk that is stuck does not mind a context.
func (e *entry) begin(ctx context.Context, under lease.Lease) {
	e.done = make(chan error, 1)
	post := e.b.guarding("ledger", func(ctx context.Context) error {
		if e.redo {
			return e.b.ledger.Redo(ctx, e.q.owner(), e.posted)
		}
		return e.b.ledger.Post(ctx, e.q.owner(), e.posted, under)
	})
	go func() {
		ctx, cancel := context.WithTimeout(ctx, recordLimit)
		defer cancel()
		e.done <- post(ctx)
	}()
}

// wait returns what Post returned, or errSlowLedger when it has not yet.
func (e *entry) wait(ctx context.Context, limit time.Duration) error {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-e.done:
		e.failed = err != nil
		e.done <- err // for the next to wait
		return err
	case <-timer.C:
	case <-ctx.Done():
	}
	return errSlowLedger
}

// note logs and counts a failure of the ledger.
func (e *entry) note(err error) {
	if err == nil {
		return
	}
	e.b.log.Error("an answer could not be recorded", "id", e.posted.ID, "error", err)
	e.b.observe.LedgerFailed(err)
}

// errPanicked stands for what a port panicked with, which may be anybody's words.
var errPanicked = errors.New("it panicked")

// guarding makes a panic of f an error.
func (b *Bot) guarding(name string, f func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := errPanicked
		b.work.guard(name, func() { err = f(ctx) })
		return err
	}
}

// postedOf is what an answer says that is worth recording.
func postedOf(a answer.Answer) library.Posted {
	p := library.Posted{Outcome: outcomeOf(a), Tier: a.Tier.String(), Minor: a.Minor}
	if len(a.Parts) > 0 {
		p.Outcome = propagate.Several
	}
	for _, one := range append([]answer.Answer{a}, a.Parts...) {
		if one.Quote == nil {
			continue
		}
		p.Sure = int(1000 * min(max(one.Confidence, 0), 1))
		p.Quoted, p.Hash = placeOf(*one.Quote), library.HashOf(one.Quote.Text)
		p.Decisive, _ = one.Quote.DecisiveIn()
		p.Others, p.Against = placesOf(one.More), placesOf(one.Contradicts)
		break
	}
	return p
}

func placesOf(quotes []answer.Quote) (places []library.Place) {
	for _, q := range quotes {
		places = append(places, placeOf(q))
	}
	return places
}

func placeOf(q answer.Quote) library.Place {
	return library.Place{Article: q.Article, Revision: q.Span.Revision, Start: q.Span.Start, End: q.Span.End}
}

// defaultRetention is for how many days a record is kept where nobody decided.
const defaultRetention = 365

func retention(s library.Settings) int {
	if s.RetentionDays > 0 {
		return s.RetentionDays
	}
	return defaultRetention
}
