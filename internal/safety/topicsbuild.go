package safety

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// topicsBuilder checks and compiles a guild's data beside the shipped rules.
type topicsBuilder struct {
	builder
	shipped *Rules
	own     map[string]int // concept of the guild -> the line of its first phrase
	raises  map[string]raise
}

func newTopicsBuilder(r *Rules) *topicsBuilder {
	c := &compiler{
		defined: maps.Clone(r.defined), ids: make(map[string]conceptID), members: make(map[string][]conceptID),
		used: make(map[string]bool), trie: &trie{edges: make(map[edge]int32), outputs: make([][]conceptID, 1), unions: make(map[conceptID][]conceptID)},
		vocab: &vocabulary{
			words: make(map[string]symbol), prefixes: make(map[string]symbol), emoji: make(map[string][]symbol),
			texting: r.vocab.texting, spelling: newSpelling(nil, nil),
		},
	}
	return &topicsBuilder{
		shipped: r, own: make(map[string]int), raises: make(map[string]raise),
		builder: builder{
			compiler: c, file: topicsFile, seen: make(map[string]bool), demands: demands{ownMinPositive, ownMinNegative, false},
			rules: &Rules{cards: r.cards, langCards: r.langCards},
		},
	}
}

// build reads concepts first, since topics of any document refer to them.
func (b *topicsBuilder) build(files []*ownFile) {
	topics := 0
	for _, f := range files {
		topics += len(f.Topics)
		b.addOwnConcepts(f.Concepts)
	}
	if topics > MaxOwnTopics {
		b.faultf(0, "there are %d topics, and the limit is %d; join or remove some", topics, MaxOwnTopics)
		return
	}
	for _, f := range files {
		for i := range f.Topics {
			b.addOwnTopic(&f.Topics[i])
		}
		for _, raised := range f.Raise {
			b.addRaise(raised)
		}
	}
	b.compileConcepts()
	b.checkCost()
	slices.SortStableFunc(b.rules.rules, func(x, y rule) int { return cmp.Compare(y.Tier, x.Tier) })
}

// topicName is the form of the ids of a guild's topics and of the names of its concepts.
var topicName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const maxTopicName = 40

func (b *topicsBuilder) checkName(kind string, name line) {
	if len(name.text) > maxTopicName || !topicName.MatchString(name.text) {
		b.faultf(name.at, "%s %.60q: a name has small letters, digits and single hyphens, at most %d", kind, name.text, maxTopicName)
	}
}

func (b *topicsBuilder) addOwnConcepts(concepts map[string][]line) {
	for _, name := range slices.Sorted(maps.Keys(concepts)) {
		phrases := concepts[name]
		if len(phrases) == 0 {
			b.faultf(0, "concept %q has no phrases", name)
			continue
		}
		at := line{name, phrases[0].at}
		b.checkName("concept", at)
		if _, shipped := b.shipped.defined[name]; shipped {
			b.faultf(at.at, "concept %q came with the program and cannot be changed; choose another name", name)
			continue
		}
		b.once("concept", at)
		b.own[name] = at.at
		for _, phrase := range phrases {
			b.compiler.defined[name] = append(b.compiler.defined[name], splitTrim(phrase.text)...)
		}
	}
}

// compileConcepts compiles the concepts that no topic uses, for their faults.
func (b *topicsBuilder) compileConcepts() {
	for _, name := range slices.Sorted(maps.Keys(b.own)) {
		if _, err := b.compiler.concept(name, nil); err != nil {
			b.faultf(b.own[name], "%v", err)
		}
	}
}

// addOwnTopic checks and compiles one topic.
func (b *topicsBuilder) addOwnTopic(t *topicData) {
	id := t.ID
	b.checkName("topic", id)
	if ruleOf(b.shipped.rules, id.text) != nil {
		b.faultf(id.at, "topic %q came with the program; choose another name, or make it stricter with raise", id.text)
	}
	if tier, err := ParseTier(t.Tier.text); err == nil && t.Card.text != "" {
		if of, ok := b.shipped.cardTiers[t.Card.text]; ok && of != tier {
			b.faultf(t.Card.at, "topic %q: card %q is for tier %s", id.text, t.Card.text, of)
		}
	}
	for _, list := range [][]line{t.Examples.Positive, t.Examples.Negative} {
		b.checkExamples(id, list)
	}
	before := len(b.rules.rules)
	b.addTopic(t)
	for i := range b.rules.rules[before:] {
		b.rules.rules[before+i].Own = true
	}
}

func (b *topicsBuilder) checkExamples(id line, list []line) {
	if len(list) > MaxOwnExamples {
		b.faultf(id.at, "topic %q has more than %d examples of one kind; keep the best", id.text, MaxOwnExamples)
	}
	for _, text := range list {
		if n := utf8.RuneCountInString(text.text); n > maxExampleRunes || strings.TrimSpace(text.text) == "" {
			b.faultf(text.at, "topic %q has an example of %d characters; write 1 to %d", id.text, n, maxExampleRunes)
		}
	}
}

// addRaise makes a shipped topic stricter. What would not is a fault.
func (b *topicsBuilder) addRaise(data raiseData) {
	id := data.Topic
	found := ruleOf(b.shipped.rules, id.text)
	switch {
	case id.text == "":
		b.faultf(max(data.Tier.at, data.Quote.at, data.Reason.at), "raise needs the topic that it makes stricter")
		return
	case found == nil:
		b.faultf(id.at, "raise: there is no shipped topic %q", id.text)
		return
	case utf8.RuneCountInString(data.Reason.text) > maxReasonRunes:
		b.faultf(data.Reason.at, "raise of %q: the reason has more than %d characters", id.text, maxReasonRunes)
	case data.Tier.text == "" && data.Quote.text == "":
		b.faultf(id.at, "raise of %q needs a tier or a quote policy", id.text)
	}
	b.once("raise of", id)
	b.raises[id.text] = raise{b.raisedTier(data, found.Topic), b.raisedQuote(data, found.Topic)}
}

func (b *topicsBuilder) raisedTier(data raiseData, shipped Topic) Tier {
	if data.Tier.text == "" {
		return TierNone
	}
	tier, err := ParseTier(data.Tier.text)
	switch {
	case err != nil || tier == TierNone:
		b.faultf(data.Tier.at, "raise of %q: tier must be urgent, emergency or crisis", shipped.ID)
	case tier <= shipped.Tier:
		b.faultf(data.Tier.at, "raise of %q: it has tier %s already, and %s would not be stricter", shipped.ID, shipped.Tier, tier)
	}
	return tier
}

func (b *topicsBuilder) raisedQuote(data raiseData, shipped Topic) QuotePolicy {
	if data.Quote.text == "" {
		return ""
	}
	quote := QuotePolicy(data.Quote.text)
	switch {
	case strictness(quote) < 0:
		b.faultf(data.Quote.at, "raise of %q: quote must be never, age-restricted or after-card", shipped.ID)
	case strictness(quote) <= strictness(shipped.Quote):
		b.faultf(data.Quote.at, "raise of %q: it has quote %s already, and %s would not be stricter", shipped.ID, shipped.Quote, quote)
	}
	return quote
}

// layer makes the layer of what was compiled.
func (b *topicsBuilder) layer() *layer {
	c := b.compiler
	for _, pictograph := range slices.Sorted(maps.Keys(b.shipped.depicted)) {
		_ = c.vocab.depict(pictograph, b.shipped.depicted[pictograph]) // it was without fault in the shipped data
	}
	c.vocab.close(b.shipped.vocab.spelling.ordinary)
	c.trie.close()
	l := &layer{
		rules: b.rules.rules, vocab: c.vocab, trie: c.trie, concepts: len(c.ids), defined: c.defined,
		raises: b.raises, shipped: make(map[string]Tier, len(b.raises)),
	}
	for id := range b.raises {
		l.shipped[id] = ruleOf(b.shipped.rules, id).Tier
	}
	return l
}
