package safety

import "slices"

// scene is one view of a text with the concepts found in it.
type scene struct {
	view     view
	tokens   []token
	hits     hits
	asserted hits     // those that are not denied, for the tiers that a denial may lower
	denied   marks    // the words of all denials
	neutral  coverage // the harmless phrases
}

// look tokenises a view, finds the concepts in it and the harmless phrases.
func (r *Rules) look(v view) *scene {
	s := &scene{view: v, tokens: tokenize(v.text)}
	found := r.trie.scan(s.tokens, r.vocab)
	s.hits = index(found, r.concepts)
	s.denied = marked(r.denials.any, s)
	s.assert(found, r.concepts)
	var harmless []span
	for _, p := range r.neutral {
		harmless = append(harmless, p.in(s.hits)...)
	}
	s.neutral = newCoverage(append(harmless, r.denials.in(s, s.denied)...), s.tokens)
	return s
}

// assert keeps those of the occurrences that are not denied, beside all of them.
func (s *scene) assert(found []hit, concepts int) {
	s.asserted = s.hits
	if s.denied != nil {
		found = slices.DeleteFunc(found, func(h hit) bool { return s.denied.touches(h.at) })
		s.asserted = index(found, concepts)
	}
}

// hitsFor returns the concepts that a rule of a tier sees: a denial never takes
// any from emergency and crisis.
func (s *scene) hitsFor(tier Tier) hits {
	if tier >= TierEmergency {
		return s.hits
	}
	return s.asserted
}

// harmless reports whether evidence lies wholly inside one neutral phrase, such
// as "brush stroke", or inside a clause that only denies. Evidence that reaches
// outside of the phrase counts: a figure of speech beside a danger explains
// nothing away.
func (s *scene) harmless(evidence span) bool { return s.neutral.holds(evidence) }

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
