package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

// persist tries until it succeeds, ctx is done or a fault is fatal, which alone is
// an error. Between two attempts there is a growing, random pause.
func (b *Bot) persist(ctx context.Context, log *slog.Logger, try func(context.Context) error) error {
	pauses := &backoff.ExponentialBackOff{
		InitialInterval: b.timing.Backoff, MaxInterval: b.timing.MaxBackoff, Multiplier: 2, RandomizationFactor: 0.5,
	}
	for {
		started := time.Now()
		err := try(ctx)
		if err == nil || ctx.Err() != nil {
			return nil //nolint:nilerr // the end that was asked for
		}
		if isFatal(err) {
			return err
		}
		if time.Since(started) > settled {
			pauses.Reset()
		}
		wait := pauses.NextBackOff()
		log.Warn("not connected to Discord", "error", err, "retry_in", wait)
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// attempt holds one connection of a shard. Every attempt starts a fresh session.
func (b *Bot) attempt(ctx context.Context, sh *shard) error {
	if sh.id == 0 {
		if err := b.registerOnce(ctx); err != nil {
			return err
		}
	}
	return b.connect(ctx, sh)
}

// registerOnce registers the commands once a process. Whoever holds the first shard
// does it, so that processes do not do it all at once.
func (b *Bot) registerOnce(ctx context.Context) error {
	if b.registered.Load() {
		return nil
	}
	err := b.register(ctx)
	if errors.Is(err, article.ErrUnavailable) || ctx.Err() != nil {
		return err
	}
	if err != nil {
		b.log.Error("the commands could not be registered; mentions and direct messages still work", "error", err)
	}
	b.registered.Store(true)
	return nil
}

// refusedToken makes the refusal of the token fatal.
func refusedToken(err error) error {
	var refused *apiError
	if errors.As(err, &refused) && refused.Status == http.StatusUnauthorized {
		return errRefusedToken
	}
	return err
}
