package safety

import (
	"slices"
	"strings"
)

// Triage reads the whole text in every view and returns all topics that fire,
// each with its first evidence. It never panics, is deterministic, and its work
// is linear in the length of the text.
func (r *Rules) Triage(text string) Decision {
	fired := make([]*Match, len(r.rules))
	var d Decision
	for _, v := range r.views(text) {
		scene := r.look(v)
		for i := range r.rules {
			if fired[i] == nil {
				fired[i] = r.rules[i].match(scene)
			}
		}
	}
	for i, m := range fired {
		if m == nil {
			continue
		}
		d.Matches = append(d.Matches, *m)
		d.Tier = max(d.Tier, m.Tier)
		d.Minor = d.Minor || r.rules[i].Minor
	}
	return d
}

// Technique reports whether a text, such as an excerpt about to be quoted,
// tells how to do it. Such a text is never quoted to a stated minor.
func (r *Rules) Technique(text string) bool {
	for _, v := range r.views(text) {
		scene := r.look(v)
		for _, p := range r.technique {
			if len(p.in(scene.hits)) > 0 {
				return true
			}
		}
	}
	return false
}

// scene is one view of a text with the concepts found in it.
type scene struct {
	view   view
	tokens []token
	hits   hits
}

// look tokenises a view, finds the concepts in it and removes the neutral phrases.
func (r *Rules) look(v view) scene {
	s := scene{view: v, tokens: tokenize(v.text)}
	found := r.trie.scan(s.tokens, r.vocab)
	s.hits = index(found, r.concepts)
	if masked := s.masked(r.neutral); masked != nil {
		found = slices.DeleteFunc(found, func(h hit) bool {
			return slices.Contains(masked[h.at.start:h.at.end], true)
		})
		s.hits = index(found, r.concepts)
	}
	return s
}

// masked marks the tokens of neutral phrases, such as "brush stroke" or "no chest
// pain"; it is nil when there are none. A neutral phrase lies within one clause,
// so that text added before or after a clause never hides what it says.
func (s *scene) masked(neutral []*pattern) []bool {
	var masked []bool
	for _, p := range neutral {
		for _, at := range p.in(s.hits) {
			if s.crossesClause(at) {
				continue
			}
			if masked == nil {
				masked = make([]bool, len(s.tokens))
			}
			for i := at.start; i < at.end; i++ {
				masked[i] = true
			}
		}
	}
	return masked
}

// crossesClause reports whether a clause ends inside the span.
func (s *scene) crossesClause(at span) bool {
	for i := at.start + 1; i < at.end; i++ {
		if s.tokens[i].breaks {
			return true
		}
	}
	return false
}

// words returns the words of a span as they stand in the view.
func (s *scene) words(at span) string {
	return s.view.text[s.tokens[at.start].start:s.tokens[at.end-1].end]
}

// match returns the first evidence for a rule, or nil.
func (r *rule) match(s scene) *Match {
	for _, p := range r.any {
		if at, ok := r.first(p, s); ok {
			return r.evidence(s, p.source, s.words(at))
		}
	}
	for _, pair := range r.pairs {
		a, ok := r.first(pair[0], s)
		if !ok {
			continue
		}
		if b, ok := r.first(pair[1], s); ok {
			return r.evidence(s, pair[0].source+" + "+pair[1].source, s.words(a)+" … "+s.words(b))
		}
	}
	return nil
}

// first returns the first place of a pattern that no unless pattern touches.
func (r *rule) first(p *pattern, s scene) (span, bool) {
	for _, at := range p.in(s.hits) {
		if !r.excused(at, s) {
			return at, true
		}
	}
	return span{}, false
}

// excused reports whether an unless pattern shares a word with the span. Like a
// neutral phrase it must lie within one clause. A pattern gives one place for each
// place of its last term, so the words to excuse stand last in it.
func (r *rule) excused(at span, s scene) bool {
	for _, p := range r.unless {
		for _, excuse := range p.in(s.hits) {
			if at.overlaps(excuse) && !s.crossesClause(excuse) {
				return true
			}
		}
	}
	return false
}

func (r *rule) evidence(s scene, source, matched string) *Match {
	return &Match{
		Topic: r.ID, Tier: r.Tier, Quote: r.Quote,
		Rule: source, View: s.view.name, Matched: strings.Clone(matched),
	}
}
