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
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// Proposals for the server's own safety topics.

// maxTopicFile is how large a file with a topic may be.
const maxTopicFile = 64 << 10

// propose takes a proposal: from a file, or from a form; or that a topic is to go.
func (d *Desk) propose(ctx context.Context, u Use) (Reply, error) {
	topic := u.Texts["topic"]
	switch {
	case u.Texts["do"] == string(library.RemoveTopic) && topic == "":
		return Reply{}, fmt.Errorf("%w: say which topic is to go, in the option topic", article.ErrInvalid)
	case u.Texts["do"] == string(library.RemoveTopic):
		return d.submit(ctx, u, library.Proposal{Kind: library.RemoveTopic, Topic: topic}, u.Texts["reason"])
	case u.File != nil:
		return d.proposeFile(ctx, u, topic)
	case topic != "":
		u.On = topic
	}
	return d.proposeForm(ctx, u)
}

// proposeFile takes a topic from a file.
func (d *Desk) proposeFile(ctx context.Context, u Use, topic string) (Reply, error) {
	if u.File.Size > maxTopicFile {
		return Reply{}, fmt.Errorf("%w: the file has %d bytes, and the limit is %d; propose fewer words", article.ErrTooLarge, u.File.Size, maxTopicFile)
	}
	data, err := u.Fetch(ctx, *u.File, maxTopicFile)
	if err != nil {
		return Reply{}, err
	}
	kind := library.AddTopic
	if topic != "" {
		kind = library.ChangeTopic
	}
	return d.submit(ctx, u, library.Proposal{Kind: kind, Topic: topic, Body: string(data)}, u.Texts["reason"])
}

// The fields of the form for a topic.
const (
	inputTopic = "topic"
	inputTier  = "tier"
	inputWords = "words"
	inputFires = "fires"
	inputQuiet = "quiet"
	inputBody  = "body"
)

// proposeForm asks for a topic, and takes it when it comes back. One that is there is
// changed as the data that it is.
func (d *Desk) proposeForm(ctx context.Context, u Use) (Reply, error) {
	if u.Form && u.On != "" {
		return d.submit(ctx, u, library.Proposal{Kind: library.ChangeTopic, Topic: u.On, Body: u.Inputs[inputBody]}, "")
	}
	if u.Form {
		body, id, err := writtenTopic(u.Inputs)
		if err != nil {
			return Reply{}, err
		}
		return d.submit(ctx, u, library.Proposal{Kind: library.AddTopic, Topic: id, Body: body}, "")
	}
	if u.On != "" {
		return d.changeForm(ctx, u)
	}
	return Reply{Form: topicForm(u, "", "")}, nil
}

// topicForm is the form for a new topic, with a tier and an example to begin with.
func topicForm(u Use, tier, example string) *api.Modal {
	return &api.Modal{ID: u.Seal(actPropose, "", 0), Title: "A safety topic of this server", Inputs: []api.Input{
		{ID: inputTopic, Label: "Name, such as pond-chemicals", Required: true, Max: 60},
		{ID: inputTier, Label: "Tier: crisis, emergency, urgent or safety", Value: tier, Required: true, Max: 20},
		{ID: inputWords, Label: "Words that fire it, one phrase a line", Long: true, Required: true, Max: 2000},
		{ID: inputFires, Label: "Messages that must fire it, one a line", Value: example, Long: true, Required: true, Max: 2000},
		{ID: inputQuiet, Label: "Look-alikes that must not, one a line", Long: true, Required: true, Max: 2000},
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
	return Reply{Form: &api.Modal{ID: u.Seal(actPropose, u.On, 0), Title: cut("Topic "+own[i].ID, 45), Inputs: []api.Input{
		{ID: inputBody, Label: "The topic's data", Value: own[i].Body, Long: true, Required: true, Max: 4000},
	}}}, nil
}

// topicName is what a topic may be called.
var topicName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// writtenTopic makes the data of a topic of what was typed into the form.
func writtenTopic(in map[string]string) (body, id string, err error) {
	id = strings.ToLower(strings.TrimSpace(in[inputTopic]))
	if !topicName.MatchString(id) {
		return "", "", fmt.Errorf("%w: a topic's name has small letters, digits and hyphens only, such as pond-chemicals; write another name", article.ErrInvalid)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "topics:\n  - id: %s\n    tier: %s\n", id, strconv.Quote(strings.ToLower(strings.TrimSpace(in[inputTier]))))
	lines(&b, "    any:\n", "      - ", in[inputWords])
	b.WriteString("    examples:\n")
	lines(&b, "      positive:\n", "        - ", in[inputFires])
	lines(&b, "      negative:\n", "        - ", in[inputQuiet])
	return b.String(), id, nil
}

// lines writes each line of a text as an entry of a list.
func lines(b *strings.Builder, head, indent, text string) {
	b.WriteString(head)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(indent + strconv.Quote(line) + "\n")
		}
	}
}

// submit hands a proposal over. What cannot be read is given back with what is wrong.
func (d *Desk) submit(ctx context.Context, u Use, p library.Proposal, reason string) (Reply, error) {
	alone, err := d.alone(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	got, err := d.Bench.Propose(ctx, u.Guild, p, alone, u.Act(reason))
	if err != nil && p.Body != "" && unexpected(err) == nil {
		m := panel("Not taken", render.Escape(sentence(err)), "What you wrote is attached. Correct it and give it back with /safety propose, in the option file.")
		return with(attached(m, cmp.Or(p.Topic, "topic")+".yaml", []byte(p.Body))), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if got.InForce {
		return say("Done: it is in force now. /safety test shows what a message is treated as."), nil
	}
	return say("Kept, and not in force yet. " + got.Waits + " It is listed in /safety approve."), nil
}

// aloneLooks is how many of the last changes are looked at for somebody else's.
const aloneLooks = 500

// alone reports whether the member owns the server and nobody else moderates it, as far
// as can be known: no roles are named for that, and nobody else has changed anything.
func (d *Desk) alone(ctx context.Context, u Use) (bool, error) {
	if !u.Owner || len(u.Settings.ModeratorRoles) > 0 {
		return false, nil
	}
	last, err := d.Articles.LastEntry(ctx, u.Guild)
	if err != nil {
		return false, err
	}
	entries, err := d.Articles.Trail(ctx, u.Guild, max(0, last.N-aloneLooks), aloneLooks)
	others := slices.ContainsFunc(entries, func(e library.Entry) bool { return e.Actor != u.Member && e.Actor != library.Host })
	return err == nil && !others, err
}

// proposals lists what waits to be decided, or shows one.
func (d *Desk) proposals(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Proposals(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	open := slices.DeleteFunc(slices.Clone(all), func(p library.Record[library.Proposal]) bool { return p.Value.State != library.ProposalOpen })
	if len(u.Values) == 1 {
		if i := slices.IndexFunc(open, func(p library.Record[library.Proposal]) bool { return p.ID == u.Values[0] }); i >= 0 {
			return u.proposal(open[i]), nil
		}
	}
	if len(open) == 0 {
		return say("Nothing waits to be decided."), nil
	}
	var entries []render.Entry
	var texts []string
	for _, p := range open {
		texts = append(texts, proposed(p.Value))
		entries = append(entries, render.Entry{Label: cut(string(p.Value.Kind)+" "+p.Value.Topic, 100), Value: p.ID})
	}
	return with(panel("Waiting for a second moderator", list(texts, 20)), u.menu(actProposals, "", "Look at one", entries)), nil
}

// proposed is a proposal in one line.
func proposed(p library.Proposal) string {
	line := fmt.Sprintf("%s the topic **%s**, by <@%s>, <t:%d:R>", p.Kind, render.Escape(p.Topic), p.By, p.At.Unix())
	switch p.State {
	case library.ProposalApproved, library.ProposalRefused:
		by := ""
		if p.DecidedBy != "" {
			by = " by <@" + p.DecidedBy + ">"
		}
		line += ": " + string(p.State) + by
	case library.ProposalOpen:
		line += ": waits"
	}
	return line
}

// proposal shows one that waits, with what decides it.
func (u Use) proposal(p library.Record[library.Proposal]) Reply {
	m := panel("To be decided", proposed(p.Value))
	if p.Value.Body != "" {
		m = whole(m, cmp.Or(p.Value.Topic, "topic")+".yaml", p.Value.Body)
	}
	return with(m, row(
		styled(u.button("Approve", actDecide, p.ID, 1), render.Success), styled(u.button("Refuse", actDecide, p.ID, 0), render.Danger),
		u.button("Back", actProposals, "", 0)))
}

// decide approves or refuses a proposal.
func (d *Desk) decide(ctx context.Context, u Use) (Reply, error) {
	alone, err := d.alone(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	got, err := d.Bench.Decide(ctx, u.Guild, u.On, u.Page == 1, alone, u.Act(""))
	switch {
	case err != nil:
		return Reply{}, err
	case got.InForce:
		return say("Approved: it is in force now."), nil
	case got.Waits != "":
		return say(got.Waits), nil
	}
	return say("Refused. Nothing was changed."), nil
}

// proposalLog lists all proposals, the newest first.
func (d *Desk) proposalLog(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Proposals(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	var texts []string
	for _, p := range all {
		texts = append(texts, proposed(p.Value))
	}
	if len(texts) == 0 {
		texts = []string{"Nothing was proposed yet."}
	}
	return with(panel("Changes of this server's safety topics", list(texts, 25), "Every change is in /kb audit as well.")), nil
}
