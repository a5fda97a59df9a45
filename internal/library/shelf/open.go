package shelf

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"log/slog"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// opened is a guild's own library, ready to answer.
type opened struct {
	guild    *guild
	index    *search.Index
	library  answer.Library // the index; common when that is the shared one
	decided  *preferences   // nil for none
	own      map[edition]*article.Article
	synonyms search.Synonyms // its own
	prompts  *prompts
	seq      int64 // of the feed: everything up to it is in here

	// guarded by Shelves.mu
	bytes    int64
	stays    bool             // it takes no more than all may take together
	answerer *answer.Answerer // by the guild's rules of the moment
	uses     int              // answers in flight
	dropped  bool             // closed or replaced: it is gone after its last use
}

// building is a build that is under way. Whoever needs its result waits for done.
// The fields are guarded by Shelves.mu; opened and err stay as they are once done
// is closed.
type building struct {
	done    chan struct{}
	earlier map[edition]*article.Article // what was parsed for the index before
	need    int64                        // what the guild needed when it began
	seq     int64                        // of the shelf, -1 until that was read
	wanted  bool                         // keep the result though nobody waits for it
	waiting int                          // who will use the result

	opened *opened // nil with an error, and when the shared index will do
	err    error
	gaveUp bool // the context of whoever built it has ended
}

// errStopped is the error of a build that did not come to its end.
var errStopped = errors.New("the build was stopped")

// begin notes that a guild's index is being built. The caller holds mu.
func begin(g *guild) *building {
	b := &building{done: make(chan struct{}), need: g.need, seq: -1, wanted: g.wanted}
	if g.open != nil {
		b.earlier = g.open.own
	}
	g.building, g.wanted = b, false
	return b
}

// run builds a guild's index. The build ends whatever happens.
func (s *Shelves) run(ctx context.Context, g *guild, b *building) {
	start := s.config.Now()
	var o *opened
	err := errStopped
	defer func() {
		b.gaveUp = err != nil && ctx.Err() != nil
		s.finish(g, b, o, err)
		s.watch.built(g.id, s.config.Now().Sub(start), b)
	}()
	o, err = s.build(ctx, g, b)
}

// build reads a guild's shelf and indexes it. It returns nothing when the guild has
// nothing that differs from what came with the program.
func (s *Shelves) build(ctx context.Context, g *guild, b *building) (*opened, error) {
	// Also before the shelf is read: it holds the texts of all articles.
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	shelf, err := s.config.Source.Shelf(ctx, g.id)
	if err != nil {
		return nil, fmt.Errorf("the guild's shelf: %w", err)
	}
	s.mu.Lock()
	b.seq = shelf.Seq
	s.happened()
	s.mu.Unlock()
	c, err := s.collect(ctx, g.id, shelf, b.earlier)
	if err != nil || c.shared && len(shelf.Preferences) == 0 {
		return nil, err
	}
	o, err := s.assemble(ctx, g.id, c, shelf.Preferences)
	if err != nil {
		return nil, err
	}
	o.guild, o.seq, o.stays = g, shelf.Seq, o.bytes <= s.config.Memory
	if o.index != s.common.Index {
		o.prompts = s.ownPrompts(o)
	}
	return o, nil
}

// assemble indexes a library and makes its preferences ready. One that only differs
// by these has the shared index.
func (s *Shelves) assemble(ctx context.Context, id string, c collection, decided []library.Preference) (*opened, error) {
	o := &opened{index: s.common.Index, library: s.common, prompts: s.common.prompts, own: c.own, synonyms: c.synonyms}
	var err error
	if !c.shared {
		if o.index, err = search.Build(ctx, c.articles, s.config.Synonyms.With(c.synonyms)); err != nil {
			return nil, fmt.Errorf("the guild's index: %w", err)
		}
		o.library, o.bytes = o.index, weigh(o.index, c)
	}
	if o.decided, err = s.prepareDecided(ctx, id, decided, o.index); err != nil {
		return nil, fmt.Errorf("the guild's preferences: %w", err)
	}
	o.bytes += o.decided.bytes()
	return o, nil
}

// by returns what answers from a library by some rules.
func (o *opened) by(rules *safety.Rules) *answer.Answerer {
	a := answer.New(rules, o.library)
	if o.decided != nil {
		a = a.Preferring(o.decided)
	}
	return a
}

// finish puts what was built in place and lets those go on who wait for it. What is
// out of date by now is built again, and so is what an asker had no time to wait for.
func (s *Shelves) finish(g *guild, b *building, o *opened, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.building = nil
	b.opened, b.err = o, err
	current := b.seq >= g.need
	switch {
	case err != nil:
		if g.wanted = g.open == nil && b.gaveUp; g.wanted {
			s.stale.add(g.id)
		}
	case o == nil && current:
		g.owns = false
		s.shut(g)
	case o != nil && (b.waiting > 0 || b.wanted || g.open != nil):
		s.install(g, o, b.waiting)
	}
	if err == nil && !current {
		s.stale.add(g.id)
	}
	close(b.done)
	s.happened()
	s.forget(g)
}

// install puts an index in the place of the one before, if any, which answers in
// flight may still hold on to. The caller holds mu.
func (s *Shelves) install(g *guild, o *opened, uses int) {
	if !o.stays {
		s.log.Warn("a guild's index alone takes more than all may; it is built for each question", slog.String("guild", g.id), slog.Int64("bytes", o.bytes))
	}
	place := g.place
	if place == nil {
		place, g.used = s.recent.PushFront(g), s.config.Now()
	}
	s.drop(g)
	o.answerer, o.uses = o.by(s.rulesOf(g)), uses
	g.open, g.place = o, place
	s.count(o, 1)
	s.shrink(g)
}

// guildOf returns what an element of Shelves.recent holds.
func guildOf(e *list.Element) *guild {
	g, _ := e.Value.(*guild)
	return g
}
