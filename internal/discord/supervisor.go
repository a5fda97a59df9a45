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
	"verbatim/internal/discord/api"
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

// pauses returns growing, random pauses: of a third of longest up to all of it in the
// end.
func (b *Bot) pauses(longest time.Duration) *backoff.ExponentialBackOff {
	pauses := &backoff.ExponentialBackOff{InitialInterval: b.timing.Backoff, MaxInterval: longest * 2 / 3, Multiplier: 2, RandomizationFactor: 0.5}
	pauses.Reset()
	return pauses
}

// persist tries to reach Discord, see [Bot.until].
func (b *Bot) persist(ctx context.Context, log *slog.Logger, try func(context.Context) error) error {
	return b.until(ctx, log, "not connected to Discord", try)
}

// until tries until it succeeds, ctx is done or a fault is fatal, which alone is
// an error. Between two attempts there is a growing, random pause; failed is logged.
func (b *Bot) until(ctx context.Context, log *slog.Logger, failed string, try func(context.Context) error) error {
	pauses := b.pauses(b.timing.MaxBackoff)
	for {
		err := try(ctx)
		if err == nil || ctx.Err() != nil {
			return nil //nolint:nilerr // the end that was asked for
		}
		if isFatal(err) {
			return err
		}
		wait := pauses.NextBackOff()
		log.Warn(failed, "error", err, "retry_in", wait)
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// offer registers the commands. Whoever holds the first shard does it, so that
// processes do not do it all at once. A first try comes before the connection. When
// Discord is not there for it, or takes no more commands that day, that keeps nobody
// from being answered: the connection is made, and further tries beside it.
func (s *shardSet) offer(ctx context.Context, sh *shard, log *slog.Logger) {
	if sh.id != 0 {
		return
	}
	err := s.b.registerOnce(ctx)
	if err == nil || ctx.Err() != nil {
		return
	}
	const failed = "the commands are not registered yet"
	log.Warn(failed, "error", err)
	s.wg.Go(func() { _ = s.b.until(ctx, log, failed, s.b.registerOnce) }) // none of its errors is fatal
}

// registerOnce registers the commands once a process. Its error is one that trying
// again can cure.
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
	if refused, ok := errors.AsType[*api.Error](err); ok && refused.Status == http.StatusUnauthorized {
		return errRefusedToken
	}
	return err
}
