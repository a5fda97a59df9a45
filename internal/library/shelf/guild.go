package shelf

import (
	"container/list"
	"strings"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// guild is what is known of a guild. Guilds of which nothing is known have none,
// and the defaults hold. All fields are guarded by Shelves.mu.
type guild struct {
	id       string
	settings *library.Settings // nil for the defaults
	rules    *safety.Rules     // with the guild's own topics and helplines; nil for those of all
	common   *answer.Answerer  // of the shared index by those rules; nil for that of all

	owns bool  // it has something of its own, as far as is known
	need int64 // the last change of the feed that its index must have in it

	open     *opened       // its own index, if it is open
	place    *list.Element // in Shelves.recent, while open
	used     time.Time     // when it was last asked something
	building *building     // the build that is under way, if any
	wanted   bool          // somebody who could not wait wants it open
}

// mayOwn reports whether id names a guild. Direct messages and the places that
// stand for the program and the host have no articles of their own.
func mayOwn(id string) bool { return id != "" && !strings.HasPrefix(id, "@") }

// known returns the guild's record, a new one when there is none yet. The caller
// holds mu.
func (s *Shelves) known(id string) *guild {
	g := s.guilds[id]
	if g == nil {
		g = &guild{id: strings.Clone(id)}
		s.guilds[g.id] = g
	}
	return g
}

// forget drops the record of a guild of which there is nothing to know. The caller
// holds mu.
func (s *Shelves) forget(g *guild) {
	if g.settings == nil && !g.owns && g.open == nil && g.building == nil {
		delete(s.guilds, g.id)
	}
}

// decide takes over what a guild's settings come to. The caller holds mu.
func (s *Shelves) decide(g *guild, r ruling) {
	g.settings, g.rules, g.common = r.settings, r.rules, nil
	if g.rules != nil {
		g.common = answer.New(g.rules, s.common)
	}
	if g.open != nil {
		g.open.answerer = g.open.by(s.rulesOf(g))
	}
}

// rulesOf returns the rules that hold for a guild, which may be nil. The caller
// holds mu.
func (s *Shelves) rulesOf(g *guild) *safety.Rules {
	if g == nil || g.rules == nil {
		return s.config.Rules
	}
	return g.rules
}
