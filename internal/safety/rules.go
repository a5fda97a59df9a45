package safety

import "slices"

// Topic is one kind of danger or advice, for listing.
type Topic struct {
	ID       string
	Tier     Tier
	Quote    QuotePolicy
	Minor    bool     // firing states an age under 18
	Language string   // of its words, as a BCP 47 tag such as "es"; empty for English
	Card     string   // id of the card that replaces that of the tier, or empty
	Patterns []string // as written; the two sides of a pair are joined by " + "
	Positive []string
	Negative []string
	Source   Source
	Reviewed *Review
	Own      bool // a guild's own; see [Rules.WithTopics]
	Raised   bool // a shipped topic that the guild made stricter: Tier and Quote are the guild's
}

// rule is a topic ready to be matched.
type rule struct {
	Topic
	any    []*pattern
	pairs  [][2]*pattern
	unless []*pattern
}

// Rules is the loaded rule data. It is not changed after [Load] and is safe for
// concurrent use.
type Rules struct {
	rules      []rule // highest tier first, then in the order of the data
	neutral    []*pattern
	denials    denials
	technique  []*pattern
	vocab      *vocabulary
	trie       *trie
	concepts   int
	defined    map[string][]string // concept -> its phrases as written, for Explain
	cards      map[string]Card     // by id
	tierCards  map[Tier]Card
	langCards  map[langTier]Card // in languages other than English
	disclaimer Card
	helplines  []string // of the community itself, first on crisis cards

	cardTiers map[string]Tier     // of the cards by id
	depicted  map[string][]string // pictograph -> the words that it stands for
	own       *layer              // a guild's own topics; nil for none
}

// Topics returns the loaded topics, highest tier first, then in the order of the data;
// those of a guild stand after the shipped ones of their tier.
func (r *Rules) Topics() []Topic {
	topics := make([]Topic, 0, len(r.rules))
	for _, rule := range r.rules {
		topics = append(topics, rule.Topic)
	}
	return r.own.among(topics)
}

// Disclaimer returns the medical-advice disclaimer.
func (r *Rules) Disclaimer() Card { return r.disclaimer.clone() }

func (c Card) clone() Card {
	c.Bullets = slices.Clone(c.Bullets)
	return c
}
