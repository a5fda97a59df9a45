package safety

import "slices"

// langTier names the card of a tier in a language.
type langTier struct {
	language string
	tier     Tier
}

// Cards returns the cards that a decision asks for: crisis, emergency or urgent,
// and both of crisis and emergency when both matched. A topic's own card takes
// the place of its tier's card only when all topics of that tier name the same one.
// A card in the language of the words that fired goes before the English one. The
// cards that a guild's own topics ask for stand after those of the shipped ones and
// replace none of the same tier or a higher one.
func (r *Rules) Cards(d Decision) []Card {
	cards := r.withHelplines(r.cardsAt(d, TierCrisis))
	cards = append(cards, r.cardsAt(d, TierEmergency)...)
	if len(cards) == 0 {
		cards = r.cardsAt(d, TierUrgent)
	}
	return cards
}

// cardsAt returns the cards of one tier: those that the shipped rules ask for, then
// those that a guild adds.
func (r *Rules) cardsAt(d Decision, tier Tier) []Card {
	if r.own == nil {
		return r.cardsFor(d.Matches, tier, r.topic)
	}
	shipped, added := r.own.apart(d.Matches)
	cards := r.cardsFor(shipped, tier, r.topic)
	more := r.cardsFor(added, tier, r.own.topic)
	if card, ok := r.spoken(d, tier); ok && len(more) > 0 {
		more = slices.Insert(more, 0, card)
	}
	for _, card := range more {
		if !slices.ContainsFunc(cards, card.same) {
			cards = append(cards, card)
		}
	}
	return cards
}

// spoken returns the card of a tier in the first language that some words of the
// text fired a topic in.
func (r *Rules) spoken(d Decision, tier Tier) (Card, bool) {
	for _, m := range d.Matches {
		if card, ok := r.langCards[langTier{r.topic(m.Topic).Language, tier}]; ok {
			return card.clone(), true
		}
	}
	return Card{}, false
}

// cardsFor returns the cards of one tier, if a topic of that tier matched; find
// returns the topic with an id.
func (r *Rules) cardsFor(matches []Match, tier Tier, find func(id string) Topic) []Card {
	own, english, matched := "", false, false
	var cards []Card
	for _, m := range matches {
		if m.Tier != tier {
			continue
		}
		topic := find(m.Topic)
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

// same reports whether two cards read alike.
func (c Card) same(other Card) bool { return c.String() == other.String() }
