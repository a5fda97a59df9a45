package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/eval"
	"verbatim/knowledge"
)

func (p *Program) evalCommand() *cli.Command {
	return &cli.Command{
		Name:        "eval",
		Usage:       "measures the answers against a set of questions",
		Description: example("verbatim eval questions", "verbatim eval questions --misses --articles article.txt questions.jsonl"),
		Commands: []*cli.Command{{
			Name: "questions", Usage: "answered, right and abstained, by kind of question", ArgsUsage: "[SET]",
			Description: "SET is a JSON Lines file of {id, question, answers, kind}, or of {id, turns};\n" +
				"an answer is right when the excerpt holds one of answers, and no answers\n" +
				"means that the bot must abstain. Default: the questions that ship with the\n" +
				"embedded article.\n\n" +
				example("verbatim eval questions --misses"),
			Flags: []cli.Flag{
				articlesFlag(), channelFlag(),
				&cli.BoolFlag{Name: "json", Usage: "print the figures as one JSON object"},
				&cli.BoolFlag{Name: "misses", Usage: "list what went wrong and what was found"},
			},
			Action: p.evalQuestions,
		}, p.evalSafetyCommand()},
		Action: needsSubcommand,
	}
}

func (p *Program) evalQuestions(ctx context.Context, c *cli.Command) error {
	channel, err := parseChannel(c.String("channel"))
	if err != nil {
		return err
	}
	if c.Args().Len() > 1 {
		return usageError{"name one set"}
	}
	src := knowledge.Questions()
	if path := c.Args().First(); path != "" {
		if src, err = os.ReadFile(path); err != nil {
			return fmt.Errorf("%w: %s: cannot be read", article.ErrNotFound, path)
		}
	}
	set, err := eval.ParseSet(src)
	if err != nil {
		return err
	}
	e, err := p.openEngine(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	defer e.Close()
	report, err := eval.Questions(ctx, e, set, eval.Options{Channel: channel, Now: p.Now})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.Out, report)
	}
	return report.WriteText(p.Out, c.Bool("misses"))
}
