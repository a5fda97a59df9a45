package desk

import (
	"context"
	"errors"
	"fmt"
	"math"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// correct shows the posted answer that a message is, and what can be said of it.
func (d *Desk) correct(ctx context.Context, u Use) (Reply, error) {
	if !u.Target.Our {
		return say("That message is not from the bot. Use this on one of the bot's answers."), nil
	}
	p, err := d.Answers.PostedByMessage(ctx, u.Guild, u.Target.ID)
	if errors.Is(err, article.ErrNotFound) {
		return say(fmt.Sprintf("That message is no answer that is kept: either it is not an answer, or it was removed, or it is older than %s, which is how long this server keeps them. "+
			"Ask the question again with /ask and correct the new answer.", counted(u.Settings.RetentionDays, "day", "days"))), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return d.postedScreen(ctx, u, p)
}

// backToPosted shows a posted answer again.
func (d *Desk) backToPosted(ctx context.Context, u Use) (Reply, error) {
	p, err := d.Answers.PostedByID(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, gone(err)
	}
	return d.postedScreen(ctx, u, p)
}

// postedScreen shows a posted answer with the buttons that correct it.
func (d *Desk) postedScreen(ctx context.Context, u Use, p library.Posted) (Reply, error) {
	quoted, err := d.quoted(ctx, u, p)
	if err != nil {
		return Reply{}, err
	}
	before, err := d.correctedBefore(ctx, u, p.ID)
	if err != nil {
		return Reply{}, err
	}
	facts := fmt.Sprintf("Posted %s. Taken as: %s.", moment(p.At, 'f'), tierName(p.Tier))
	if p.Quoted.Article != "" {
		facts += fmt.Sprintf(" The bot was %d %% sure.", int(math.Round(float64(p.Sure)/10)))
	}
	var lines []string
	var wrong, rest []render.Button
	for _, c := range verdicts(p) {
		lines = append(lines, "**"+c.label+":** "+c.does)
		b := styled(u.button(c.label, c.action, p.ID, 0), c.style)
		if c.style == render.Success || c.style == render.Danger {
			rest = append(rest, b)
		} else {
			wrong = append(wrong, b)
		}
	}
	m := panel("Correct this answer", append(quoted, facts, whoSees(p), before, "**What is wrong with it?**\n"+list(lines, len(lines)))...)
	return with(m, row(wrong...), row(rest...)), nil
}

// finding is something that can be said of an answer.
type finding struct {
	label, does string
	action      Action
	style       render.Style
}

// verdicts are those that make sense of an answer.
func verdicts(p library.Posted) []finding {
	var all []finding
	quotes, tier := p.Quoted.Article != "", tierOf(p.Tier)
	if quotes {
		all = append(all,
			finding{"Another passage answers", "you pick the right one.", actOther, render.Primary},
			finding{"Should not have answered", "the bot stays silent on questions like it.", actSilent, render.Secondary})
	} else if tier < safety.TierEmergency {
		all = append(all, finding{"A passage answers", "you pick it.", actOther, render.Primary})
	}
	if tier < safety.TierCrisis {
		all = append(all, finding{"More dangerous than that", "you say how dangerous, and can propose a safety topic.", actTiers, render.Secondary})
	}
	if outcome := answer.Outcome(p.Outcome); quotes || outcome == answer.Abstained || outcome == answer.CardOnly {
		all = append(all, finding{"This is right", "kept as a test, so that you are warned before a change breaks it.", actRight, render.Success})
	}
	if !p.Private {
		all = append(all, finding{"Remove it", "deletes the message at once. That cannot be undone.", actTakeDown, render.Danger})
	}
	return all
}

// quoted shows what an answer quoted, and where from.
func (d *Desk) quoted(ctx context.Context, u Use, p library.Posted) ([]string, error) {
	if p.Quoted.Article == "" {
		return []string{"It quoted no article."}, nil
	}
	was, err := d.Reader.Recall(ctx, u.Guild, p.Quoted)
	if errors.Is(err, article.ErrNotFound) {
		return []string{"The words that it quoted are not kept any more. They were from the article " + plain(p.Quoted.Article, 200) + "."}, nil
	}
	if err != nil {
		return nil, err
	}
	q := was.Quote
	source := "From **" + heading(q.Title, q.Section) + "**"
	if !q.Updated.IsZero() {
		source += ", last updated " + q.Updated.String()
	}
	source += "."
	switch was.Standing {
	case library.Revised:
		source += " The article has changed since."
	case library.Departed:
		source += " The bot does not answer from this article any more."
	case library.Current, library.Retracted:
	}
	return []string{blockQuote(q.Text, 800), source}, nil
}

// whoSees says what stands in the way of changing a posted answer, or what was done to it.
func whoSees(p library.Posted) string {
	switch {
	case p.Private:
		return "Only the member who asked can see this answer, so the message itself stays as it is. What you say counts for later answers."
	case p.Shown == library.Retracted:
		return "The message already says that a moderator found it wrong."
	}
	return ""
}

// correctedBefore says that an answer was corrected already, and how.
func (d *Desk) correctedBefore(ctx context.Context, u Use, id string) (string, error) {
	all, err := d.Bench.Corrections(ctx, u.Guild)
	if err != nil {
		return "", err
	}
	for _, c := range all {
		if c.Correction.Answer == id {
			return fmt.Sprintf("It was corrected %s by %s: %s. /kb corrections can undo that.",
				moment(c.Correction.At, 'd'), person(c.Correction.By), correctionWords(c.Correction)), nil
		}
	}
	return "", nil
}

// correctionWords say what a correction found, as a sentence fragment.
func correctionWords(c library.Correction) string {
	switch c.Kind {
	case library.WrongPassage:
		if c.Answer == "" {
			return "a passage was chosen for a question that had no answer"
		}
		return "another passage answers"
	case library.NoAnswer:
		return "it should not have been answered"
	case library.WrongTier:
		return "it is more dangerous than it was taken for"
	case library.RemoveAnswer:
		return "it was removed"
	case library.RightAnswer:
		return "it is right"
	}
	return "it was corrected in a way that this version of the bot does not know"
}
