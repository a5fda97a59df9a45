package shelf

import (
	"context"
	"fmt"
)

// Wait returns once every question that is asked from then on is answered with
// everything of the guild up to a sequence number of the feed: what was withdrawn
// before is not quoted any more. The error is that of ctx, when it ends first, as it
// does when nobody follows the feed.
func (s *Shelves) Wait(ctx context.Context, guild string, seq int64) error {
	for {
		s.mu.Lock()
		done, turn := s.reflects(guild, seq), s.turn
		s.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-turn:
		case <-ctx.Done():
			return fmt.Errorf("waiting for change %d: %w", seq, ctx.Err())
		}
	}
}

// Settled returns once every question that is asked from then on is answered with
// everything of the guild that was changed before the call. It works whether anybody
// follows the feed or not: what is out of date is built by the caller then. The errors
// are those of the source, and ctx's.
func (s *Shelves) Settled(ctx context.Context, guild string) error {
	if err := s.catchUp(ctx); err != nil {
		return fmt.Errorf("taking over what has changed: %w", err)
	}
	s.mu.Lock()
	seq := s.cursor
	s.mu.Unlock()
	for {
		s.mu.Lock()
		done, turn, idle := s.reflects(guild, min(seq, s.cursor)), s.turn, s.guilds[guild] == nil || s.guilds[guild].building == nil
		s.mu.Unlock()
		switch {
		case done:
			return nil
		case idle:
			if err := s.renew(ctx, guild); err != nil {
				return fmt.Errorf("bringing the guild's index up to date: %w", err)
			}
			continue
		}
		select {
		case <-turn:
		case <-ctx.Done():
			return fmt.Errorf("waiting for the guild's index: %w", ctx.Err())
		}
	}
}

// reflects reports whether a guild's next answer has everything up to seq in it. A
// build that is under way only matters when nothing is open: builds of one guild
// follow each other, so that a later one read no less. The caller holds mu.
func (s *Shelves) reflects(id string, seq int64) bool {
	if s.cursor < seq {
		return false
	}
	g := s.guilds[id]
	switch {
	case g == nil:
		return true
	case g.open != nil:
		return g.open.seq >= min(seq, g.need)
	case g.building != nil:
		return g.building.seq >= min(seq, g.need)
	}
	return true
}
