package desk

import (
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// shouldBeSilent says that an answer should have been none.
func (d *Desk) shouldBeSilent(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return askWords(u.Seal(actSilent, u.On, 0), false), nil
	}
	return d.repair(ctx, u, bench.Repair{Answer: u.On, Kind: library.NoAnswer})
}

// takeDown removes a posted answer.
func (d *Desk) takeDown(ctx context.Context, u Use) (Reply, error) {
	return d.repair(ctx, u, bench.Repair{Answer: u.On, Kind: library.RemoveAnswer})
}

// isRight keeps an answer as what its question is to get.
func (d *Desk) isRight(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return askWords(u.Seal(actRight, u.On, 0), true), nil
	}
	return d.repair(ctx, u, bench.Repair{Answer: u.On, Kind: library.RightAnswer})
}

// tiers shows which tiers are above the one that an answer had.
func (d *Desk) tiers(ctx context.Context, u Use) (Reply, error) {
	p, err := d.Answers.PostedByID(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, gone(err)
	}
	entries := tierEntries(tierOf(p.Tier) + 1)
	if len(entries) == 0 {
		return say("This answer already had the highest tier, crisis."), nil
	}
	m := panel("How dangerous is it?", "The answer was taken as: "+tierName(p.Tier)+". A server can raise that, never lower it.")
	return with(m, u.menu(actTier, p.ID, "Choose how dangerous it is…", entries), row(u.backFrom(forAnswer, p.ID))), nil
}

// tierEntries are the entries of a menu of the tiers from the least one up.
func tierEntries(least safety.Tier) []render.Entry {
	var entries []render.Entry
	for t := max(least, safety.TierSafety); t <= safety.TierCrisis; t++ {
		entries = append(entries, render.Entry{Label: upperFirst(t.String()), Value: t.String(), Detail: tierMeans(t)})
	}
	return entries
}

// tierMeans says what a tier is for.
func tierMeans(t safety.Tier) string {
	return map[safety.Tier]string{
		safety.TierSafety:    "advice or a risk: a medical-advice disclaimer goes first",
		safety.TierUrgent:    "medical help today: an urgent card goes first",
		safety.TierEmergency: "call emergency services now: a card and no quote",
		safety.TierCrisis:    "suicide, self-harm, abuse, assault: a card with helplines and no quote",
	}[t]
}

// wrongTier asks for the question behind the tier that was chosen, and records it.
func (d *Desk) wrongTier(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		tier, err := safety.ParseTier(strings.Join(u.Values, ""))
		if err != nil {
			return Reply{}, fmt.Errorf("%w: choose one of the tiers", article.ErrInvalid)
		}
		return askWords(u.Seal(actTier, u.On, int(tier)), false), nil
	}
	return d.repair(ctx, u, bench.Repair{Answer: u.On, Kind: library.WrongTier, Tier: tierAt(u.Page).String()})
}

// repair corrects a posted answer with the question that was typed, if any, and says
// what came of it.
func (d *Desk) repair(ctx context.Context, u Use, r bench.Repair) (Reply, error) {
	r.Question = strings.TrimSpace(u.Inputs[inQuestion])
	p, err := d.Answers.PostedByID(ctx, u.Guild, r.Answer)
	if err != nil {
		return d.kept(ctx, u, gone(err)), nil
	}
	done, err := d.Bench.Correct(ctx, u.Guild, r, u.Act(""))
	if err != nil {
		return d.kept(ctx, u, err), nil
	}
	m := panel("Done", list(append([]string{becomesOf(u, p, r.Kind, done)}, learnt(r, done)...), 10), howToUndo(r.Kind))
	buttons := []render.Button{u.button("See all corrections", actCorrections, "", 0)}
	if r.Kind == library.WrongTier {
		propose, err := d.proposeButton(ctx, u, tierOf(r.Tier), r.Question)
		if err != nil {
			return Reply{}, err
		}
		buttons = append([]render.Button{propose}, buttons...)
	}
	return with(m, row(buttons...)), nil
}

// becomesOf says what happens to the posted message.
func becomesOf(u Use, p library.Posted, kind library.CorrectionKind, done bench.Repaired) string {
	switch {
	case kind == library.RightAnswer || done.Job == "":
		return "The posted answer stays as it is."
	case kind == library.RemoveAnswer:
		return "The posted answer is being removed."
	case p.Private:
		return "The posted answer stays as it is, because only the member who asked can see it."
	}
	switch u.Settings.Propagation {
	case library.PropagateRemove:
		return "The posted answer is being removed, as this server has set it."
	case library.PropagateEdit:
		if kind == library.WrongPassage {
			return "The posted answer is being edited, as this server has set it: it will show the passage that you chose, " +
				"or say that a moderator found it wrong where that passage cannot be shown."
		}
		return "The posted answer is being edited to say that a moderator found it wrong, as this server has set it."
	case library.PropagateMark:
	}
	return "The posted answer is being marked: it will say that a moderator found it wrong."
}

// learnt says what a correction means for later answers.
func learnt(r bench.Repair, done bench.Repaired) []string {
	if r.Question == "" {
		if r.Kind == library.RemoveAnswer {
			return []string{"Later answers do not change: the same question may get the same answer again."}
		}
		return []string{"You wrote no question, so later answers do not change."}
	}
	var lines []string
	switch {
	case done.Preference == "":
	case r.Kind == library.NoAnswer:
		lines = append(lines, "From now on the bot stays silent on questions like yours.")
	default:
		lines = append(lines, "From now on questions like yours are answered with the passage that you chose.")
	}
	if done.Golden != "" {
		lines = append(lines, "Your question is now a test. /kb test runs it, and you are warned before a change breaks it.")
	}
	if r.Kind == library.WrongTier {
		lines = append(lines, "That test fails until a safety topic covers it, because only topics decide how dangerous a question is. "+
			"Propose one below, or with /safety propose.")
	}
	return lines
}

func howToUndo(kind library.CorrectionKind) string {
	if kind == library.RemoveAnswer {
		return "A removed message does not come back."
	}
	return "If this was a mistake: /kb corrections undoes it."
}

// point makes a passage the answer to the question that a moderator typed, and drops the
// gap that it closes.
func (d *Desk) point(ctx context.Context, u Use, gap string, place library.Place) (Reply, error) {
	done, err := d.Bench.Point(ctx, u.Guild, u.Inputs[inQuestion], place, u.Act(""))
	if err != nil {
		return d.kept(ctx, u, err), nil
	}
	lines := learnt(bench.Repair{Kind: library.WrongPassage, Question: u.Inputs[inQuestion]}, done)
	if err := d.dropGap(ctx, u, gap); err != nil {
		lines = append(lines, "The missed questions could not be taken off the list just now. Dismiss them in /kb gaps.")
	} else {
		lines = append(lines, "The missed questions are off the list.")
	}
	m := panel("Done", list(lines, 10), howToUndo(library.WrongPassage))
	return with(m, row(u.button("Back to the gaps", actGaps, "", 0), u.button("See all corrections", actCorrections, "", 0))), nil
}
