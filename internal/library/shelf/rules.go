package shelf

import (
	"fmt"
	"log/slog"
	"sync"

	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// ruling is what a guild's settings come to. The zero value is that of a guild
// without settings.
type ruling struct {
	settings *library.Settings // nil for the defaults
	rules    *safety.Rules     // with what is the guild's own; nil for those of all
}

// rule reads a guild's settings. What cannot be read has its default and is logged: what
// does not fit of topics and helplines is left out, so that no card is ever lost by it.
func (s *Shelves) rule(id string, texts map[string]string) ruling {
	if len(texts) == 0 {
		return ruling{}
	}
	log := s.log.With(slog.String("guild", id))
	settings, err := library.ParseSettings(texts)
	if err != nil {
		log.Warn("settings cannot be read; their defaults hold", slog.Any("error", err))
	}
	rules, err := s.topical.with(s.config.Rules, settings.Topics)
	if err != nil {
		log.Error("some of the guild's own safety topics cannot be read; the others and the shipped ones hold", slog.Any("error", err))
	}
	if with, err := rules.WithHelplines(settings.Helplines); err != nil {
		log.Warn("helplines cannot be shown; the general ones are", slog.Any("error", err))
	} else if len(settings.Helplines) > 0 {
		rules = with
	}
	r := ruling{settings: &settings}
	if rules != s.config.Rules {
		r.rules = rules
	}
	return r
}

// rulesWith returns the rules of a guild with other topics of its own. The error is
// that of the topics.
func (s *Shelves) rulesWith(guild, topics string) (*safety.Rules, error) {
	rules, err := s.config.Rules.WithTopics(topics)
	if err != nil {
		return nil, fmt.Errorf("the guild's own safety topics: %w", err)
	}
	if with, err := rules.WithHelplines(s.Settings(guild).Helplines); err == nil {
		rules = with
	}
	return rules, nil
}

// maxTopical is how many guilds' topics are remembered.
const maxTopical = 256

// topical remembers the rules that guilds' own topics were compiled to, by their text,
// since a guild's settings are read anew whenever one of them changes. Safe for
// concurrent use.
type topical struct {
	mu     sync.Mutex
	byText map[string]*safety.Rules
}

// with returns the rules with a guild's own topics. They are never nil: the error says
// what of the topics was left out.
func (t *topical) with(rules *safety.Rules, topics string) (*safety.Rules, error) {
	if topics == "" {
		return rules, nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if with := t.byText[topics]; with != nil {
		return with, nil
	}
	with, err := rules.WithKeptTopics(topics)
	if err != nil {
		return with, err
	}
	if t.byText == nil || len(t.byText) >= maxTopical {
		t.byText = map[string]*safety.Rules{}
	}
	t.byText[topics] = with
	return with, nil
}
