package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// A guild's safety data is one text, the setting [library.SafetyTopics]: a YAML document
// for each topic of its own and for each shipped topic that it makes stricter, sorted by
// id and divided by lines of "---". Each begins with a comment that names it, and goes on
// as its author wrote it, with all the concepts that it needs.
const (
	topicHeader  = "# topic: "
	topicDivider = "---\n"
)

// fragment is one document of a guild's safety data.
type fragment struct {
	OwnTopic
	topic safety.Topic  // as it is in force
	rules *safety.Rules // the shipped rules with it alone; nil when it cannot be read any more
}

// Topics lists the guild's own safety topics and its stricter versions of shipped ones,
// the highest tier first, then by id. One that another version of the program accepted
// and this one cannot read has no tier: it is not in force.
func (b *Bench) Topics(ctx context.Context, guild string) ([]OwnTopic, error) {
	fragments, _, err := b.fragments(ctx, guild)
	if err != nil {
		return nil, err
	}
	topics := make([]OwnTopic, 0, len(fragments))
	for _, f := range fragments {
		topics = append(topics, f.OwnTopic)
	}
	slices.SortStableFunc(topics, func(x, y OwnTopic) int { return cmp.Compare(y.Tier, x.Tier) })
	return topics, nil
}

// OwnRules returns the rules as they hold in a guild, with its topics and helplines.
// What cannot be read is left out.
func (b *Bench) OwnRules(ctx context.Context, guild string) (*safety.Rules, error) {
	texts, err := b.Settings.Settings(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reading the safety topics: %w", err)
	}
	rules, _ := b.Rules.WithKeptTopics(texts[library.SafetyTopics]) // Topics shows what was left out
	settings, _ := library.ParseSettings(texts)                     // the defaults where it cannot be read
	if with, err := rules.WithHelplines(settings.Helplines); err == nil && len(settings.Helplines) > 0 {
		rules = with
	}
	return rules, nil
}

// fragments reads the guild's safety data, sorted by id, and returns the text as well.
func (b *Bench) fragments(ctx context.Context, guild string) (fragments []fragment, text string, err error) {
	texts, err := b.Settings.Settings(ctx, guild)
	if err != nil {
		return nil, "", fmt.Errorf("reading the safety topics: %w", err)
	}
	text = texts[library.SafetyTopics]
	for _, document := range safety.SplitTopics(text) {
		id, body := cutTopicHeader(document)
		f := fragment{OwnTopic: OwnTopic{ID: id, Body: body}}
		if rules, err := b.Rules.WithKeptTopics(body); err == nil {
			if read, err := fragmentIn(rules, body); err == nil {
				f = read
			}
		}
		fragments = append(fragments, f)
	}
	slices.SortStableFunc(fragments, func(x, y fragment) int { return cmp.Compare(x.ID, y.ID) })
	return fragments, text, nil
}

// cutTopicHeader takes the comment off that names a document.
func cutTopicHeader(document string) (id, body string) {
	rest, named := strings.CutPrefix(document, topicHeader)
	if !named {
		return "unnamed", document
	}
	id, body, _ = strings.Cut(rest, "\n")
	return strings.TrimSpace(id), body
}

// fragmentIn returns the one topic that a document adds to the shipped rules, or makes
// stricter.
func fragmentIn(rules *safety.Rules, body string) (fragment, error) {
	topics := slices.DeleteFunc(rules.Topics(), func(t safety.Topic) bool { return !t.Own && !t.Raised })
	if len(topics) != 1 {
		return fragment{}, fmt.Errorf("%w: the data has %d topics; propose one at a time, each with the concepts that it needs", article.ErrInvalid, len(topics))
	}
	f := fragment{topic: topics[0], rules: rules, OwnTopic: OwnTopic{ID: topics[0].ID, Tier: topics[0].Tier, Body: body}}
	if f.topic.Own {
		f.Positive, f.Negative = f.topic.Positive, f.topic.Negative
	} else {
		f.Raises = f.ID
	}
	return f, nil
}

// documentMark matches a line that begins or ends a YAML document.
var documentMark = regexp.MustCompile(`(?m)^(---|\.\.\.)([ \t]|$)`)

// lint reads a topic that somebody proposes and holds it to its own examples.
func (b *Bench) lint(body string) (fragment, error) {
	switch {
	case strings.TrimSpace(body) == "":
		return fragment{}, fmt.Errorf("%w: the topic has no data; write it as the shipped topics are written", article.ErrInvalid)
	case documentMark.MatchString(body):
		return fragment{}, fmt.Errorf("%w: the data has several YAML documents; propose one at a time", article.ErrInvalid)
	}
	rules, err := b.Rules.WithTopics(body)
	if err != nil {
		return fragment{}, asInvalid(err)
	}
	return fragmentIn(rules, body)
}

// lintWhole holds all topics together to their examples. Those that cannot be read any
// more are left out, so that they do not stand in the way of others.
func (b *Bench) lintWhole(fragments []fragment) error {
	readable := slices.DeleteFunc(slices.Clone(fragments), func(f fragment) bool { return f.rules == nil })
	if _, err := b.Rules.WithTopics(joinTopics(readable)); err != nil {
		return fmt.Errorf("together with the server's other topics: %w", asInvalid(err))
	}
	return nil
}

// joinTopics writes a guild's safety data.
func joinTopics(fragments []fragment) string {
	documents := make([]string, 0, len(fragments))
	for _, f := range fragments {
		documents = append(documents, topicHeader+f.ID+"\n"+strings.TrimRight(f.Body, "\n")+"\n")
	}
	return strings.Join(documents, topicDivider)
}

// maxTopicFaults is how many faults of a topic are told at once.
const maxTopicFaults = 10

// asInvalid is article.ErrInvalid with the first faults of safety data, a line each.
func asInvalid(err error) error {
	faults := []error{err}
	if joined, ok := errors.AsType[interface {
		error
		Unwrap() []error
	}](err); ok {
		faults = joined.Unwrap()
	}
	if more := len(faults) - maxTopicFaults; more > 0 {
		faults = append(faults[:maxTopicFaults:maxTopicFaults], fmt.Errorf("and %d more faults", more))
	}
	return fmt.Errorf("%w: %w", article.ErrInvalid, errors.Join(faults...))
}
