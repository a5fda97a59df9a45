package shelf

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// Shelves are what the moderators' workbench answers from.
var _ bench.Shelves = (*Shelves)(nil)

// Try returns the guild's library as it would be after a change; whoever has it closes
// it. Nothing else changes by it. What it takes is in no budget, so only few are open at
// once, and one of each guild: Try waits until others are closed, so nobody may have two
// of one guild. Questions never wait for it. The library is read anew, so that it has
// everything that was changed before the call. ErrInvalid for topics that cannot be read;
// the other errors are those of the source, and ctx's.
func (s *Shelves) Try(ctx context.Context, guild string, c bench.Change) (bench.Trial, error) {
	rules := s.rulesFor(guild)
	if c.Topics != nil {
		var err error
		if rules, err = s.rulesWith(guild, *c.Topics); err != nil {
			return nil, fmt.Errorf("%w: %w", article.ErrInvalid, err)
		}
	}
	end, err := s.trials.begin(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("waiting for other trials: %w", err)
	}
	t := &trial{rules: rules, end: end}
	defer func() {
		if t.answerer == nil { // whatever happened
			t.Close()
		}
	}()
	o, err := s.buildChanged(ctx, guild, c)
	if err != nil {
		return nil, err
	}
	t.answerer, t.articles = o.by(rules), o.index.Articles()
	return t, nil
}

// buildChanged reads a guild's shelf and indexes it with a change.
func (s *Shelves) buildChanged(ctx context.Context, guild string, c bench.Change) (*opened, error) {
	shelf, err := s.config.Source.Shelf(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("the guild's shelf: %w", err)
	}
	parsed := s.parsed(guild)
	shelf = changed(shelf, c, parsed)
	collected, err := s.collect(ctx, guild, shelf, parsed)
	if err != nil {
		return nil, err
	}
	return s.assemble(ctx, guild, collected, shelf.Preferences)
}

// parsed returns the own articles of a guild's open index, which need not be parsed
// again.
func (s *Shelves) parsed(guild string) map[edition]*article.Article {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[edition]*article.Article{}
	if g := s.guilds[guild]; g != nil && g.open != nil {
		maps.Copy(all, g.open.own)
	}
	return all
}

// changed returns a shelf after a change, whose article is put among those that are
// parsed. An own article that goes is withdrawn, a shipped one hidden.
func changed(shelf library.Shelf, c bench.Change, parsed map[edition]*article.Article) library.Shelf {
	if c.Key != "" {
		p := library.Publication{Article: c.Key, State: library.Hidden}
		at := slices.IndexFunc(shelf.Publications, func(o library.Publication) bool { return o.Article == c.Key })
		switch {
		case c.Article != nil:
			p = library.Publication{Article: c.Key, State: library.Published, Own: true, Hash: library.HashOf(c.Article.Source)}
			under := *c.Article
			under.Slug = c.Key
			parsed[edition{p.Article, p.Hash}] = &under
		case at >= 0 && shelf.Publications[at].Own:
			p.Own, p.State = true, library.Withdrawn
		}
		others := slices.DeleteFunc(slices.Clone(shelf.Publications), func(o library.Publication) bool { return o.Article == c.Key })
		shelf.Publications = slices.Concat(others, []library.Publication{p})
	}
	if c.Preference != nil {
		shelf.Preferences = append(slices.Clone(shelf.Preferences), *c.Preference)
	}
	return shelf
}

// trial is a library as it would be.
type trial struct {
	rules *safety.Rules

	mu       sync.Mutex
	answerer *answer.Answerer // nil once closed
	articles []*article.Article
	end      func() // lets another trial begin; nil once closed
}

// errEnded is why a closed trial answers no more.
var errEnded = fmt.Errorf("%w: the trial was closed", article.ErrUnavailable)

// Ask implements bench.Trial.
func (t *trial) Ask(ctx context.Context, q answer.Question) (answer.Answer, error) {
	t.mu.Lock()
	a := t.answerer
	t.mu.Unlock()
	if a == nil {
		ans, _ := answer.New(t.rules, closed{}).Ask(ctx, q)
		return ans, errEnded
	}
	return a.Ask(ctx, q)
}

// Articles implements bench.Trial.
func (t *trial) Articles() []*article.Article {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.articles
}

// Close implements bench.Trial.
func (t *trial) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answerer, t.articles = nil, nil
	if t.end != nil {
		t.end()
		t.end = nil
	}
}
