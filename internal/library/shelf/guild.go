package shelf

import (
	"container/list"
	"log/slog"
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
	rules    *safety.Rules     // with the guild's helplines; nil for those of all
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

// decide takes over a guild's settings. What cannot be read has its default and is
// logged. The caller holds mu.
func (s *Shelves) decide(g *guild, texts map[string]string) {
	g.settings, g.rules, g.common = nil, nil, nil
	if len(texts) > 0 {
		settings, err := library.ParseSettings(texts)
		if err != nil {
			s.log.Warn("settings cannot be read; their defaults hold", slog.String("guild", g.id), slog.Any("error", err))
		}
		g.settings = &settings
		if lines := settings.Helplines; len(lines) > 0 {
			g.rules = s.rulesWith(g.id, lines)
		}
	}
	if g.rules != nil {
		g.common = answer.New(g.rules, s.common)
	}
	if g.open != nil {
		g.open.answerer = answer.New(s.rulesOf(g), g.open.library)
	}
}

// rulesWith returns the rules with a guild's helplines, nil when they do not fit.
func (s *Shelves) rulesWith(id string, lines []string) *safety.Rules {
	rules, err := s.config.Rules.WithHelplines(lines)
	if err != nil {
		s.log.Warn("helplines cannot be shown; the general ones are", slog.String("guild", id), slog.Any("error", err))
		return nil
	}
	return rules
}

// rulesOf returns the rules that hold for a guild, which may be nil. The caller
// holds mu.
func (s *Shelves) rulesOf(g *guild) *safety.Rules {
	if g == nil || g.rules == nil {
		return s.config.Rules
	}
	return g.rules
}
