package desk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"verbatim/internal/article"
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

// submit hands a proposal over. What cannot be read is given back with what is wrong.
func (d *Desk) submit(ctx context.Context, u Use, p library.Proposal, reason string) (Reply, error) {
	alone, err := d.alone(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	got, err := d.Bench.Propose(ctx, u.Guild, p, alone, u.Act(reason))
	if err != nil && p.Body != "" {
		return d.notTaken(ctx, u, p, err), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if got.InForce {
		return say("Done: it is in force now. /safety test shows what a message is treated as."), nil
	}
	return say("Kept, and not in force yet. " + got.Waits + " It is listed in /safety approve."), nil
}

// inTopicData matches where a fault of a topic's data is.
var inTopicData = regexp.MustCompile(`(?im)^topics(?::(\d+))?: `)

// notTaken says why a proposal was not taken, and gives back what was written.
func (d *Desk) notTaken(ctx context.Context, u Use, p library.Proposal, err error) Reply {
	if unexpected(err) != nil {
		d.Log.ErrorContext(ctx, "a proposal could not be taken", "error", err)
	}
	where := ""
	if !u.Form || u.On != "" { // the lines are those that somebody wrote
		where = "line $1: "
	}
	var faults []string
	for line := range strings.Lines(sentence(err)) {
		line = strings.TrimPrefix(inTopicData.ReplaceAllString(strings.TrimSpace(line), where), "line : ")
		faults = append(faults, render.Escape(ended(upperFirst(line))))
	}
	end := "What you wrote is attached. Correct it and give it back with /safety propose, in the option file."
	if u.Form {
		end = "Nothing that you wrote is lost: correct it in the form, or correct the attached file and give it back with /safety propose, in the option file."
	}
	m := attached(panel("Not taken", list(faults, 12), end), cmp.Or(p.Topic, "topic")+".yaml", []byte(p.Body))
	if !u.Form {
		return with(m)
	}
	return with(m, d.again(ctx, u, actRepropose, typedTopic{Topic: u.On, Inputs: u.Inputs}))
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
			return d.proposal(ctx, u, open[i])
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
func (d *Desk) proposal(ctx context.Context, u Use, p library.Record[library.Proposal]) (Reply, error) {
	own, err := d.Bench.Topics(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	m := panel("To be decided", proposed(p.Value))
	if i := slices.IndexFunc(own, func(t bench.OwnTopic) bool { return t.ID == p.Value.Topic }); i >= 0 && p.Value.Kind != library.AddTopic {
		m.Embeds[0].Description += "\n\n**As it is now**"
		m = whole(m, "now.yaml", own[i].Body)
	}
	if body := strings.TrimSpace(p.Value.Body); body != "" {
		m.Embeds[0].Description += "\n\n**As it would be**"
		m = whole(m, cmp.Or(p.Value.Topic, "topic")+".yaml", body)
	}
	return with(m, row(
		styled(u.button("Approve", actDecide, p.ID, 1), render.Success), styled(u.button("Refuse", actDecide, p.ID, 0), render.Danger),
		u.button("Back", actProposals, "", 0))), nil
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
