package safety

import "strings"

// Triage reads the whole text in every view and returns all topics that fire,
// each with its first evidence. It never panics, is deterministic, and its work
// is linear in the length of the text.
func (r *Rules) Triage(text string) Decision {
	fired := make([]*Match, len(r.rules))
	own := r.own.reading()
	var d Decision
	for v := range r.views(text) {
		scene := r.look(v)
		for i := range r.rules {
			if fired[i] == nil {
				fired[i] = r.rules[i].match(scene)
			}
		}
		own.read(scene)
	}
	for i, m := range fired {
		if m == nil {
			continue
		}
		d.Matches = append(d.Matches, *m)
		d.Tier = max(d.Tier, m.Tier)
		d.Minor = d.Minor || r.rules[i].Minor
	}
	if own != nil {
		own.readOn(r, text)
		d = own.raise(d)
	}
	return d
}

// Technique reports whether a text, such as an excerpt about to be quoted,
// tells how to do it. Such a text is never quoted to a stated minor.
func (r *Rules) Technique(text string) bool {
	for v := range r.views(text) {
		scene := r.look(v)
		for _, p := range r.technique {
			if len(p.in(scene.hits)) > 0 {
				return true
			}
		}
	}
	return false
}

// match returns the first evidence for a rule, or nil.
func (r *rule) match(s *scene) *Match {
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

// first returns the first place of a pattern that is neither harmless nor excused.
func (r *rule) first(p *pattern, s *scene) (span, bool) {
	places := p.in(s.hitsFor(r.Tier))
	if len(places) == 0 {
		return span{}, false
	}
	excused := r.excuses(s)
	for _, at := range places {
		if !s.harmless(at) && !excused.touches(at) {
			return at, true
		}
	}
	return span{}, false
}

// excuses marks the words of the unless patterns, each within one clause. A
// pattern gives one place for each place of its last term, so the words to excuse
// stand last in it.
func (r *rule) excuses(s *scene) marks { return marked(r.unless, s) }

func (r *rule) evidence(s *scene, source, matched string) *Match {
	return &Match{
		Topic: r.ID, Tier: r.Tier, Quote: r.Quote,
		Rule: source, View: s.view.name, Matched: strings.Clone(matched),
	}
}
