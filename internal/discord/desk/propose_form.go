package desk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// The form for a safety topic of the server's own. What will not do leads back to it,
// with all that was typed.

// The fields of the form for a topic.
const (
	inputTopic = "topic"
	inputTier  = "tier"
	inputWords = "words"
	inputFires = "fires"
	inputQuiet = "quiet"
	inputBody  = "body"
)

// typedTopic is what was typed into the form for a topic; Topic is the one that changes.
type typedTopic struct {
	Topic  string            `json:"topic,omitempty"`
	Inputs map[string]string `json:"inputs"`
}

// proposeForm asks for a topic, and takes it when it comes back. One that is there is
// changed as the data that it is.
func (d *Desk) proposeForm(ctx context.Context, u Use) (Reply, error) {
	switch {
	case u.Form && u.On != "":
		return d.submit(ctx, u, library.Proposal{Kind: library.ChangeTopic, Topic: u.On, Body: u.Inputs[inputBody]}, "")
	case u.Form:
		body, id, err := writtenTopic(u.Inputs)
		if err != nil {
			return d.notTaken(ctx, u, library.Proposal{Topic: id, Body: body}, err), nil
		}
		return d.submit(ctx, u, library.Proposal{Kind: library.AddTopic, Topic: id, Body: body}, "")
	case u.On != "":
		return d.changeForm(ctx, u)
	}
	return Reply{Form: topicForm(u, nil)}, nil
}

// reproposeForm opens the form with what was typed before.
func (d *Desk) reproposeForm(ctx context.Context, u Use) (Reply, error) {
	var typed typedTopic
	if err := d.keptTyped(ctx, u, &typed); err != nil {
		return Reply{}, err
	}
	if typed.Topic != "" {
		return Reply{Form: bodyForm(u, typed.Topic, typed.Inputs[inputBody])}, nil
	}
	return Reply{Form: topicForm(u, typed.Inputs)}, nil
}

// topicForm is the form for a new topic, with what is known of it.
func topicForm(u Use, typed map[string]string) *api.Modal {
	return &api.Modal{ID: u.Seal(actPropose, "", 0), Title: "A safety topic of this server", Inputs: []api.Input{
		{ID: inputTopic, Label: "Name", Hint: "Such as: pond chemicals", Value: typed[inputTopic], Required: true, Max: 60},
		{ID: inputTier, Label: "Tier: crisis, emergency, urgent or safety", Hint: "crisis and emergency: a card; urgent: see a doctor today; safety: a disclaimer goes first", Value: typed[inputTier], Required: true, Max: 20},
		{ID: inputWords, Label: "Words that fire it, one phrase a line", Hint: "Such as: drank pond cleaner", Value: typed[inputWords], Long: true, Required: true, Max: 2000},
		{ID: inputFires, Label: "Messages that must fire it: three or more", Hint: "One a line, each with one of the phrases. Such as: my son drank pond cleaner", Value: typed[inputFires], Long: true, Required: true, Max: 2000},
		{ID: inputQuiet, Label: "Look-alikes that must not: two or more", Hint: "One a line. Such as: where can I buy pond cleaner?", Value: typed[inputQuiet], Long: true, Required: true, Max: 2000},
	}}
}

// changeForm is the form for a topic that is there.
func (d *Desk) changeForm(ctx context.Context, u Use) (Reply, error) {
	own, err := d.Bench.Topics(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	i := slices.IndexFunc(own, func(t bench.OwnTopic) bool { return t.ID == u.On })
	switch {
	case i < 0:
		return Reply{}, fmt.Errorf("%w: %.40q is no topic of this server; those that came with the bot cannot be changed, only made stricter by a file with raise", article.ErrNotFound, u.On)
	case len([]rune(own[i].Body)) > 4000 || fitting(u.On) == "":
		return beside(attached(panel("Topic "+own[i].ID, "It is too long for a form. Change the attached file and give it back with /safety propose, in the option file."), own[i].ID+".yaml", []byte(own[i].Body))), nil
	}
	return Reply{Form: bodyForm(u, u.On, own[i].Body)}, nil
}

// bodyForm is the form for a topic that is there, as the data that it is.
func bodyForm(u Use, id, body string) *api.Modal {
	return &api.Modal{ID: u.Seal(actPropose, id, 0), Title: cut("Topic "+id, 45), Inputs: []api.Input{
		{ID: inputBody, Label: "The topic's data", Value: body, Long: true, Required: true, Max: 4000},
	}}
}

// topicName is what a topic may be called.
var topicName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// inTopicName are runs of what a topic's name cannot hold.
var inTopicName = regexp.MustCompile(`[^a-z0-9]+`)

// writtenTopic makes the data of a topic of what was typed into the form. Its error says
// all that is missing; the data are returned all the same.
func writtenTopic(in map[string]string) (body, id string, err error) {
	id = strings.Trim(inTopicName.ReplaceAllString(strings.ToLower(in[inputTopic]), "-"), "-")
	name := strings.ToLower(strings.TrimSpace(in[inputTier]))
	words, fires, quiet := linesOf(in[inputWords]), linesOf(in[inputFires]), linesOf(in[inputQuiet])
	var wrong []string
	if !topicName.MatchString(id) {
		wrong = append(wrong, "The name needs plain letters, and a letter first; write another one, such as pond chemicals.")
	}
	tier, bad := safety.ParseTier(name)
	if bad != nil || tier < safety.TierSafety {
		wrong = append(wrong, "The tier must be crisis, emergency, urgent or safety.")
	}
	if n := len(fires); n < 3 {
		wrong = append(wrong, fmt.Sprintf("There must be at least three messages that fire it, one a line; you wrote %d.", n))
	}
	if n := len(quiet); n < 2 {
		wrong = append(wrong, fmt.Sprintf("There must be at least two look-alikes that do not fire it, one a line; you wrote %d.", n))
	}
	if len(wrong) > 0 {
		err = fmt.Errorf("%w: %s", article.ErrInvalid, strings.Join(wrong, "\n"))
	}
	quote := safety.QuoteNever
	if tier == safety.TierSafety {
		quote = safety.QuoteAllow // after the disclaimer
	}
	var b strings.Builder
	fmt.Fprintf(&b, "topics:\n  - id: %s\n    tier: %s\n    quote: %s\n", cmp.Or(id, "topic"), strconv.Quote(name), quote)
	writeList(&b, "    any:\n", "      - ", words)
	b.WriteString("    examples:\n")
	writeList(&b, "      positive:\n", "        - ", fires)
	writeList(&b, "      negative:\n", "        - ", quiet)
	return b.String(), id, err
}

// linesOf are the lines of a text that say something.
func linesOf(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// writeList writes a list of data below its name.
func writeList(b *strings.Builder, head, indent string, entries []string) {
	b.WriteString(head)
	for _, entry := range entries {
		b.WriteString(indent + strconv.Quote(entry) + "\n")
	}
}
