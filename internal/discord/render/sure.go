package render

import "verbatim/internal/discord/locale"

// From which confidence a quote is said to answer, and from which perhaps. Below,
// it is said that it may only touch on the question: what is shown at all is above
// the guild's threshold, which is at .43 unless the guild's judgements moved it.
//
// They come from `verbatim eval questions --reliability` on three development sets
// (74 questions on one article with 50 that it does not answer, 600 and 300 on eight
// encyclopedia articles, 213 on thirty papers). There a quote was right, the sets
// counting the same, about four times in five above .9, three times in five
// between .7 and .9, and half of the time below. So the words promise less than the
// number, which says too much on articles that it was not fitted on.
const (
	likely = 0.9
	maybe  = 0.7
)

// sureness says in words how likely it is that a quote answers, "" when the
// confidence is not known, as for an answer that is shown again.
func (v view) sureness(confidence float64) string {
	switch {
	case confidence >= likely:
		return v.Say(locale.SureLikely, nil)
	case confidence >= maybe:
		return v.Say(locale.SureMaybe, nil)
	case confidence > 0:
		return v.Say(locale.SureHardly, nil)
	}
	return ""
}
