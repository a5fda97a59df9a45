// Package safety decides, before anything is looked up, how dangerous a question
// is and what must be said first.
//
// Rules, not a model: every decision names the topic, the pattern and the words
// that fired it. Topics, cards and the disclaimer are data (knowledge/safety),
// and loading fails on a topic that fails its own examples. No clinician has
// reviewed the shipped data.
//
// Invariants:
//   - everything that matches is kept; nothing short-circuits, and text added to
//     a question never lowers its tier (what that means for denials and figures of
//     speech is record 4 of internal/arch/adr);
//   - a guild's own data, which [Rules.WithTopics] adds, only ever raises a decision:
//     the shipped rules read a text as without it, and none can be switched off;
//   - triage reads no clock, no network and no store, so a failure elsewhere
//     never removes a card;
//   - triage never panics and its work is linear in the length of the text.
//
// The package imports nothing of ours. A loaded [Rules] is not changed and is
// safe for concurrent use.
package safety

// Tier is how urgent a question is. Higher values take precedence.
type Tier uint8

// The tiers, in order of precedence.
const (
	TierNone      Tier = iota
	TierSafety         // advice or risk: the disclaimer goes first
	TierUrgent         // medical help today
	TierEmergency      // call emergency services now
	TierCrisis         // suicide, self-harm, abuse, assault
)

// QuotePolicy says whether an article may be quoted in reply to a topic.
type QuotePolicy string

// The quote policies, from the strictest.
const (
	QuoteNever         QuotePolicy = "never"
	QuoteAgeRestricted QuotePolicy = "age-restricted" // only in age-restricted channels, and never to a stated minor
	QuoteAfterCard     QuotePolicy = "after-card"
	QuoteAllow         QuotePolicy = "allow"
)

// Card is a fixed text that is shown instead of, or before, a quote.
type Card struct {
	Title   string   // the level in words
	Action  string   // the one thing to do
	Bullets []string // at most four
	Note    string   // the small print: that no clinician has reviewed the text
}

// Match is one topic that fired, with the evidence.
type Match struct {
	Topic   string
	Tier    Tier
	Quote   QuotePolicy
	Rule    string // the pattern as written in the data
	View    string // the view of the text that it matched
	Matched string // the words that fired it
}

// Decision is the outcome of triage. The zero value is tier none with nothing matched.
type Decision struct {
	Tier    Tier
	Matches []Match // all of them, highest tier first, then in the order of the data
	Minor   bool    // the text states an age under 18
}
