package bench

import (
	"slices"

	"verbatim/internal/safety"
)

// weakens reports whether a change may weaken an addition of the guild's own at tier
// emergency or crisis. Whatever is not seen to be stricter in all it does counts as
// weaker, and so does any change of a topic that cannot be read any more.
func (c topicChange) weakens() bool {
	switch {
	case c.before == nil:
		return false
	case c.before.rules == nil:
		return true
	case c.before.Tier < safety.TierEmergency:
		return false
	}
	return c.after == nil || !stricter(c.before, c.after)
}

// stricter reports whether a topic does all that an earlier version of it does.
func stricter(before, after *fragment) bool {
	was, is := before.topic, after.topic
	if is.Tier < was.Tier || was.Quote.StricterThan(is.Quote) || was.Minor && !is.Minor ||
		is.Card != was.Card || is.Language != was.Language || is.Own != was.Own {
		return false
	}
	if was.Raised {
		return true
	}
	for _, text := range was.Positive {
		if !slices.Contains(after.rules.Triage(text).Topics(), was.ID) {
			return false
		}
	}
	had, errHad := before.rules.Explain(was.ID)
	has, errHas := after.rules.Explain(is.ID)
	if errHad != nil || errHas != nil || len(has.Unless) > 0 {
		return false
	}
	return keepsPatterns(had.Patterns, has.Patterns)
}

// keepsPatterns reports whether every pattern is still there, and every term of it
// stands for all that it stood for. The two sides of a pair come one after the other.
func keepsPatterns(had, has []safety.ExplainedPattern) bool {
	for i := 0; i < len(had); {
		n := 1
		if had[i].Pair > 0 {
			n = 2
		}
		if !holdsPatterns(has, had[i:i+n]) {
			return false
		}
		i += n
	}
	return true
}

// holdsPatterns reports whether patterns hold one, or both sides of a pair.
func holdsPatterns(has, wanted []safety.ExplainedPattern) bool {
	for i := 0; i+len(wanted) <= len(has); i++ {
		if (has[i].Pair > 0) != (wanted[0].Pair > 0) || len(wanted) == 2 && has[i].Pair != has[i+1].Pair {
			continue
		}
		if slices.EqualFunc(has[i:i+len(wanted)], wanted, samePattern) {
			return true
		}
	}
	return false
}

// samePattern reports whether a pattern reads as another one does, and its terms stand
// for as much at least.
func samePattern(has, had safety.ExplainedPattern) bool {
	return has.Source == had.Source && slices.EqualFunc(has.Terms, had.Terms, func(now, then safety.ExplainedTerm) bool {
		for _, phrase := range then.Phrases {
			if !slices.Contains(now.Phrases, phrase) {
				return false
			}
		}
		return true
	})
}
