package discord

import (
	"context"
	"errors"
	"slices"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

// keep ends a shard's connection once another process holds the shard. A lease that
// was lost because the table is out of reach is taken anew instead, as soon as it
// can be: until then nobody can say who holds the shard, so the connection stays, for
// the cards, and [Bot.deliver] holds back whatever two processes could both say.
func (s *shardSet) keep(ctx context.Context, sh *shard, name string) {
	defer close(sh.kept)
	for {
		select {
		case <-sh.lost():
		case <-ctx.Done():
			return
		}
		s.recount()
		held, err := s.retake(ctx, sh, name)
		if err != nil {
			sh.stop()
			return
		}
		s.b.log.Info("a shard's lease is held again", "shard", sh.id)
		sh.held.Store(held)
		s.recount()
	}
}

// retake takes a lost lease again. It fails when another process has it, and when
// ctx ends.
func (s *shardSet) retake(ctx context.Context, sh *shard, name string) (*lease.Held, error) {
	for told := false; ; {
		held, err := s.b.leases.Take(ctx, name)
		switch {
		case err == nil:
			return held, nil
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case errors.Is(err, article.ErrConflict) && s.elsewhere(ctx, name):
			return nil, err
		case !told:
			told = true
			s.b.log.Warn("the database is out of reach: only cards are shown until it is back", "shard", sh.id, "error", err)
		}
		if !pause(ctx, s.b.timing.Claim) {
			return nil, context.Cause(ctx)
		}
	}
}

// lookTime is how long a look at who holds a shard may take.
const lookTime = 5 * time.Second

// elsewhere reports whether another process is known to hold a lease. This one's own
// may live on for a moment after it was given up for lost.
func (s *shardSet) elsewhere(ctx context.Context, name string) bool {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	live, err := s.b.leases.Live(ctx, name)
	return err == nil && slices.ContainsFunc(live, func(l lease.Lease) bool {
		return l.Name == name && l.Holder != s.b.leases.Holder()
	})
}
