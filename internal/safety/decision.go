package safety

// Withholding says why no article may be quoted in reply to a text.
type Withholding uint8

// The reasons, from none to the strictest.
const (
	NotWithheld       Withholding = iota
	WithheldByChannel             // technique, and the channel is not age-restricted
	WithheldFromMinor             // technique, and the text states an age under 18
	WithheldByTopic               // a topic that is never answered with a quote
	WithheldByTier                // crisis, emergency, or an urgent topic without a quote policy that allows one
)

// Topics returns the ids of all topics that fired, in the order of Matches.
func (d Decision) Topics() []string {
	ids := make([]string, 0, len(d.Matches))
	for _, m := range d.Matches {
		ids = append(ids, m.Topic)
	}
	return ids
}

// Withheld reports the strictest reason why nothing may be quoted in a channel
// of the given kind, or NotWithheld.
func (d Decision) Withheld(ageRestrictedChannel bool) Withholding {
	reason := NotWithheld
	if d.Tier >= TierEmergency {
		reason = WithheldByTier
	}
	for _, m := range d.Matches {
		reason = max(reason, d.withheldBy(m, ageRestrictedChannel))
	}
	return reason
}

// withheldBy is Withheld for one match.
func (d Decision) withheldBy(m Match, ageRestrictedChannel bool) Withholding {
	switch m.Quote {
	case QuoteAllow, QuoteAfterCard:
		return NotWithheld
	case QuoteAgeRestricted:
		switch {
		case m.Tier == TierUrgent:
			return WithheldByTier
		case d.Minor:
			return WithheldFromMinor
		case !ageRestrictedChannel:
			return WithheldByChannel
		}
		return NotWithheld
	default:
		return WithheldByTopic
	}
}

// MayQuote reports whether an article may be quoted in a channel of the given
// kind: never at tiers crisis and emergency, never when a topic forbids it, at
// urgent only when every urgent topic allows it, and technique only in an
// age-restricted channel and not to a stated minor.
func (d Decision) MayQuote(ageRestrictedChannel bool) bool {
	return d.Withheld(ageRestrictedChannel) == NotWithheld
}

// AgeGated reports whether age alone is what stands against a quote, so that the
// caller can say so: the channel is not age-restricted, or the asker is a minor.
func (d Decision) AgeGated(ageRestrictedChannel bool) bool {
	reason := d.Withheld(ageRestrictedChannel)
	return reason == WithheldByChannel || reason == WithheldFromMinor
}
