package safety

// denials find clauses that do nothing but deny: "no chest pain", "i have no
// fever". Only such a clause explains away an emergency or a crisis. Beside
// anything else the symptom counts in full there, so that a "no" in front of a
// message never makes it vanish. For the lower tiers a denied symptom is none.
type denials struct {
	any    []*pattern // what denies a symptom: "no" and the symptom
	around []*pattern // words that may stand beside it without saying more
}

// in returns the clauses that only deny, in the order of the text; denied are the
// words of all denials.
func (d *denials) in(s *scene, denied marks) []span {
	if denied == nil {
		return nil
	}
	empty := marked(d.around, s)
	var clauses []span
	for start := 0; start < len(s.tokens); {
		at := clauseAt(s.tokens, start)
		if onlyDenies(at, denied, empty) {
			clauses = append(clauses, at)
		}
		start = at.end
	}
	return clauses
}

// marked returns the words of the patterns, each within one clause.
func marked(patterns []*pattern, s *scene) marks {
	var m marks
	for _, p := range patterns {
		for _, at := range p.in(s.hits) {
			if !s.crossesClause(at) {
				m = m.add(at, len(s.tokens))
			}
		}
	}
	return m
}

// onlyDenies reports whether a clause has a denial and no word that says more.
func onlyDenies(clause span, denied, empty marks) bool {
	for i := clause.start; i < clause.end; i++ {
		if !denied[i] && (empty == nil || !empty[i]) {
			return false
		}
	}
	return denied.touches(clause)
}
