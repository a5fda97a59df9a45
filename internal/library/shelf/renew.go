package shelf

import (
	"context"
	"fmt"
	"log/slog"

	"verbatim/internal/article"
)

// renewAll builds what is out of date until ctx ends. What fails is tried again
// some rounds of the follower later.
func (s *Shelves) renewAll(ctx context.Context) {
	for {
		id, ok := s.stale.take(ctx)
		if !ok {
			return
		}
		err := s.renew(ctx, id)
		if err != nil && ctx.Err() == nil {
			s.log.Error("a guild's index is out of date and cannot be built anew", slog.String("guild", id), slog.Any("error", err))
			s.stale.failed(id)
			continue
		}
		s.stale.succeeded(id)
	}
}

// renew builds a guild's index if it is open and out of date, or was wanted by
// somebody who could not wait. When another build is under way it does nothing: that
// one adds the guild again if it comes out too old.
func (s *Shelves) renew(ctx context.Context, id string) error {
	s.mu.Lock()
	g := s.guilds[id]
	outdated := g != nil && (g.wanted || g.open != nil && g.open.seq < g.need)
	if !outdated || g.building != nil {
		s.mu.Unlock()
		return nil
	}
	b := begin(g)
	s.mu.Unlock()
	s.run(ctx, g, b)
	if b.err == nil && b.seq < b.need {
		return fmt.Errorf("%w: the shelf was read as of %d, and the feed is at %d already", article.ErrUnavailable, b.seq, b.need)
	}
	return b.err
}
