package shelf

import (
	"context"
	"errors"
	"fmt"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/search"
)

// Settings returns what a guild decided, from memory. It must not be changed.
func (s *Shelves) Settings(guild string) library.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.guilds[guild]; g != nil && g.settings != nil {
		return *g.settings
	}
	return s.decided
}

// Screen judges a question by triage alone, as [answer.Answerer.Screen] does, with
// the guild's helplines. It reads nothing.
func (s *Shelves) Screen(guild string, q answer.Question) (answer.Answer, bool) {
	return s.shared(guild).Screen(q)
}

// shared returns the answerer of the shared index by the guild's rules.
func (s *Shelves) shared(guild string) *answer.Answerer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.guilds[guild]; g != nil && g.common != nil {
		return g.common
	}
	return s.common.answerer
}

// Ask answers a question from the guild's library, and opens its index when it has
// one of its own that is not open; a card does not wait for that. The answer is
// always fit to be shown, whatever the error, which is for the log: see
// [answer.Answerer.Ask]. The empty guild and [library.Direct] are answered from the
// shipped articles.
func (s *Shelves) Ask(ctx context.Context, guild string, q answer.Question) (answer.Answer, error) {
	if s.mustOpen(guild) {
		if card, done := s.Screen(guild, q); done {
			return card, nil
		}
	}
	h, err := s.hold(ctx, guild)
	if err != nil {
		return s.unavailable(ctx, guild, q), err
	}
	defer h.release()
	return h.answerer.Ask(ctx, q)
}

// Articles returns what the guild is answered from: the shipped articles in their
// order, then its own by their keys. The result must not be changed. The errors are
// those of the source.
func (s *Shelves) Articles(ctx context.Context, guild string) ([]*article.Article, error) {
	h, err := s.hold(ctx, guild)
	if err != nil {
		return nil, err
	}
	defer h.release()
	return h.library.Articles(), nil
}

// mustOpen reports whether a question must wait until the guild's index is open.
func (s *Shelves) mustOpen(guild string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guild]
	return g != nil && g.owns && g.open == nil
}

// unavailable is the answer when the guild's articles cannot be read. Its context
// has ended so that a question about an article is not answered for want of articles.
func (s *Shelves) unavailable(ctx context.Context, guild string, q answer.Question) answer.Answer {
	s.mu.Lock()
	rules := s.rulesOf(s.guilds[guild])
	s.mu.Unlock()
	ctx, end := context.WithCancel(ctx)
	end()
	ans, _ := answer.New(rules, closed{}).Ask(ctx, q) // the caller has the error that counts
	return ans
}

// errClosed is why a [closed] library finds nothing.
var errClosed = fmt.Errorf("%w: the guild's articles cannot be read", article.ErrUnavailable)

// closed is a library that cannot be searched.
type closed struct{}

// Find fails.
func (closed) Find(ctx context.Context, _ search.Query) (search.Result, error) {
	return search.Result{}, errors.Join(errClosed, ctx.Err())
}

// Support implements answer.Library.
func (closed) Support(string, string) search.Support { return search.Support{} }

// Titles implements answer.Library.
func (closed) Titles() *search.Titles { return &search.Titles{} }

// Articles implements answer.Library.
func (closed) Articles() []*article.Article { return nil }
