package cli

import (
	"context"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library/bench"
)

func (p *Program) kbDiffCommand() *cli.Command {
	return &cli.Command{
		Name: "diff", Usage: "compares two revisions of an article", ArgsUsage: "SLUG [FROM [TO]]",
		Description: "FROM and TO are hashes of verbatim kb history, or the beginnings of them.\n" +
			"Without them it is the current revision against the one before it.\n\n" + guildHelp + "\n" +
			example(kbExample("diff", " garden-ponds"), kbExample("diff", " garden-ponds 3f2a91 7df627")),
		Flags:  []cli.Flag{guildFlag()},
		Action: p.kbDiff,
	}
}

func (p *Program) kbDiff(ctx context.Context, c *cli.Command) error {
	if n := c.Args().Len(); n < 1 || n > 3 {
		return usageError{"name an article, and one or two of its revisions; see verbatim kb history"}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		diff, err := b.Diff(ctx, guild, c.Args().Get(0), c.Args().Get(1), c.Args().Get(2))
		if err != nil {
			return err
		}
		if isTerminal(p.Out) {
			diff = p.terminal().diffText(diff)
		}
		_, err = io.WriteString(p.Out, diff)
		return err
	})
}

// diffText is a unified diff for people.
func (t terminal) diffText(diff string) string {
	const green = "32"
	var b strings.Builder
	for line := range strings.Lines(printable(diff)) {
		line, _ = strings.CutSuffix(line, "\n")
		style := ""
		switch {
		case strings.HasPrefix(line, "+"):
			style = green
		case strings.HasPrefix(line, "-"):
			style = red
		case strings.HasPrefix(line, "@@"):
			style = dim
		}
		b.WriteString(t.styled(style, line) + "\n")
	}
	return b.String()
}
