package safety

import (
	"cmp"
	"time"
)

// The fewest examples of a topic.
const (
	minPositive = 8
	minNegative = 5
)

// maxBullets is the most that a reader in danger takes in.
const maxBullets = 4

// addTopic checks and compiles one topic.
func (b *builder) addTopic(t *topicData) {
	b.checkTopic(t)
	tier, err := ParseTier(t.Tier.text)
	if err != nil || tier == TierNone {
		b.faultf(t.Tier.at, "topic %q: tier must be safety, urgent, emergency or crisis", t.ID.text)
	}
	if tier != TierSafety && (len(t.Unless) > 0 || t.Minor) {
		b.faultf(t.ID.at, "topic %q: unless and minor are for tier safety only", t.ID.text)
	}
	r := rule{
		Topic: Topic{
			ID: t.ID.text, Tier: tier, Quote: b.quote(t), Minor: t.Minor, Card: t.Card.text,
			Language: t.Language.text,
			Positive: texts(t.Examples.Positive), Negative: texts(t.Examples.Negative),
			Source: t.Source, Reviewed: t.Reviewed,
		},
		any:    b.patterns(t.Any),
		unless: b.patterns(t.Unless),
	}
	for _, pair := range t.Pairs {
		b.addPair(&r, t, pair)
	}
	for _, p := range r.any {
		r.Patterns = append(r.Patterns, p.source)
	}
	for _, p := range r.pairs {
		r.Patterns = append(r.Patterns, p[0].source+" + "+p[1].source)
	}
	b.rules.rules = append(b.rules.rules, r)
	b.addExamples(t.ID.text, t.Examples)
}

func (b *builder) addPair(r *rule, t *topicData, pair []line) {
	if len(pair) != 2 {
		b.faultf(t.ID.at, "topic %q: a pair must have two patterns", t.ID.text)
		return
	}
	if two := b.patterns(pair); len(two) == 2 {
		r.pairs = append(r.pairs, [2]*pattern{two[0], two[1]})
	}
}

// checkTopic reports missing parts of a topic.
func (b *builder) checkTopic(t *topicData) {
	id := t.ID.text
	if id == "" {
		b.faultf(t.Tier.at, "a topic has no id")
	}
	b.once("topic", t.ID)
	if len(t.Any)+len(t.Pairs) == 0 {
		b.faultf(t.ID.at, "topic %q has no patterns; write any or pairs", id)
	}
	if b.demands.source && (t.Source.Title == "" || t.Source.URL == "") {
		b.faultf(t.ID.at, "topic %q has no source with title and url", id)
	}
	if n := len(t.Examples.Positive); n < b.demands.positive {
		b.faultf(t.ID.at, "topic %q has %d positive examples; write at least %d", id, n, b.demands.positive)
	}
	if n := len(t.Examples.Negative); n < b.demands.negative {
		b.faultf(t.ID.at, "topic %q has %d negative examples; write at least %d", id, n, b.demands.negative)
	}
	if _, ok := b.rules.cards[t.Card.text]; !ok && t.Card.text != "" {
		b.faultf(t.Card.at, "topic %q: no card has the id %q", id, t.Card.text)
	}
	if _, ok := b.rules.langCards[langTier{t.Language.text, TierEmergency}]; !ok && t.Language.text != "" {
		b.faultf(t.Language.at, "topic %q: no emergency card is in language %q", id, t.Language.text)
	}
	b.checkReview(t.ID, t.Reviewed)
}

// checkReview refuses a review that does not say by whom and when.
func (b *builder) checkReview(of line, review *Review) {
	if review == nil {
		return
	}
	if _, err := time.Parse(time.DateOnly, review.On); err != nil || review.By == "" {
		b.faultf(of.at, "%q: reviewed must be null, or name by whom and on which date (YYYY-MM-DD)", of.text)
	}
}

// quote checks the quote policy of a topic.
func (b *builder) quote(t *topicData) QuotePolicy {
	switch policy := QuotePolicy(t.Quote.text); policy {
	case QuoteNever, QuoteAgeRestricted, QuoteAfterCard, QuoteAllow:
		return policy
	}
	b.faultf(t.ID.at, "topic %q: quote must be never, age-restricted, after-card or allow", t.ID.text)
	return QuoteNever
}

// addTechnique compiles what marks a text as technique.
func (b *builder) addTechnique(g *guardData) {
	if g == nil {
		return
	}
	b.rules.technique = append(b.rules.technique, b.patterns(g.QuoteGuard)...)
	b.addExamples(techniqueGuard, g.Examples)
}

// addCards registers the cards and the disclaimer of one file.
func (b *builder) addCards(f *file) {
	for i := range f.Cards {
		c := &f.Cards[i]
		tier, err := ParseTier(c.Tier.text)
		if err != nil || tier < TierUrgent {
			b.faultf(c.Tier.at, "a card's tier must be urgent, emergency or crisis")
			continue
		}
		card := b.card(c)
		if c.Language.text != "" {
			b.once("card of tier "+tier.String(), c.Language)
			b.rules.langCards[langTier{c.Language.text, tier}] = card
			continue
		}
		if c.ID.text == "" {
			b.once("card of tier", c.Tier)
			b.rules.tierCards[tier] = card
			continue
		}
		b.once("card", c.ID)
		b.rules.cards[c.ID.text], b.rules.cardTiers[c.ID.text] = card, tier
	}
	if f.Disclaimer != nil {
		b.once("disclaimer", line{at: f.Disclaimer.Title.at})
		b.rules.disclaimer = b.card(f.Disclaimer)
	}
}

// card checks one card. Its note says that nobody clinical reviewed it, until somebody has.
func (b *builder) card(c *cardData) Card {
	card := Card{Title: c.Title.text, Action: c.Action.text, Bullets: texts(c.Bullets)}
	if c.Reviewed == nil {
		card.Note = cmp.Or(c.Note.text, b.note)
	}
	b.checkReview(c.Title, c.Reviewed)
	switch {
	case card.Title == "" || card.Action == "":
		b.faultf(max(c.Title.at, c.Action.at, c.Tier.at), "a card needs a title and an action")
	case len(card.Bullets) > maxBullets:
		b.faultf(c.Title.at, "card %q has more than %d bullets", card.Title, maxBullets)
	case len(c.Sources) == 0 || c.Sources[0].URL == "":
		b.faultf(c.Title.at, "card %q has no sources with title and url", card.Title)
	case b.note == "" && c.Reviewed == nil:
		b.faultf(c.Title.at, "card %q is not reviewed, and no note says so", card.Title)
	}
	return card
}

func texts(lines []line) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.text)
	}
	return out
}
