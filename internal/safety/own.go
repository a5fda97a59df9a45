package safety

import (
	"cmp"
	"slices"
)

// layer is what a guild adds to the shipped rules: topics of its own, and stricter
// tiers and quote policies for shipped topics. It only ever raises a decision:
//
//   - the shipped rules read a text with their own words alone, as without a layer;
//   - its topics have words and respellings of their own, and read the same views and
//     those that its own words give; what the shipped rules hold harmless or denied
//     is so for them too;
//   - its matches are added, and shipped matches are only lifted.
type layer struct {
	rules    []rule // highest tier first, then in the order of the data
	vocab    *vocabulary
	trie     *trie
	concepts int
	defined  glossary         // shipped concepts and its own
	raises   map[string]raise // shipped topic -> at least how strict it is
	shipped  map[string]Tier  // of the raised topics
}

// raise is the least that a shipped topic is taken for. A zero field leaves it as it is.
type raise struct {
	tier  Tier
	quote QuotePolicy
}

// apply returns the tier and the policy of a shipped topic, made stricter.
func (r raise) apply(tier Tier, quote QuotePolicy) (Tier, QuotePolicy) {
	if strictness(r.quote) > strictness(quote) {
		quote = r.quote
	}
	return max(tier, r.tier), quote
}

// StricterThan reports whether a policy lets less be quoted than another one; none at
// all, the empty policy, is below every other.
func (q QuotePolicy) StricterThan(other QuotePolicy) bool { return strictness(q) > strictness(other) }

// strictness orders the quote policies.
func strictness(q QuotePolicy) int {
	order := []QuotePolicy{"", QuoteAllow, QuoteAfterCard, QuoteAgeRestricted, QuoteNever}
	return slices.Index(order, q)
}

// reading is how far the reading of one text has come; nil reads nothing.
type reading struct {
	layer *layer
	fired []*Match
	seen  []string // the texts of the views so far
}

// reading begins to read a text.
func (l *layer) reading() *reading {
	if l == nil {
		return nil
	}
	return &reading{layer: l, fired: make([]*Match, len(l.rules))}
}

// read matches the guild's topics on a scene of the shipped rules, whose tokens and
// harmless phrases it takes over.
func (r *reading) read(shipped *scene) {
	if r == nil || len(r.fired) == 0 {
		return
	}
	r.seen = append(r.seen, shipped.view.text)
	s := &scene{view: shipped.view, tokens: shipped.tokens, denied: shipped.denied, neutral: shipped.neutral}
	found := r.layer.trie.scan(s.tokens, r.layer.vocab)
	s.hits = index(found, r.layer.concepts)
	s.assert(found, r.layer.concepts)
	for i := range r.fired {
		if r.fired[i] == nil {
			r.fired[i] = r.layer.rules[i].match(s)
		}
	}
}

// readOn reads the views that the guild's own words give and that were not read yet.
// The shipped rules say what is harmless in them, and match nothing there.
func (r *reading) readOn(rules *Rules, text string) {
	if len(r.fired) == 0 {
		return
	}
	for v := range r.layer.vocab.views(text) {
		if !slices.Contains(r.seen, v.text) {
			r.read(rules.look(v))
		}
	}
}

// raise returns the decision with what the guild adds to it.
func (r *reading) raise(d Decision) Decision {
	for i := range d.Matches {
		m := &d.Matches[i]
		m.Tier, m.Quote = r.layer.raises[m.Topic].apply(m.Tier, m.Quote)
	}
	for i, m := range r.fired {
		if m != nil {
			d.Matches = append(d.Matches, *m)
			d.Minor = d.Minor || r.layer.rules[i].Minor
		}
	}
	for _, m := range d.Matches {
		d.Tier = max(d.Tier, m.Tier)
	}
	slices.SortStableFunc(d.Matches, func(a, b Match) int { return cmp.Compare(b.Tier, a.Tier) })
	return d
}

// fires reports whether a topic of the layer, by its index, fires on a text.
func (l *layer) fires(rules *Rules, i int, text string) bool {
	r := l.reading()
	for v := range rules.views(text) {
		r.read(rules.look(v))
	}
	r.readOn(rules, text)
	return r.fired[i] != nil
}

// among adds the layer's topics to the shipped ones, and lifts those that it raises.
func (l *layer) among(shipped []Topic) []Topic {
	if l == nil {
		return shipped
	}
	for i, t := range shipped {
		shipped[i] = l.lifted(t)
	}
	for i := range l.rules {
		shipped = append(shipped, l.rules[i].Topic)
	}
	slices.SortStableFunc(shipped, func(a, b Topic) int { return cmp.Compare(b.Tier, a.Tier) })
	return shipped
}

// lifted returns a topic as strict as the layer has it.
func (l *layer) lifted(t Topic) Topic {
	if l == nil || t.Own {
		return t
	}
	if r, ok := l.raises[t.ID]; ok {
		t.Tier, t.Quote = r.apply(t.Tier, t.Quote)
		t.Raised = true
	}
	return t
}

// apart returns the matches as the shipped rules alone have them, and those that the
// layer added or lifted to another tier.
func (l *layer) apart(matches []Match) (shipped, added []Match) {
	for _, m := range matches {
		before, raised := l.shipped[m.Topic]
		switch {
		case ruleOf(l.rules, m.Topic) != nil:
			added = append(added, m)
		case raised && m.Tier > before:
			added = append(added, m)
			m.Tier = before
			shipped = append(shipped, m)
		default:
			shipped = append(shipped, m)
		}
	}
	return shipped, added
}

// topic returns the layer's topic with an id, or none: a shipped topic that was lifted
// has the card of its new tier, and not the one of its own.
func (l *layer) topic(id string) Topic {
	if rule := ruleOf(l.rules, id); rule != nil {
		return rule.Topic
	}
	return Topic{}
}
