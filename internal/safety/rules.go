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

// langTier names the card of a tier in a language.
type langTier struct {
	language string
	tier     Tier
}

// Cards returns the cards that a decision asks for: crisis, emergency or urgent,
// and both of crisis and emergency when both matched. A topic's own card takes
// the place of its tier's card only when all topics of that tier name the same one.
// A card in the language of the words that fired goes before the English one.
func (r *Rules) Cards(d Decision) []Card {
	cards := r.withHelplines(r.cardsFor(d, TierCrisis))
	cards = append(cards, r.cardsFor(d, TierEmergency)...)
	if len(cards) == 0 {
		cards = r.cardsFor(d, TierUrgent)
	}
	return cards
}

// cardsFor returns the cards of one tier, if a topic of that tier matched.
func (r *Rules) cardsFor(d Decision, tier Tier) []Card {
	own, english, matched := "", false, false
	var cards []Card
	for _, m := range d.Matches {
		if m.Tier != tier {
			continue
		}
		topic := r.topic(m.Topic)
		if topic.Language != "" {
			if card, ok := r.langCards[langTier{topic.Language, tier}]; ok && len(cards) == 0 {
				cards = append(cards, card.clone())
			}
			matched = true
			continue
		}
		if english && topic.Card != own {
			topic.Card = ""
		}
		if !english || own != "" {
			own = topic.Card
		}
		english, matched = true, true
	}
	if !matched {
		return nil
	}
	card, ok := r.cards[own]
	if !ok {
		card = r.tierCards[tier]
	}
	return append(cards, card.clone())
}

// topic returns the topic with an id, or none.
func (r *Rules) topic(id string) Topic {
	for _, rule := range r.rules {
		if rule.ID == id {
			return rule.Topic
		}
	}
	return Topic{}
}

func (c Card) clone() Card {
	c.Bullets = slices.Clone(c.Bullets)
	return c
}
