package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library/bench"
)

// maxFound is how many passages kb search looks for at most.
const maxFound = 50

func (p *Program) kbSearchCommand() *cli.Command {
	return &cli.Command{
		Name: "search", Usage: "finds passages by their words alone, best first", ArgsUsage: "WORDS...",
		Description: "It prints the place of each, which other commands take: ARTICLE:START-END in\n" +
			"bytes of the canonical text, with the revision behind an @.\n\n" + guildHelp + "\n" +
			example(kbExample("search", " pond shade")),
		Flags: []cli.Flag{
			guildFlag(),
			&cli.IntFlag{Name: "limit", Value: 5, Usage: "print at most `N`"}, jsonLinesFlag(),
		},
		Action: p.kbSearch,
	}
}

func (p *Program) kbSearch(ctx context.Context, c *cli.Command) error {
	words, err := questionOf(c)
	if err != nil {
		return err
	}
	limit := c.Int("limit")
	if limit < 1 || limit > maxFound {
		return usageError{fmt.Sprintf("--limit is a number from 1 to %d", maxFound)}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		found, err := b.Search(ctx, guild, words, limit)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			fmt.Fprintln(p.Err, "No passage has any of these words; try others.")
		}
		var text strings.Builder
		for i, passage := range found {
			if c.Bool("json") {
				if err := writeJSON(p.Out, passageJSON(passage)); err != nil {
					return err
				}
				continue
			}
			p.terminal().passage(&text, i+1, passage)
		}
		_, err = io.WriteString(p.Out, text.String())
		return err
	})
}
