package cli

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func (p *Program) safetyLogCommand() *cli.Command {
	return &cli.Command{
		Name: "log", Usage: "lists what was proposed, the newest first", ArgsUsage: "[ID]",
		Description: "With an id it prints the data that was proposed.\n\n" + guildHelp + "\n" +
			example(safetyExample("log", ""), safetyExample("log", " ID")),
		Flags:  []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action: p.safetyLog,
	}
}

// jsonProposal is one line of safety log --json; keys are added, never renamed.
type jsonProposal struct {
	ID      string `json:"id"`
	At      string `json:"at"`
	Kind    string `json:"kind"`
	Topic   string `json:"topic"`
	State   string `json:"state"`
	By      string `json:"by"`
	Decided string `json:"decided_by"`
	Data    string `json:"data"`
}

func (p *Program) safetyLog(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one proposal, or none for all of them"}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Proposals(ctx, guild)
		if err != nil {
			return err
		}
		if id := c.Args().First(); id != "" {
			all = slices.DeleteFunc(all, func(r library.Record[library.Proposal]) bool { return r.ID != id })
			if len(all) == 0 {
				return fmt.Errorf("%w: there is no proposal %.40q; verbatim safety log --guild %s lists them", article.ErrNotFound, id, guild)
			}
			if !c.Bool("json") {
				_, err := io.WriteString(p.Out, all[0].Value.Body)
				return err
			}
		}
		return p.printProposals(c, all)
	})
}

func (p *Program) printProposals(c *cli.Command, all []library.Record[library.Proposal]) error {
	return printRecords(p, c, "ID\tAT\tWHAT\tTOPIC\tSTATE\tBY\tDECIDED BY", all, func(r library.Record[library.Proposal]) record {
		v := r.Value
		return record{
			jsonProposal{r.ID, stamp(v.At), string(v.Kind), v.Topic, string(v.State), v.By, v.DecidedBy, v.Body},
			[]string{r.ID, stamp(v.At), string(v.Kind), cell(v.Topic), string(v.State), v.By, cell(v.DecidedBy)},
		}
	})
}
