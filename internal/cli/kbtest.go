package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func (p *Program) kbTestCommand() *cli.Command {
	return &cli.Command{
		Name: "test", Usage: "asks the golden questions; exit code 1 when one fails",
		Description: "The answer of a golden question is fixed: a passage, no quote, or a tier.\n" +
			"All are asked as in an age-restricted channel. Of one that fails it says what\n" +
			"it got instead.\n\n" + guildHelp + "\n" +
			example(kbExample("test", ""), kbExample("golden add", ` --abstain "Is it far?"`)),
		Flags:  []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action: p.kbTest,
	}
}

// jsonTested is one line of kb test --json; keys are added, never renamed.
type jsonTested struct {
	ID       string     `json:"id"`
	Question string     `json:"question"`
	Passed   bool       `json:"passed"`
	Want     string     `json:"want"`
	Got      string     `json:"got"`
	Score    float64    `json:"score"`
	Needed   float64    `json:"needed"`
	Quote    *jsonQuote `json:"quote,omitempty"`
}

func testedJSON(t bench.Tested) jsonTested {
	return jsonTested{t.ID, t.Golden.Question, t.Passed, t.Want, t.Got, t.Score, t.Needed, quoteJSON(t.Quote)}
}

func (p *Program) kbTest(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Test(ctx, guild)
		if err != nil {
			return err
		}
		passed := 0
		for _, t := range all {
			if t.Passed {
				passed++
			}
			if c.Bool("json") {
				if err := writeJSON(p.Out, testedJSON(t)); err != nil {
					return err
				}
			}
		}
		if !c.Bool("json") {
			err = p.terminal().writeTested(all, passed)
		}
		if len(all) == 0 {
			fmt.Fprintf(p.Err, "There are no golden questions yet; see verbatim kb golden add --help\n")
		}
		if err == nil && passed < len(all) {
			err = exitCode(exitError)
		}
		return err
	})
}

func (t terminal) writeTested(all []bench.Tested, passed int) error {
	if len(all) == 0 {
		return nil
	}
	var b strings.Builder
	for _, one := range all {
		const indent = "      "
		if one.Passed {
			t.paragraph(&b, "", "ok    ", indent, one.Golden.Question)
			continue
		}
		t.paragraph(&b, red, "FAIL  ", indent, one.Golden.Question)
		t.paragraph(&b, "", indent+"wanted  ", indent+"        ", one.Want)
		t.paragraph(&b, "", indent+"got     ", indent+"        ", one.Got)
		if one.Quote != nil && one.Golden.Expect != library.ExpectTier { // else what it got says so
			t.paragraph(&b, dim, indent+"score   ", indent+"        ", fmt.Sprintf("%.2f of the best passage; %.2f is needed to quote it", one.Score, one.Needed))
		}
	}
	fmt.Fprintf(&b, "\n%d of %s pass\n", passed, counted(len(all), "golden question"))
	_, err := io.WriteString(t.out, b.String())
	return err
}

func (p *Program) kbGoldenCommand() *cli.Command {
	return &cli.Command{
		Name: "golden", Usage: "adds, lists and drops golden questions",
		Description: "They change no answer: they warn before a change breaks one.\n\n" + guildHelp + "\n" +
			example(kbExample("golden list", ""), kbExample("golden add", ` --quote pond:0-9 "Deep?"`)),
		Commands: []*cli.Command{
			{
				Name: "add", Usage: "adds a golden question", ArgsUsage: `"question"`,
				Description: "It takes the place of the one with the same words. PLACE is as verbatim kb\n" +
					"search prints it.\n\n" + guildHelp + "\n" +
					example(kbExample("golden add", ` --quote pond:0-9 "Deep?"`), kbExample("golden add", ` --tier urgent "I fell in"`)),
				Flags: append([]cli.Flag{
					guildFlag(),
					&cli.StringFlag{Name: "quote", Usage: "the passage at `PLACE` is to be quoted"},
					&cli.BoolFlag{Name: "abstain", Usage: "nothing is to be quoted"},
					&cli.StringFlag{Name: "tier", Usage: "it is to be taken as `TIER`"},
				}, actFlags()...),
				Action: p.kbAddGolden,
			},
			{
				Name: "list", Usage: "lists the golden questions, oldest first",
				Description: guildHelp + "\n" + example(kbExample("golden list", "")),
				Flags:       []cli.Flag{guildFlag(), jsonLinesFlag()}, Action: p.kbListGolden,
			},
			{
				Name: "drop", Usage: "deletes a golden question", ArgsUsage: "ID",
				Description: guildHelp + "\n" + example(kbExample("golden drop", " ID")),
				Flags:       append([]cli.Flag{guildFlag()}, actFlags()...), Action: p.kbDropGolden,
			},
		},
		Action: needsSubcommand,
	}
}

// questionOf returns the question that the arguments make.
func questionOf(c *cli.Command) (string, error) {
	question := strings.Join(c.Args().Slice(), " ")
	if strings.TrimSpace(question) == "" {
		return "", usageError{"a question is missing; see " + c.FullName() + " --help"}
	}
	return question, tooLong(question)
}

func (p *Program) kbAddGolden(ctx context.Context, c *cli.Command) error {
	question, err := questionOf(c)
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	g := library.Golden{Question: question}
	given := 0
	for _, flag := range []string{"quote", "abstain", "tier"} {
		if c.IsSet(flag) {
			given++
		}
	}
	if given != 1 {
		return usageError{"say what is to come of it: --quote PLACE, --abstain or --tier TIER"}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		switch {
		case c.Bool("abstain"):
			g.Expect = library.ExpectAbstain
		case c.IsSet("tier"):
			g.Expect, g.Tier = library.ExpectTier, c.String("tier")
		default:
			at, err := placeOf(ctx, b, guild, c.String("quote"))
			if err != nil {
				return err
			}
			g.Expect, g.Article, g.Revision, g.Start, g.End = library.ExpectQuote, at.Article, at.Revision, at.Start, at.End
		}
		id, err := b.AddGolden(ctx, guild, g, act)
		if err != nil {
			return err
		}
		return p.say(true, "added", id, "")
	})
}
