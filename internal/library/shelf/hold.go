package shelf

import (
	"context"
	"fmt"

	"verbatim/internal/answer"
	"verbatim/internal/search"
)

// held is a library that a question holds on to until release.
type held struct {
	answerer *answer.Answerer
	library  answer.Library
	index    *search.Index
	decided  *preferences // nil for none
	prompts  *prompts
	release  func()
}

// hold returns the library that a guild is answered from. Whoever finds no index
// open builds it, and those who come meanwhile wait for that; when the builder's own
// context ends, one of them takes over. No lock is held meanwhile.
func (s *Shelves) hold(ctx context.Context, id string) (held, error) {
	for {
		h, g, b, mine := s.look(id)
		if b == nil {
			return h, nil
		}
		if mine {
			s.run(ctx, g, b)
		}
		h, err := s.await(ctx, g, b)
		if err != nil || h.answerer != nil {
			return h, err
		}
	}
}

// look returns a library that is open, or the build to wait for; mine says that the
// caller must do it.
func (s *Shelves) look(id string) (h held, g *guild, b *building, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g = s.guilds[id]
	switch {
	case g == nil || !g.owns:
		return s.holdShared(g), g, nil, false
	case g.open != nil:
		g.open.uses++
		return s.holdOwn(g.open), g, nil, false
	}
	b, mine = g.building, g.building == nil
	if mine {
		b = begin(g)
	}
	b.waiting++
	return held{}, g, b, mine
}

// await waits for a build and returns what came of it, or nothing when the builder
// gave up and somebody else must build.
func (s *Shelves) await(ctx context.Context, g *guild, b *building) (held, error) {
	select {
	case <-b.done:
	case <-ctx.Done():
		s.leave(b)
		return held{}, fmt.Errorf("opening the guild's index: %w", ctx.Err())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case b.opened != nil:
		return s.holdOwn(b.opened), nil
	case b.err == nil:
		return s.holdShared(g), nil
	case b.gaveUp && ctx.Err() == nil:
		return held{}, nil
	}
	return held{}, b.err
}

// leave gives up the place among those who wait for a build.
func (s *Shelves) leave(b *building) {
	s.mu.Lock()
	if b.opened != nil {
		s.giveBack(b.opened)
	} else {
		b.waiting--
	}
	s.mu.Unlock()
	s.watch.report()
}

// holdShared returns the shared library, by the rules of g if there is one. The
// caller holds mu.
func (s *Shelves) holdShared(g *guild) held {
	a := s.common.answerer
	if g != nil && g.common != nil {
		a = g.common
	}
	return held{a, s.common, s.common.Index, nil, s.common.prompts, func() {}}
}

// holdOwn returns an opened library of which a use has been counted. The caller holds mu.
func (s *Shelves) holdOwn(o *opened) held {
	s.touch(o.guild)
	return held{o.answerer, o.library, o.index, o.decided, o.prompts, func() {
		s.mu.Lock()
		s.giveBack(o)
		s.mu.Unlock()
		s.watch.report()
	}}
}

// touch notes that a guild was asked something. The caller holds mu.
func (s *Shelves) touch(g *guild) {
	if g.open != nil {
		g.used = s.config.Now()
		s.recent.MoveToFront(g.place)
	}
}
