package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"

	"verbatim/internal/article"
)

// fatalError is a fault that trying again cannot cure.
type fatalError struct{ err error }

func (e *fatalError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *fatalError) Unwrap() error { return e.err }

func isFatal(err error) bool {
	var fatal *fatalError
	return errors.As(err, &fatal)
}

// errRefusedToken is what a member of staff can do something about.
var errRefusedToken = &fatalError{fmt.Errorf("%w: Discord refuses the token; reset it on the Bot page of the application and set DISCORD_TOKEN to the new one", article.ErrInvalid)}

// settled is how long a connection must have lasted for the next failure to
// count as the first one again.
const settled = time.Minute

// supervise keeps the bot connected until ctx is done or a fault is fatal. Every
// attempt starts a fresh session; between two there is a growing, random pause.
func (b *Bot) supervise(ctx context.Context) error {
	pauses := &backoff.ExponentialBackOff{
		InitialInterval: b.timing.Backoff, MaxInterval: b.timing.MaxBackoff, Multiplier: 2, RandomizationFactor: 0.5,
	}
	for {
		started := time.Now()
		err := b.attempt(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the end that was asked for
		}
		if isFatal(err) {
			return err
		}
		if time.Since(started) > settled {
			pauses.Reset()
		}
		wait := pauses.NextBackOff()
		b.log.Warn("not connected to Discord", "error", err, "retry_in", wait)
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// attempt makes the bot known to Discord, once, and holds one connection.
func (b *Bot) attempt(ctx context.Context) error {
	if b.app.ID == "" {
		app, err := b.rest.application(ctx)
		if err != nil {
			return refusedToken(err)
		}
		b.app = app
	}
	if !b.registered {
		if err := b.register(ctx); errors.Is(err, article.ErrUnavailable) {
			return err
		} else if err != nil {
			b.log.Error("the commands could not be registered; mentions and direct messages still work", "error", err)
		}
		b.registered = true
	}
	return b.connect(ctx)
}

// refusedToken makes the refusal of the token fatal.
func refusedToken(err error) error {
	var refused *apiError
	if errors.As(err, &refused) && refused.Status == http.StatusUnauthorized {
		return errRefusedToken
	}
	return err
}
