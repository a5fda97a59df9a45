package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library/bench"
)

// gapsOff says what is kept when a guild asks for it, and what members are told.
const gapsOff = "Questions that the bot could not answer are not kept here. You can turn that on in /settings show, under “Keep unanswered questions”."

// gapsMean says what is kept, as members are told.
const gapsMean = "While it is on, /privacy and /help tell members so. What is kept is the question alone, for 30 days: not who asked or where, " +
	"and without mentions, names, addresses, numbers and links. Nothing is kept of questions that call for a doctor, an emergency service or a helpline."

// gaps lists what members asked for in vain, the most frequent first.
func (d *Desk) gaps(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Bench.Gaps(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	switch {
	case len(all) == 0 && !u.Settings.Gaps:
		return Reply{Show: new(panel("Missed questions", gapsOff, gapsMean))}, nil
	case len(all) == 0:
		return say("No question was missed in the last 30 days."), nil
	}
	from, to, page := pageOf(u.Page, len(all))
	var entries []render.Entry
	for _, g := range all[from:to] {
		entries = append(entries, render.Entry{Label: inMenu(strconv.Itoa(g.Count) + " × " + oneLine(g.Text)), Value: g.IDs[0]})
	}
	off := ""
	if !u.Settings.Gaps {
		off = "Keeping them was turned off. These are from before, and go when they are 30 days old."
	}
	m := panel("Missed questions", "What members asked and the articles did not answer; what is alike is counted together.", off, shortened(roomy, func(most int) []string {
		lines := make([]string, 0, pageLength)
		for _, g := range all[from:to] {
			lines = append(lines, fmt.Sprintf("**%d ×** %s (last %s)", g.Count, plain(g.Text, most), moment(g.Last, 'd')))
		}
		return lines
	}))
	return with(m, u.menu(actGap, "", "Choose one to close the gap…", entries),
		row(u.turn(actGaps, page, "More frequent", "Less frequent", to < len(all))...)), nil
}

// gap shows a group with what can be done about it.
func (d *Desk) gap(ctx context.Context, u Use) (Reply, error) {
	if len(u.Values) != 1 {
		return Reply{}, fmt.Errorf("%w: choose one of the missed questions", article.ErrInvalid)
	}
	g, err := d.gapOf(ctx, u.Guild, u.Values[0])
	if err != nil {
		return Reply{}, err
	}
	m := panel("A missed question", blockQuote(g.Text, 1000),
		fmt.Sprintf("Asked %s, first %s, last %s.", counted(g.Count, "time", "times"), moment(g.First, 'd'), moment(g.Last, 'd')),
		list([]string{
			"**Write an answer:** a new article. The form is empty: what members typed is never put into one. Dismiss the question here once the article is out.",
			"**Point at a passage:** an article answers already. You search for the passage and write the question in your own words.",
			"**Dismiss:** takes it off the list.",
		}, 3))
	return with(m, row(
		styled(u.button("Write an answer…", actGapWrite, g.IDs[0], 0), render.Primary),
		u.button("Point at a passage…", actSearch, forGap+g.IDs[0], 0),
		styled(u.button("Dismiss", actGapDismiss, g.IDs[0], 0), render.Danger),
		u.button("Back", actGaps, "", 0),
	)), nil
}

// gapOf finds the group that a missed question is in.
func (d *Desk) gapOf(ctx context.Context, guild, id string) (bench.Gap, error) {
	all, err := d.Bench.Gaps(ctx, guild)
	if err != nil {
		return bench.Gap{}, err
	}
	i := slices.IndexFunc(all, func(g bench.Gap) bool { return slices.Contains(g.IDs, id) })
	if i < 0 {
		return bench.Gap{}, fmt.Errorf("%w: this question is not on the list any more: it was dismissed, or it is older than 30 days", article.ErrNotFound)
	}
	return all[i], nil
}

// gapWrite opens the form for an article, with nothing in it.
func (d *Desk) gapWrite(_ context.Context, u Use) (Reply, error) { return u.addForm(nil), nil }

// gapDismiss takes a group off the list.
func (d *Desk) gapDismiss(ctx context.Context, u Use) (Reply, error) {
	if err := d.dropGap(ctx, u, u.On); err != nil {
		return Reply{}, err
	}
	return with(panel("Dismissed", "It is off the list. If somebody asks it again, it comes back."), row(u.button("Back to the list", actGaps, "", 0))), nil
}

// dropGap takes the group of a missed question off the list. One that is gone already is fine.
func (d *Desk) dropGap(ctx context.Context, u Use, id string) error {
	g, err := d.gapOf(ctx, u.Guild, id)
	if errors.Is(err, article.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.Bench.Dismiss(ctx, u.Guild, g.IDs, u.Act(""))
}
