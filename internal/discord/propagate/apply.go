package propagate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// limit is how long a message is worked on after somebody wants the job to end: what
// was begun is brought to its end, so that nothing is done twice.
const limit = 10 * time.Second

// one brings one answer in line, and reports whether its record is still there.
func (r *run) one(ctx context.Context, p library.Posted) (kept bool, err error) {
	j, err := r.judge(ctx, p)
	if err != nil {
		return true, err
	}
	switch r.plan(ctx, j).act {
	case leave:
		return true, nil
	case note:
	case annotate, rewrite, remove:
		if err := r.pace.Wait(ctx); err != nil {
			return true, fmt.Errorf("waiting for a turn: %w", err)
		}
	}
	// Much may have happened since the record was read.
	p, err = r.Ledger.PostedByID(ctx, r.guild, p.ID)
	if err != nil {
		return !errors.Is(err, article.ErrNotFound), ignoring(err, article.ErrNotFound)
	}
	if j, err = r.judge(ctx, p); err != nil {
		return true, err
	}
	return r.apply(ctx, j, r.plan(ctx, j))
}

func ignoring(err, class error) error {
	if errors.Is(err, class) {
		return nil
	}
	return err
}

// apply does with an answer what was decided.
func (r *run) apply(ctx context.Context, j judged, p plan) (kept bool, err error) {
	switch p.act {
	case leave:
		return true, nil
	case note:
		return r.noted(ctx, j, p)
	case remove, annotate, rewrite:
	}
	err = r.patiently(ctx, func(ctx context.Context) error { return r.send(ctx, j, p) })
	switch code := api.CodeOf(err); {
	case code == api.CodeUnknownMessage || code == api.CodeUnknownChannel:
		return false, r.forget(ctx, j.posted)
	case errors.Is(err, article.ErrUnavailable):
		return true, fmt.Errorf("changing a posted answer: %w", err)
	case err != nil:
		r.Log.Warn("a posted answer is out of reach", "guild", r.guild, "answer", j.posted.ID, "error", err)
		r.at.Unreachable++
		return true, nil
	case p.act == remove:
		r.at.Removed++
		return false, r.forget(ctx, j.posted)
	}
	r.at.Changed++
	return r.noted(ctx, j, p)
}

// send changes a message. It is not broken off when the job is to end, as nobody would
// know then whether the message was changed.
func (r *run) send(ctx context.Context, j judged, p plan) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
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

// longest is how long a rate limit is waited for; a longer one puts the job back.
const longest = time.Minute

// patiently waits for rate limits that the client does not wait for itself.
func (r *run) patiently(ctx context.Context, do func(context.Context) error) error {
	for {
		err := do(ctx)
		limited, ok := errors.AsType[*api.Error](err)
		if !ok || limited.Status != http.StatusTooManyRequests || limited.RetryAfter > longest {
			return err
		}
		timer := time.NewTimer(max(limited.RetryAfter, time.Millisecond))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}

// noted records what a message says now.
func (r *run) noted(ctx context.Context, j judged, p plan) (kept bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	if p.pin && p.act == rewrite {
		err = r.Ledger.Redo(ctx, r.guild, j.pinned(p))
	}
	if err == nil {
		err = r.Ledger.Shown(ctx, r.guild, j.posted.ID, p.shown)
	}
	if errors.Is(err, article.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("recording that an answer was changed: %w", err)
	}
	return true, nil
}

func (r *run) forget(ctx context.Context, p library.Posted) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	if err := r.Ledger.Forget(ctx, r.guild, p.ID); err != nil {
		return fmt.Errorf("forgetting an answer that is gone: %w", err)
	}
	return nil
}

// pinned is the record of an answer that quotes something else now. How sure it was
// said something about the words before.
func (j judged) pinned(p plan) library.Posted {
	to := j.posted
	to.Quoted, to.Hash, to.Decisive, to.Sure = placeOf(*p.quote), library.HashOf(p.quote.Text), article.Range{}, 0
	to.Shown, to.Against = p.shown, nil
	for _, q := range j.stillAgainst(p) {
		to.Against = append(to.Against, placeOf(q))
	}
	return to
}

// stillAgainst is what is shown below a quote that took the place of another one: not
// what was changed itself, nor what was said against a wrong answer.
func (j judged) stillAgainst(p plan) (quotes []answer.Quote) {
	for _, f := range j.against {
		if !p.pin || p.fate == render.Renewed && f.standing == library.Current {
			quotes = append(quotes, f.quote)
		}
	}
	return quotes
}

// message renders an answer again.
func (r *run) message(ctx context.Context, j judged, p plan) (api.Message, error) {
	posted := j.posted
	a := answer.Answer{Outcome: answer.Answered, Quote: p.quote, Contradicts: j.stillAgainst(p)}
	if posted.Tier == safety.TierSafety.String() {
		card := r.Reader.Disclaimer(r.guild)
		a.Tier, a.Disclaimer = safety.TierSafety, &card
	}
	if !p.pin {
		a.Confidence = float64(posted.Sure) / 1000
		if p.quote != nil {
			a.Quote.Decisive = posted.Decisive
		}
		more, err := r.more(ctx, posted)
		if err != nil {
			return api.Message{}, err
		}
		a.More = more
	} else {
		posted = j.pinned(p)
	}
	look := render.Look{
		Today: article.DateOf(r.Now().UTC()), StaleDays: r.settings.StaleDays, ShowReview: r.settings.ShowReview,
		Shared: strings.HasPrefix(posted.Question, sharing),
	}
	m := api.Of(r.renderer.Again(a, p.fate, j.beside() && !p.pin, look))
	m.Rows = r.Buttons(r.guild, posted, p.quote != nil)
	return m, nil
}

// sharing begins the question of a record whose answer was private and is shared.
const sharing = "share/"

// more returns the further passages that an answer names, as far as they are kept.
func (r *run) more(ctx context.Context, p library.Posted) (quotes []answer.Quote, err error) {
	for _, place := range p.Others {
		then, err := r.Reader.Recall(ctx, r.guild, place)
		switch {
		case err == nil && then.Standing != library.Departed:
			quotes = append(quotes, then.Quote)
		case err != nil && !errors.Is(err, article.ErrNotFound):
			return nil, fmt.Errorf("reading further passages: %w", err)
		}
	}
	return quotes, nil
}
