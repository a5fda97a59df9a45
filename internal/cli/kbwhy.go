package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/library/bench"
)

func (p *Program) kbWhyCommand() *cli.Command {
	return &cli.Command{
		Name: "why", Usage: "explains how a question is answered", ArgsUsage: `"question"`,
		Description: "It shows what triage found, what is searched for, the best passages with the\n" +
			"parts of their scores, what is quoted, and which corrections apply.\n\n" + guildHelp + "\n" +
			example(kbExample("why", ` "Do ponds need shade?"`)),
		Flags:  []cli.Flag{guildFlag(), channelFlag(), jsonObjectFlag()},
		Action: p.kbWhy,
	}
}

func (p *Program) kbWhy(ctx context.Context, c *cli.Command) error {
	question, err := questionOf(c)
	if err != nil {
		return err
	}
	channel, err := parseChannel(c.String("channel"))
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		e, err := b.Why(ctx, guild, answer.Question{Text: question, Channel: channel})
		if err != nil {
			return err
		}
		if c.Bool("json") {
			return writeJSON(p.Out, whyJSON(question, e))
		}
		return p.terminal().writeWhy(e)
	})
}

func (t terminal) writeWhy(e bench.Explanation) error {
	var b strings.Builder
	t.labelled(&b, tierStyle(e.Triage.Tier), "Tier", e.Triage.Tier.String())
	if e.Triage.Minor {
		t.labelled(&b, "", "Age", "under 18 is stated")
	}
	t.labelled(&b, "", "Outcome", outcomeOf(e))
	t.whyTopics(&b, e)
	t.whyWords(&b, e)
	t.whyPassages(&b, e)
	t.whyQuote(&b, e)
	t.whyPreferences(&b, e)
	_, err := io.WriteString(t.out, b.String())
	return err
}

// outcomeOf is what comes of the question, with the reason when nothing is quoted.
func outcomeOf(e bench.Explanation) string {
	text := string(e.Answer.Outcome)
	if e.Answer.Reason != "" {
		text += ", " + string(e.Answer.Reason)
	}
	return text
}

func (t terminal) section(b *strings.Builder, heading string) {
	b.WriteByte('\n')
	t.paragraph(b, bold, "", "", heading)
}

func (t terminal) whyTopics(b *strings.Builder, e bench.Explanation) {
	for _, m := range e.Triage.Matches {
		t.section(b, "Topic "+m.Topic)
		t.labelled(b, "", "  tier", m.Tier.String()+", quote "+string(m.Quote))
		if slices.Contains(e.Guild, m.Topic) {
			t.labelled(b, "", "  origin", "the server's own data")
		}
		t.labelled(b, "", "  matched", "“"+m.Matched+"”")
		t.labelled(b, "", "  view", m.View)
		t.labelled(b, "", "  rule", abridged(m.Rule))
	}
}

func (t terminal) whyWords(b *strings.Builder, e bench.Explanation) {
	if len(e.Words) == 0 {
		return
	}
	heading := "Searched for"
	if e.Kind != "" {
		heading += ", as a question of kind " + e.Kind
	}
	t.section(b, heading)
	for _, w := range e.Words {
		text := fmt.Sprintf("%.2f  %s", w.Weight, w.Text)
		if !w.Known {
			text += " (no article has it)"
		}
		t.paragraph(b, "", "  ", "        ", text)
	}
}

func (t terminal) whyPassages(b *strings.Builder, e bench.Explanation) {
	if len(e.Passages) > 0 {
		t.section(b, fmt.Sprintf("Passages: the best is sure to %.2f, and %.2f is needed to quote it", e.Score, e.Needed))
	}
	for i, p := range e.Passages {
		t.passage(b, i+1, p)
		parts := make([]string, len(p.Parts))
		for i, part := range p.Parts {
			parts[i] = fmt.Sprintf("%+.2f %s (%.2f)", part.Points, part.Name, part.Value)
		}
		t.paragraph(b, dim, "     = ", "       ", strings.Join(parts, ", "))
	}
}

// passage writes a passage that was found, with its number, place and score.
func (t terminal) passage(b *strings.Builder, n int, p bench.ExplainedPassage) {
	const indent = "     "
	fmt.Fprintf(b, "%3d. %s\n", n, printable(placeText(p.Place))) // whole, to be copied
	heading := p.Title
	if p.Section != "" {
		heading += ", " + p.Section
	}
	t.paragraph(b, bold, indent, indent, fmt.Sprintf("%s (score %.2f)", heading, p.Score))
	t.paragraph(b, "", indent, indent, strings.Join(strings.Fields(p.Excerpt), " "))
}

func (t terminal) whyQuote(b *strings.Builder, e bench.Explanation) {
	q := e.Answer.Quote
	if q == nil {
		return
	}
	t.section(b, fmt.Sprintf("Quoted: %s@%.12s:%d-%d", q.Article, q.Span.Revision, q.Span.Start, q.Span.End))
	t.paragraph(b, "", "  ", "  ", q.Text)
	if r, ok := q.DecisiveIn(); ok {
		t.section(b, "The sentence that answers")
		t.paragraph(b, "", "  ", "  ", q.Text[r.Start:r.End])
	}
}

func (t terminal) whyPreferences(b *strings.Builder, e bench.Explanation) {
	if len(e.Preferred) == 0 {
		return
	}
	t.section(b, "Corrections that the question is like")
	for _, a := range e.Preferred {
		does := "no quote"
		if a.Preference.Article != "" {
			does = fmt.Sprintf("%s:%d-%d", a.Preference.Article, a.Preference.Start, a.Preference.End)
		}
		state := "applies"
		if !a.Applied {
			state = "does not apply: its passage is gone, or another one is more alike"
		}
		t.paragraph(b, "", "- ", "  ", fmt.Sprintf("“%s” wants %s; alike %.2f; %s", a.Preference.Question, does, a.Alike, state))
	}
}
