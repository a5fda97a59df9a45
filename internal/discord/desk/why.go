package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

// why says how a question is answered: in three plain lines, and then in all detail.
func (d *Desk) why(ctx context.Context, u Use) (Reply, error) {
	q := answer.Question{Text: u.Texts[optQuestion]}
	if u.Switches[optRestricted] {
		q.Channel = answer.AgeRestricted
	}
	e, err := d.Bench.Why(ctx, u.Guild, q)
	if err != nil {
		return Reply{}, err
	}
	m := panel("Why the bot answers so", "“"+plain(q.Text, 300)+"”", list(notEmpty([]string{whyDanger(e), whyPassage(e), whyResult(e)}), 3))
	details := whyDetails(q, e)
	if units(m.Embeds[0].Description)+units(details) > maxPanel {
		m.Embeds[0].Description += "\n\nAll the details are attached as why.txt."
		return Reply{Show: new(attached(m, "why.txt", []byte(details)))}, nil
	}
	return Reply{Show: new(whole(m, "why.txt", details))}, nil
}

// whyDanger is what triage found, in one line.
func whyDanger(e bench.Explanation) string {
	if len(e.Triage.Matches) == 0 {
		return "**Danger:** nothing dangerous was found in the question."
	}
	first := e.Triage.Matches[0]
	line := fmt.Sprintf("**Danger:** taken as %s, because “%s” is about %s", e.Triage.Tier, plain(first.Matched, 80), plain(first.Topic, 60))
	if slices.Contains(e.Guild, first.Topic) {
		line += ", a topic of this server"
	}
	if n := len(e.Triage.Matches) - 1; n > 0 {
		line += fmt.Sprintf(" (and %s)", counted(n, "more match", "more matches"))
	}
	return line + "."
}

// whyPassage is what was found, in one line.
func whyPassage(e bench.Explanation) string {
	switch {
	case e.Answer.Outcome == answer.CardOnly:
		return "**Found:** nothing was looked for, because a card comes before any article."
	case e.Answer.Outcome == answer.FromMeta || e.Answer.Outcome == answer.Help:
		return ""
	case len(e.Passages) == 0:
		return "**Found:** no passage has anything of the question."
	}
	p := e.Passages[0]
	line := "**Found:** " + heading(p.Title, p.Section) + " fits best"
	if e.Needed > 0 {
		line += fmt.Sprintf("; the bot is %s sure of it, and %s is needed", percent(e.Score), percent(e.Needed))
	}
	for _, a := range e.Preferred {
		if a.Applied {
			return line + ". **A correction by your moderators decides:** “" + plain(a.Preference.Question, 100) + "”."
		}
	}
	return line + "."
}

// whyResult is what comes of it, in one line.
func whyResult(e bench.Explanation) string {
	const so = "**So** "
	switch e.Answer.Outcome {
	case answer.Answered:
		if q := e.Answer.Quote; q != nil {
			return so + "it quotes " + heading(q.Title, q.Section) + "."
		}
		return so + "it answers."
	case answer.CardOnly:
		return so + "it shows a safety card and quotes nothing."
	case answer.Help:
		return so + "it says what it can do."
	case answer.FromMeta:
		return so + "it answers from what the article says about itself: " + plain(string(e.Answer.Meta.Field), 40) + "."
	case answer.Abstained:
	}
	if slices.ContainsFunc(e.Preferred, func(a bench.AppliedPreference) bool { return a.Applied && a.Preference.Article == "" }) {
		return so + "it quotes nothing, as your moderators decided."
	}
	return so + "it quotes nothing: " + silence(e.Answer.Reason) + "."
}

// silence says why there is no quote, as a sentence fragment.
func silence(r answer.Reason) string {
	switch r {
	case answer.Unanswered:
		return "no passage answers it surely enough"
	case answer.Withheld:
		return "a safety topic forbids a quote"
	case answer.Restricted:
		return "the channel is not age-restricted"
	case answer.UnderAge:
		return "the asker says to be under 18"
	case answer.Unavailable:
		return "the articles cannot be read just now"
	case answer.NoPublished:
		return "the article does not say when it was first published"
	case answer.NoBio:
		return "the article does not say that about its author"
	case answer.WhichOne:
		return "it is not clear which article is meant"
	}
	return "the articles do not answer it"
}

// whyDetails is all that is known of it, as plain text.
func whyDetails(q answer.Question, e bench.Explanation) string {
	var b strings.Builder
	channel := "a channel that is not age-restricted"
	if q.Channel == answer.AgeRestricted {
		channel = "an age-restricted channel"
	}
	fmt.Fprintf(&b, "QUESTION\n%s\nAs in %s.\n", oneLine(q.Text), channel)
	whyTriage(&b, e)
	whyWords(&b, e)
	whyPassages(&b, e)
	whyExcerpt(&b, e)
	whyPreferences(&b, e)
	return strings.TrimRight(b.String(), "\n")
}

func whyTriage(b *strings.Builder, e bench.Explanation) {
	fmt.Fprintf(b, "\nSAFETY\nTier: %s\n", e.Triage.Tier)
	if e.Triage.Minor {
		b.WriteString("The question states an age under 18.\n")
	}
	for _, m := range e.Triage.Matches {
		whose := ""
		if slices.Contains(e.Guild, m.Topic) {
			whose = ", of this server"
		}
		fmt.Fprintf(b, "- topic %s (%s%s): the words %q\n  rule: %s\n  read as: %s; quoting: %s\n", m.Topic, m.Tier, whose, m.Matched, m.Rule, m.View, m.Quote)
	}
	if e.Triage.Tier == safety.TierNone && len(e.Triage.Matches) == 0 {
		b.WriteString("No topic matches.\n")
	}
}

func whyWords(b *strings.Builder, e bench.Explanation) {
	b.WriteString("\nWORDS THAT ARE SEARCHED FOR, WITH THEIR WEIGHTS\n")
	if e.Kind != "" {
		fmt.Fprintf(b, "Kind of question: %s\n", e.Kind)
	}
	if len(e.Words) == 0 {
		b.WriteString("None.\n")
	}
	for _, w := range e.Words {
		known := ""
		if !w.Known {
			known = "  (no article has it)"
		}
		fmt.Fprintf(b, "- %s  %.2f%s\n", w.Text, w.Weight, known)
	}
}

func whyPassages(b *strings.Builder, e bench.Explanation) {
	b.WriteString("\nPASSAGES, THE BEST FIRST\n")
	if len(e.Passages) == 0 {
		b.WriteString("None.\n")
	}
	for i, p := range e.Passages {
		fmt.Fprintf(b, "%d. %s  score %.2f\n   %s\n", i+1, headingText(p.Title, p.Section), p.Score, cut(oneLine(p.Excerpt), 300))
		for _, part := range p.Parts {
			fmt.Fprintf(b, "   %+.2f  %s (%.2f)\n", part.Points, part.Name, part.Value)
		}
	}
	if e.Needed > 0 {
		fmt.Fprintf(b, "Sure of the best one: %.2f. Needed to quote it: %.2f.\n", e.Score, e.Needed)
	}
}

func whyExcerpt(b *strings.Builder, e bench.Explanation) {
	q := e.Answer.Quote
	if q == nil {
		return
	}
	fmt.Fprintf(b, "\nWORDS THAT ARE QUOTED\n%s, bytes %d to %d of revision %s\n%s\n", headingText(q.Title, q.Section), q.Span.Start, q.Span.End, short(string(q.Span.Revision)), q.Text)
	if r, ok := q.DecisiveIn(); ok {
		fmt.Fprintf(b, "The sentence that answers: %s\n", q.Text[r.Start:r.End])
	}
	for _, c := range e.Answer.Contradicts {
		fmt.Fprintf(b, "Against it: %s: %s\n", headingText(c.Title, c.Section), cut(oneLine(c.Text), 300))
	}
}

func whyPreferences(b *strings.Builder, e bench.Explanation) {
	if len(e.Preferred) == 0 {
		return
	}
	b.WriteString("\nCORRECTIONS BY YOUR MODERATORS THAT THE QUESTION IS LIKE\n")
	for _, a := range e.Preferred {
		does := "stay silent"
		if a.Preference.Article != "" {
			does = fmt.Sprintf("quote %s, bytes %d to %d", a.Preference.Article, a.Preference.Start, a.Preference.End)
		}
		state := "decides here"
		if !a.Applied {
			state = "does not decide here: its passage is gone, or another one is more alike"
		}
		fmt.Fprintf(b, "- %q: %s; alike %s; %s\n", oneLine(a.Preference.Question), does, percent(a.Alike), state)
	}
}
