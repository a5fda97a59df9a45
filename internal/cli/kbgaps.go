package cli

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
)

func (p *Program) kbGapsCommand() *cli.Command {
	return &cli.Command{
		Name: "gaps", Usage: "lists what members asked in vain, the most frequent first",
		Description: "They are kept for 30 days where the setting gaps is on: redacted, without who\n" +
			"asked or where. Those that are alike are one group, under the id of one.\n" +
			"Write an article, point at a passage, or dismiss them.\n\n" + guildHelp + "\n" +
			example(kbExample("gaps", ""), kbExample("dismiss", " ID")),
		Flags:  []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action: p.kbGaps,
	}
}

// jsonGap is one line of kb gaps --json; keys are added, never renamed.
type jsonGap struct {
	ID    string `json:"id"`
	Count int    `json:"count"`
	Text  string `json:"text"`
	First string `json:"first"`
	Last  string `json:"last"`
}

func (p *Program) kbGaps(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Gaps(ctx, guild)
		if err != nil {
			return err
		}
		settings, set, err := b.Desk.Settings(ctx, guild)
		switch {
		case set == nil && err != nil:
			return err
		case !settings.Gaps:
			fmt.Fprintf(p.Err, "Questions that are missed are not kept here; members are told when that is turned on:\n  verbatim settings set --guild %s gaps on\n", guild)
		case len(all) == 0:
			fmt.Fprintln(p.Err, "No question was missed in the last 30 days.")
		}
		return p.printGaps(c, all)
	})
}

func (p *Program) printGaps(c *cli.Command, all []bench.Gap) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	if !c.Bool("json") && len(all) > 0 {
		fmt.Fprintln(w, "ID\tCOUNT\tLAST\tQUESTION")
	}
	for _, g := range all {
		if c.Bool("json") {
			if err := writeJSON(p.Out, jsonGap{g.IDs[0], g.Count, g.Text, stamp(g.First), stamp(g.Last)}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", g.IDs[0], g.Count, article.DateOf(g.Last.UTC()), cell(g.Text))
	}
	return w.Flush()
}

func (p *Program) kbDismissCommand() *cli.Command {
	return &cli.Command{
		Name: "dismiss", Usage: "takes groups of missed questions off the list", ArgsUsage: "ID...",
		Description: "Whoever asks them again puts them back.\n\n" + guildHelp + "\n" + example(kbExample("dismiss", " ID")),
		Flags:       append([]cli.Flag{guildFlag()}, actFlags()...),
		Action:      p.kbDismiss,
	}
}

func (p *Program) kbDismiss(ctx context.Context, c *cli.Command) error {
	if !c.Args().Present() {
		return usageError{"name at least one group by its id; see verbatim kb gaps"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Gaps(ctx, guild)
		if err != nil {
			return err
		}
		var ids []string
		for _, id := range c.Args().Slice() {
			at := slices.IndexFunc(all, func(g bench.Gap) bool { return slices.Contains(g.IDs, id) })
			if at < 0 {
				return fmt.Errorf("%w: no missed question %.40q is on the list, and none was dismissed; verbatim kb gaps --guild %s lists them", article.ErrNotFound, id, guild)
			}
			ids = append(ids, all[at].IDs...)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		if err := b.Dismiss(ctx, guild, ids, act); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Out, "dismissed %s\n", counted(len(ids), "question"))
		return err
	})
}
