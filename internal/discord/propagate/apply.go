package propagate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// limit is how long a request is worked on after somebody wants the job to end: what
// was begun is brought to its end, so that nothing is done twice.
const limit = 10 * time.Second

// haste is how long the first request for a message may take, with what the client waits
// for rate limits. A longer wait is done here instead, as what was to be sent may be
// wrong after it.
const haste = 2 * time.Second

// How often one message is tried in a turn.
const (
	tries   = 3  // when Discord fails at it
	replans = 10 // when its record changes each time, or there is a rate limit
)

// longest is how long a rate limit is waited for; a longer one puts the job back.
const longest = time.Minute

// verdict says what came of one answer.
type verdict uint8

const (
	again   verdict = iota // it is to be looked at anew
	kept                   // its record is still there
	gone                   // its record is not
	failing                // Discord fails at it
)

// attempt is the work on one answer.
type attempt struct {
	failures int           // of Discord's, in a row
	unsure   bool          // the message may say anything, as its record changed while it was edited
	wait     time.Duration // before it is looked at anew
	patient  bool          // Discord takes longer than haste
}

// one brings one answer in line. Before each request the record, and what the guild
// decided, are read and judged anew, as much may have happened while the request had to wait; and when the record
// changed while the message was edited, it is looked at once more.
func (r *run) one(ctx context.Context, p library.Posted) (verdict, error) {
	j, err := r.judge(ctx, p)
	if err != nil {
		return kept, err
	}
	intended := r.plan(ctx, j)
	if intended.act == leave {
		return kept, nil
	}
	var a attempt
	for range replans {
		if err := r.turn(ctx, p.Channel, intended.act, a.wait); err != nil {
			return kept, err
		}
		a.wait = 0
		if p, err = r.Ledger.PostedByID(ctx, r.guild, p.ID); err != nil {
			return gone, ignoring(err, article.ErrNotFound)
		}
		if err := r.prepare(ctx); err != nil {
			return kept, err
		}
		if j, err = r.judge(ctx, p); err != nil {
			return kept, err
		}
		intended = r.plan(ctx, j)
		if a.unsure {
			intended = intended.anyway(j)
		}
		if v, err := r.apply(ctx, j, intended, &a); v != again || err != nil {
			return v, err
		}
	}
	return kept, fmt.Errorf("%w: the answer %q was not brought in line in %d tries", article.ErrUnavailable, p.ID, replans)
}

// turn waits until an answer may be worked on.
func (r *run) turn(ctx context.Context, channel string, act action, wait time.Duration) error {
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	if act == leave || act == note {
		return nil
	}
	if err := r.pace.wait(ctx, channel); err != nil {
		return fmt.Errorf("waiting for a turn: %w", err)
	}
	return nil
}

func ignoring(err, class error) error {
	if errors.Is(err, class) {
		return nil
	}
	return err
}

// apply does with an answer what was decided.
func (r *run) apply(ctx context.Context, j judged, p plan, a *attempt) (verdict, error) {
	switch p.act {
	case leave:
		return kept, nil
	case note:
		return r.noted(ctx, j, p, a)
	case remove, annotate, rewrite:
	}
	err := r.send(ctx, j, p, a)
	if err != nil {
		return r.refused(ctx, j, err, a)
	}
	if p.act == remove {
		r.at.Removed++
		return gone, r.forget(ctx, j.posted)
	}
	v, err := r.noted(ctx, j, p, a)
	if v != kept || err != nil {
		return v, err
	}
	r.at.Changed++
	if a.unsure && !j.whole() {
		// What the question became may stand below an edit that came too late, and nobody
		// but the member's next edit can render it again.
		r.Say(ctx, r.guild, "A posted answer was changed at the moment when its question was edited, and may not show what it should. Look at it: https://discord.com/channels/"+
			r.guild+"/"+j.posted.Channel+"/"+j.posted.Message)
	}
	return v, nil
}

// refused decides what becomes of an answer whose message was not changed.
func (r *run) refused(ctx context.Context, j judged, err error, a *attempt) (verdict, error) {
	answered, _ := errors.AsType[*api.Error](err)
	switch code := api.CodeOf(err); {
	case code == api.CodeUnknownMessage || code == api.CodeUnknownChannel:
		return gone, r.forget(ctx, j.posted)
	case answered != nil && answered.Status == http.StatusTooManyRequests && answered.RetryAfter <= longest:
		a.wait = max(answered.RetryAfter, time.Millisecond)
		return again, nil
	case answered != nil && answered.Status == http.StatusInternalServerError:
		if a.failures++; a.failures < tries {
			return again, nil
		}
		r.unreachable(j, err)
		return failing, nil
	case errors.Is(err, context.DeadlineExceeded) && !a.patient:
		a.patient = true
		return again, nil
	case errors.Is(err, article.ErrUnavailable):
		return kept, fmt.Errorf("changing a posted answer: %w", err)
	}
	r.unreachable(j, err)
	return kept, nil
}

func (r *run) unreachable(j judged, err error) {
	r.Log.Warn("a posted answer is out of reach", "guild", r.guild, "answer", j.posted.ID, "error", err)
	r.at.Unreachable++
}

// send changes a message. It is not broken off when the job is to end, as nobody would
// know then whether the message was changed.
func (r *run) send(ctx context.Context, j judged, p plan, a *attempt) error {
	within := haste
	if a.patient {
		within = limit
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	switch channel, message := j.posted.Channel, j.posted.Message; p.act {
	case remove:
		return r.Messages.Delete(ctx, channel, message)
	case annotate:
		fate := p.fate
		if fate == render.Stands && j.beside() {
			fate = render.Changed
		}
		return r.Messages.Annotate(ctx, channel, message, r.renderer.Mark(fate))
	default:
		m, err := r.message(ctx, j, p)
		if err != nil {
			return err
		}
		return r.Messages.Edit(ctx, channel, message, m)
	}
}

// noted records what a message says now, unless its record changed since it was read:
// then the message may say anything.
func (r *run) noted(ctx context.Context, j judged, p plan, a *attempt) (verdict, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	now := j.posted
	if p.pin && p.act == rewrite {
		now = j.pinned(p)
	}
	now.Shown = p.shown
	err := r.Ledger.Repin(ctx, r.guild, j.posted, now)
	switch {
	case errors.Is(err, article.ErrNotFound):
		return gone, nil
	case errors.Is(err, article.ErrConflict):
		if p.act != note {
			r.Log.Warn("a posted answer was recorded anew while its message was edited; it is looked at again", "guild", r.guild, "answer", j.posted.ID)
			a.unsure = true
		}
		return again, nil
	case err != nil:
		return kept, fmt.Errorf("recording that an answer was changed: %w", err)
	}
	return kept, nil
}

func (r *run) forget(ctx context.Context, p library.Posted) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	if err := r.Ledger.Forget(ctx, r.guild, p.ID); err != nil {
		return fmt.Errorf("forgetting an answer that is gone: %w", err)
	}
	return nil
}
