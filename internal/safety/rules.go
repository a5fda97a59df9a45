package safety

import "slices"

// Topic is one kind of danger or advice, for listing.
type Topic struct {
	ID       string
	Tier     Tier
	Quote    QuotePolicy
	Minor    bool     // firing states an age under 18
	Card     string   // id of the card that replaces that of the tier, or empty
	Patterns []string // as written; the two sides of a pair are joined by " + "
	Positive []string
	Negative []string
	Source   Source
	Reviewed *Review
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
	technique  []*pattern
	vocab      *vocabulary
	trie       *trie
	concepts   int
	cards      map[string]Card // by id
	tierCards  map[Tier]Card
	disclaimer Card
}

// Topics returns the loaded topics, highest tier first, then in the order of the data.
func (r *Rules) Topics() []Topic {
	topics := make([]Topic, 0, len(r.rules))
	for _, rule := range r.rules {
		topics = append(topics, rule.Topic)
	}
	return topics
}

// Disclaimer returns the medical-advice disclaimer.
func (r *Rules) Disclaimer() Card { return r.disclaimer.clone() }

// Cards returns the cards that a decision asks for: crisis, emergency or urgent,
// and both of crisis and emergency when both matched. A topic's own card takes
// the place of its tier's card only when all topics of that tier name the same one.
func (r *Rules) Cards(d Decision) []Card {
	var cards []Card
	for _, tier := range []Tier{TierCrisis, TierEmergency} {
		if card, ok := r.cardFor(d, tier); ok {
			cards = append(cards, card)
		}
	}
	if card, ok := r.cardFor(d, TierUrgent); ok && len(cards) == 0 {
		cards = append(cards, card)
	}
	return cards
}

// cardFor returns the card of one tier, if a topic of that tier matched.
func (r *Rules) cardFor(d Decision, tier Tier) (Card, bool) {
	own, matched := "", false
	for _, m := range d.Matches {
		if m.Tier != tier {
			continue
		}
		named := r.cardNamedBy(m.Topic)
		if matched && named != own {
			named = ""
		}
		own, matched = named, true
		if own == "" {
			break
		}
	}
	card, ok := r.cards[own]
	if !ok {
		card = r.tierCards[tier]
	}
	return card.clone(), matched
}

func (r *Rules) cardNamedBy(topic string) string {
	for _, rule := range r.rules {
		if rule.ID == topic {
			return rule.Card
		}
	}
	return ""
}

func (c Card) clone() Card {
	c.Bullets = slices.Clone(c.Bullets)
	return c
}
