package safety

import (
	"errors"
	"slices"
	"strings"
)

// Limits of a guild's own safety data. They bound what it costs to read a message.
const (
	MaxTopicsSource  = 64 << 10 // bytes
	MaxOwnTopics     = 100
	MaxOwnPatterns   = 500 // of all topics together
	MaxOwnExamples   = 50  // of each kind, for a topic
	maxExampleRunes  = 500
	maxReasonRunes   = 500
	maxOpenWords     = 600 // words of phrases that have a word beginning or a number beside another word
	maxBrackets      = 8   // [ and { inside each other, which the parser is slow to read
	ownMinPositive   = 3
	ownMinNegative   = 2
	topicsFile       = "topics" // what faults call the data
	sectionsOfTopics = "a server's own data has topics, concepts and raise"
)

// WithTopics returns the same rules with a guild's own topics, in place of those that
// they have already. source is YAML, at most [MaxTopicsSource] bytes: one document or
// several (divided by lines of "---"), each with any of
//
//   - topics, as in the shipped data, with at least three positive examples and two
//     look-alikes each; a source is not needed, and card names a shipped card of the
//     topic's tier;
//   - concepts, as in the shipped data; those may be used too, and not redefined;
//   - raise, a list of {topic, tier, quote, reason}: the shipped topic is taken for
//     at least that tier, and its answers quoted at most by that policy.
//
// Such data only ever raises: a decision with it has all matches, at least the tier
// and at least the cards of one without it, and what was withheld stays so. An empty
// source returns r. Faults are joined, each a [Fault] with its line.
func (r *Rules) WithTopics(source string) (*Rules, error) {
	if strings.TrimSpace(source) == "" {
		return r, nil
	}
	files, err := decodeTopics(source)
	if err != nil {
		return nil, err
	}
	b := newTopicsBuilder(r)
	b.build(files)
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	with := *r
	with.own = b.layer()
	b.tryExamples(&with)
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	return &with, nil
}

// WithKeptTopics is [Rules.WithTopics] for topics that were accepted before, perhaps by
// another version of the program: they are not held to their examples again, and a
// document that is at fault now is left out, so that it takes no other one with it. The
// rules are never nil; the error says what was left out.
func (r *Rules) WithKeptTopics(source string) (*Rules, error) {
	if strings.TrimSpace(source) == "" {
		return r, nil
	}
	var kept []*ownFile
	var faults []error
	for _, document := range SplitTopics(source) {
		files, err := decodeTopics(document)
		if err == nil {
			_, err = r.layered(slices.Concat(kept, files))
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		kept = append(kept, files...)
	}
	with, err := r.layered(kept)
	if err != nil || len(kept) == 0 {
		return r, errors.Join(append(faults, err)...)
	}
	return with, errors.Join(faults...)
}

// layered returns the rules with topics that are not held to their examples.
func (r *Rules) layered(files []*ownFile) (*Rules, error) {
	b := newTopicsBuilder(r)
	b.build(files)
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	with := *r
	with.own = b.layer()
	return &with, nil
}

// SplitTopics returns the documents of a guild's data, in their order.
func SplitTopics(source string) []string {
	var documents []string
	var b strings.Builder
	for l := range strings.Lines(source) {
		if strings.TrimRight(l, " \r\n") != "---" {
			b.WriteString(l)
			continue
		}
		documents = append(documents, b.String())
		b.Reset()
	}
	documents = append(documents, b.String())
	return slices.DeleteFunc(documents, func(d string) bool { return strings.TrimSpace(d) == "" })
}
