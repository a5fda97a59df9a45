package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
)

// auditPage is how many entries are read at once.
const auditPage = 500

func (p *Program) kbAuditCommand() *cli.Command {
	return &cli.Command{
		Name: "audit", Usage: "prints who changed what and why, oldest first",
		Description: "Before and after are the value of a setting, or hashes of what it was and is.\n" +
			"--json has all of them, to keep elsewhere.\n\n" +
			"Each entry carries the hash of the one before. --verify reads them all and\n" +
			"says whether one was changed, left out or put in; what was cut off at the end\n" +
			"shows only when the last number and hash were written down elsewhere.\n\n" + guildHelp + "\n" +
			example(kbExample("audit", " --after 100"), kbExample("audit", " --verify"), kbExample("audit", " --json >trail.jsonl")),
		Flags: []cli.Flag{
			guildFlag(), jsonLinesFlag(),
			&cli.Int64Flag{Name: "after", HideDefault: true, Usage: "only entries after number `N`"},
			&cli.BoolFlag{Name: "verify", Usage: "check the chain of hashes"},
		},
		Action: p.kbAudit,
	}
}

func (p *Program) kbAudit(ctx context.Context, c *cli.Command) error {
	switch {
	case c.Args().Present():
		return usageError{"kb audit takes no argument"}
	case c.Bool("verify") && (c.Bool("json") || c.IsSet("after")):
		return usageError{"--verify reads the whole trail and prints one line; leave --json and --after out"}
	case c.Int64("after") < 0:
		return usageError{"--after takes the number of an entry"}
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		if c.Bool("verify") {
			return p.verifyTrail(ctx, d, guild)
		}
		return p.printTrail(ctx, c, d, guild)
	})
}

func (p *Program) verifyTrail(ctx context.Context, d *library.Desk, guild string) error {
	last, err := d.VerifyTrail(ctx, guild)
	switch {
	case err != nil:
		return err
	case last.N == 0:
		fmt.Fprintln(p.Out, "the audit trail is empty")
	default:
		fmt.Fprintf(p.Out, "the audit trail holds: entry %d is the last, with hash %s\n", last.N, last.Hash)
	}
	return nil
}

func (p *Program) printTrail(ctx context.Context, c *cli.Command, d *library.Desk, guild string) error {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	if !c.Bool("json") {
		fmt.Fprintln(w, "N\tAT\tBY\tACTION\tSUBJECT\tBEFORE\tAFTER\tREASON")
	}
	for after := c.Int64("after"); ; {
		page, err := d.Trail(ctx, guild, after, auditPage)
		if err != nil || len(page) == 0 {
			return errors.Join(err, w.Flush())
		}
		for _, e := range page {
			if c.Bool("json") {
				if err := writeJSON(p.Out, e); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.N, stamp(e.At), e.Actor, e.Action, cell(e.Subject), was(e.Before), was(e.After), cell(e.Reason))
		}
		after = page[len(page)-1].N
	}
}

// isHash matches what is cut off before it is shown: a SHA-256 in hexadecimal.
var isHash = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// was is what stood somewhere before or after a change, as far as a table has room.
func was(value string) string {
	const room = 40
	value = cell(isHash.ReplaceAllStringFunc(value, shortHash))
	if runes := []rune(value); len(runes) > room {
		return string(runes[:room-1]) + "…"
	}
	return value
}
