package propagate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

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
