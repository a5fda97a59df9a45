package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
)

// maxQuestion is the longest question the command line takes, in bytes. The
// whole of it is triaged.
const maxQuestion = 1 << 20

func (p *Program) askCommand() *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Usage:     "answers one question, or a file of them",
		ArgsUsage: `"question"`,
		Description: "Prints a quoted excerpt with author, credentials and date, after a disclaimer\n" +
			"or a safety card where one is due; or says that the articles do not answer.\n" +
			articlesHelp +
			"A batch has {id, question} or {id, turns: [{question}, ...]} on each line;\n" +
			"FILE may be \"-\" for standard input. Put -- before a question that begins\n" +
			"with a dash.\n\n" +
			example(`verbatim ask "Is prostate massage safe?"`,
				`verbatim ask --json --articles notes.md "who wrote this"`,
				`verbatim ask --json --batch questions.jsonl`),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object a question"},
			&cli.StringFlag{Name: "batch", Usage: "read a `FILE` of JSON Lines; needs --json", TakesFile: true},
			articlesFlag(),
			asGuildFlag(),
			channelFlag(),
		},
		Action: p.ask,
	}
}

func channelFlag() *cli.StringFlag {
	return &cli.StringFlag{
		Name: "channel", Value: "age-restricted", HideDefault: true,
		Usage: "`KIND` general or age-restricted (default)",
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
	case tooLong(question) != nil:
		return tooLong(question)
	}
	e, closing, err := p.openAsker(ctx, c)
	if err != nil {
		return err
	}
	defer closing()
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
