package cli

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// maxQuestion is the longest question the command line takes, in bytes. The
// whole of it is triaged.
const maxQuestion = 1 << 20

func (p *Program) askCommand() *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Usage:     "answers one question, or a file of them",
		ArgsUsage: `"question"`,
		Description: "Prints a quoted excerpt with author, credentials and date; a disclaimer or a safety\n" +
			"card first where one is due; or says that the articles do not answer.\n\n" +
			example(`verbatim ask "Is prostate massage safe?"`,
				`verbatim ask --json --articles notes.md "who wrote this"`,
				`verbatim ask --json --batch questions.jsonl`),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object a question"},
			&cli.StringFlag{Name: "batch", Usage: `read questions from a JSON Lines file, "-" for standard input (needs --json)`, TakesFile: true},
			articlesFlag(),
			channelFlag(),
		},
		Action: p.ask,
	}
}

func channelFlag() *cli.StringFlag {
	return &cli.StringFlag{
		Name: "channel", Value: "age-restricted",
		Usage: "answer as in a channel of this kind: general or age-restricted",
	}
}

func (p *Program) ask(ctx context.Context, c *cli.Command) error {
	channel, err := parseChannel(c.String("channel"))
	if err != nil {
		return err
	}
	batch := c.IsSet("batch")
	question := strings.Join(c.Args().Slice(), " ")
	switch {
	case batch && !c.Bool("json"):
		return usageError{"--batch needs --json"}
	case batch && c.Args().Present():
		return usageError{"give a question or --batch, not both"}
	case !batch && strings.TrimSpace(question) == "":
		return usageError{`a question is missing; for example: verbatim ask "Is prostate massage safe?"`}
	case len(question) > maxQuestion:
		return fmt.Errorf("%w: a question may have at most %d bytes", article.ErrTooLarge, maxQuestion)
	}
	e, err := p.openEngine(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	defer e.Close()
	if batch {
		return p.askBatch(ctx, e, c.String("batch"), channel)
	}
	ans, err := e.Ask(ctx, answer.Question{Text: question, Channel: channel})
	if c.Bool("json") {
		if werr := writeJSON(p.Out, answerJSON(ans)); werr != nil {
			return werr
		}
		return err
	}
	if werr := p.terminal().writeAnswer(ans); werr != nil {
		return werr
	}
	return err
}

func parseChannel(name string) (answer.Channel, error) {
	switch name {
	case "general":
		return answer.General, nil
	case "age-restricted":
		return answer.AgeRestricted, nil
	default:
		return 0, usageError{fmt.Sprintf("--channel is general or age-restricted, not %q", name)}
	}
}

// printable keeps control characters of a text away from the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r != '\n' && unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}
