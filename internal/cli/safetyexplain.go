package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

func (p *Program) safetyExplainCommand() *cli.Command {
	return &cli.Command{
		Name: "explain", Usage: "lists the topics, or all that fires one", ArgsUsage: "[TOPIC]",
		Description: "Each pattern is shown as written, and each {concept} of it with all words\n" +
			"that it stands for. near:6 is at most six words between, in either order;\n" +
			"then:6 is in this order only; word* is a word beginning; #38..43 is a\n" +
			"number in a range. With --guild those of a server are among them.\n\n" +
			example("verbatim safety explain", "verbatim safety explain urinary-retention"),
		Flags:  []cli.Flag{asGuildFlag()},
		Action: p.safetyExplain,
	}
}

func (p *Program) safetyExplain(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one topic; verbatim safety explain lists them"}
	}
	rules, err := p.rulesOf(ctx, c)
	if err != nil {
		return err
	}
	id := c.Args().First()
	if id == "" {
		return p.listTopics(rules.Topics())
	}
	e, err := rules.Explain(id)
	if errors.Is(err, safety.ErrNoTopic) {
		return fmt.Errorf("%w: there is no topic %q; verbatim safety explain lists them", article.ErrNotFound, id)
	}
	if err != nil {
		return err
	}
	var b strings.Builder
	p.terminal().explanation(&b, e)
	_, err = io.WriteString(p.Out, b.String())
	return err
}

func (p *Program) listTopics(topics []safety.Topic) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TOPIC\tTIER\tQUOTE")
	for _, topic := range topics {
		fmt.Fprintf(w, "%s\t%s\t%s\n", topic.ID, topic.Tier, topic.Quote)
	}
	return w.Flush()
}

func (t terminal) explanation(b *strings.Builder, e safety.Explanation) {
	t.paragraph(b, bold, "", "", e.Topic.ID)
	t.labelled(b, "", "Tier", e.Topic.Tier.String())
	t.labelled(b, "", "Quote", string(e.Topic.Quote))
	if e.Topic.Minor {
		t.labelled(b, "", "Age", "firing states an age under 18")
	}
	if e.Topic.Card != "" {
		t.labelled(b, "", "Card", e.Topic.Card+", in place of the card of its tier")
	}
	if e.Topic.Source.Title != "" {
		t.labelled(b, "", "Source", e.Topic.Source.Title+"\n"+e.Topic.Source.URL)
	}
	switch {
	case e.Topic.Own:
		t.labelled(b, "", "Origin", "a topic of the server's own")
	case e.Topic.Raised:
		t.labelled(b, "", "Origin", "made stricter by the server")
	}
	t.labelled(b, "", "Review", reviewOf(e.Topic.Reviewed))

	known := glossary{spelled: map[string]int{}}
	t.patterns(b, "Fires on", e.Patterns, &known)
	t.patterns(b, "But not where one of these shares a word with it", e.Unless, &known)
	t.list(b, "Examples that must fire it", e.Topic.Positive)
	t.list(b, "Look-alikes that must not", e.Topic.Negative)
}

func reviewOf(r *safety.Review) string {
	if r == nil {
		return "no clinician has reviewed this topic"
	}
	return "reviewed by " + r.By + " on " + r.On
}

// glossary numbers patterns and remembers under which of them each concept was
// spelled out, since patterns share them.
type glossary struct {
	number  int // of the last pattern
	spelled map[string]int
}

// patterns writes patterns with a number each; both sides of a pair count as one.
func (t terminal) patterns(b *strings.Builder, title string, patterns []safety.ExplainedPattern, known *glossary) {
	if len(patterns) == 0 {
		return
	}
	t.paragraph(b, bold, "\n", "", title)
	pair := 0
	for _, p := range patterns {
		label := "     and "
		if p.Pair == 0 || p.Pair != pair {
			known.number++
			label = fmt.Sprintf("%3d. ", known.number)
		}
		if p.Pair > 0 && p.Pair != pair {
			label += "both "
		}
		pair = p.Pair
		t.paragraph(b, "", label, "       ", breakable(p.Source))
		t.concepts(b, p.Terms, known)
	}
}

// concepts spells out the concepts of one pattern, or says where that was done.
func (t terminal) concepts(b *strings.Builder, terms []safety.ExplainedTerm, known *glossary) {
	for _, term := range terms {
		if !strings.HasPrefix(term.Written, "{") {
			continue // its phrases stand in the pattern
		}
		text := strings.Join(term.Phrases, ", ")
		switch first, ok := known.spelled[term.Written]; {
		case ok && first == known.number:
			continue // twice in one pattern
		case ok:
			text = fmt.Sprintf("see %d", first)
		default:
			known.spelled[term.Written] = known.number
		}
		t.paragraph(b, dim, "       ", "         ", breakable(term.Written)+": "+text)
	}
}

func (t terminal) list(b *strings.Builder, title string, lines []string) {
	t.paragraph(b, bold, "\n", "", title)
	for _, line := range lines {
		t.paragraph(b, "", "  - ", "    ", line)
	}
}

// breakable lets a long group of alternatives wrap after any of them.
func breakable(pattern string) string { return strings.ReplaceAll(pattern, "|", " | ") }
