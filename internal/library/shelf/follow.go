package shelf

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// How the feed is followed.
const (
	feedPage   = 500              // changes read at once
	longestOff = 30 * time.Second // between attempts to reach a source that fails
	rebuilders = 2                // goroutines that build what is out of date
)

// Follow follows the feed until ctx ends, and returns nil then: it takes over
// settings, has open indexes built anew when something of their guild has changed,
// and closes idle ones. A value on wake makes it look at once; wake may be nil or
// closed, and then it only polls. Errors of the source are logged, and tried again
// after a while that doubles up to 30 seconds. Only one Follow may run at a time; a
// second one is ErrConflict.
func (s *Shelves) Follow(ctx context.Context, wake <-chan struct{}) error {
	if !s.claim() {
		return fmt.Errorf("%w: the feed is being followed already", article.ErrConflict)
	}
	var workers sync.WaitGroup
	defer func() {
		workers.Wait()
		s.mu.Lock()
		s.following = false
		s.mu.Unlock()
	}()
	for range rebuilders {
		workers.Go(func() { s.renewAll(ctx) })
	}
	for off := s.config.Poll; ctx.Err() == nil; {
		pause := s.config.Poll
		if err := s.catchUp(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the change feed cannot be followed", slog.Any("error", err), slog.Duration("again", off))
			s.watch.failed(err)
			pause, off = off, min(2*off, max(longestOff, s.config.Poll))
		} else {
			off = s.config.Poll
		}
		s.closeIdle()
		s.stale.nextRound()
		wake = sleep(ctx, pause, wake)
	}
	return nil
}

func (s *Shelves) claim() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	claimed := !s.following
	s.following = true
	return claimed
}

// sleep waits until the time is over, somebody wakes it, or ctx ends. It returns
// wake, or nil once that is closed.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) <-chan struct{} {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case _, more := <-wake:
		if !more {
			return nil
		}
	}
	return wake
}

// catchUp takes over everything that has changed. The sequence may have grown past
// the last change, and be behind the cursor after a backup was restored. One does so
// at a time.
func (s *Shelves) catchUp(ctx context.Context) error {
	if err := s.feed.take(ctx); err != nil {
		return err
	}
	defer s.feed.put()
	for {
		s.mu.Lock()
		cursor := s.cursor
		s.mu.Unlock()
		head, err := s.config.Source.Head(ctx)
		if err != nil {
			return fmt.Errorf("head of the change feed: %w", err)
		}
		switch {
		case head < cursor:
			return s.readAnew(ctx)
		case head == cursor:
			return nil
		}
		changes, err := s.config.Source.Changes(ctx, cursor, feedPage)
		if errors.Is(err, article.ErrNotFound) {
			return s.readAnew(ctx)
		}
		if err != nil {
			return fmt.Errorf("changes after %d: %w", cursor, err)
		}
		if err := s.apply(ctx, changes); err != nil {
			return err
		}
		if len(changes) > 0 {
			cursor = changes[len(changes)-1].Seq
		}
		if len(changes) < feedPage {
			cursor = max(cursor, head)
		}
		s.advance(cursor)
	}
}

// advance notes that everything up to cursor was seen.
func (s *Shelves) advance(cursor int64) {
	s.mu.Lock()
	s.cursor = cursor
	s.happened()
	s.mu.Unlock()
	s.watch.followed(cursor)
}

// apply notes what has changed, then reads the settings that have.
func (s *Shelves) apply(ctx context.Context, changes []library.Change) error {
	decided := map[string]bool{}
	s.mu.Lock()
	for _, c := range changes {
		if concernsShelf(c) && mayOwn(c.Guild) {
			s.outdate(s.known(c.Guild), c.Seq)
		}
		if c.Kind == library.ChangedRecord || c.Kind == library.ChangedGuild {
			s.banks.drop(c.Guild)
		}
		if c.Kind == library.ChangedSetting || c.Kind == library.ChangedGuild {
			decided[c.Guild] = true
		}
	}
	s.mu.Unlock()
	if err := s.decideAll(ctx, decided); err != nil {
		return err
	}
	s.watch.changed(changes)
	return nil
}

// manyGuilds is from how many guilds on all settings are read in one go, not each
// guild's by itself.
const manyGuilds = 20

// decideAll reads the settings of some guilds and takes them over.
func (s *Shelves) decideAll(ctx context.Context, guilds map[string]bool) error {
	texts, err := s.texts(ctx, guilds)
	if err != nil {
		return err
	}
	rulings := make(map[string]ruling, len(guilds))
	for id := range guilds {
		rulings[id] = s.rule(id, texts[id])
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, r := range rulings {
		g := s.known(id)
		s.decide(g, r)
		s.forget(g)
	}
	return nil
}

// texts returns the settings of at least these guilds; those without any are left out.
func (s *Shelves) texts(ctx context.Context, guilds map[string]bool) (map[string]map[string]string, error) {
	if len(guilds) >= manyGuilds {
		all, err := s.config.Source.AllSettings(ctx)
		if err != nil {
			return nil, fmt.Errorf("settings of all guilds: %w", err)
		}
		return all, nil
	}
	all := make(map[string]map[string]string, len(guilds))
	for id := range guilds {
		texts, err := s.config.Source.Settings(ctx, id)
		if err != nil && !errors.Is(err, article.ErrNotFound) {
			return nil, fmt.Errorf("settings of guild %s: %w", id, err)
		}
		all[id] = texts
	}
	return all, nil
}

// concernsShelf reports whether a change may be one of what a guild is answered
// from. A guild has the same articles before and after the bot joined or left it.
func concernsShelf(c library.Change) bool {
	switch c.Kind {
	case library.ChangedArticle, library.ChangedSynonym, library.ChangedPreference:
		return true
	case library.ChangedGuild:
		return c.Subject != "joined" && c.Subject != "left"
	default:
		return false
	}
}

// outdate notes that something of a guild has changed. What it has now is read when
// its index is built: at once if it is open, else at its next question. The caller
// holds mu.
func (s *Shelves) outdate(g *guild, seq int64) {
	g.owns, g.need = true, max(g.need, seq)
	if g.open != nil {
		s.stale.add(g.id)
	}
}
