package cli

import (
	"context"

	"github.com/urfave/cli/v3"

	"verbatim/internal/eval"
)

func (p *Program) evalFollowupsCommand() *cli.Command {
	return &cli.Command{
		Name: "followups", Usage: "conversations, with the turns after the first apart", ArgsUsage: "SET",
		Description: setHelp + "Each turn is asked with the turns before it, and with the answers they got.\n" +
			"Bleve, which knows no conversation, is asked each later turn with the first\n" +
			"question put before it.\n\n" +
			example("verbatim eval followups --misses --articles notes/ followups.jsonl"),
		Flags:  []cli.Flag{articlesFlag(), channelFlag(), halfFlag(), jsonFlag(), latencyFlag(), compareFlag(), listFlag()},
		Action: p.evalFollowups,
	}
}

func (p *Program) evalFollowups(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one set; for example: verbatim eval followups followups.jsonl"}
	}
	opts, err := p.questionOptions(c)
	if err != nil {
		return err
	}
	set, err := readSet(c.Args().First())
	if err != nil {
		return err
	}
	return p.measureSet(ctx, c, set, opts, func(context.Context, *corpus, *eval.Report, eval.Options) error { return nil })
}
