package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/store"
)

func (p *Program) safetyResourcesCommand() *cli.Command {
	return &cli.Command{
		Name: "resources", Usage: "shows or sets a server's own helplines", ArgsUsage: "[LINE...]",
		Description: "Two lines at most, which crisis cards begin with. --clear leaves the general\nones alone.\n\n" + guildHelp + "\n" +
			example(safetyExample("resources", ""), safetyExample("resources", ` "Call 0800 1111"`)),
		Flags: append([]cli.Flag{
			guildFlag(), &cli.BoolFlag{Name: "clear", Usage: "show the general helplines alone"},
		}, actFlags()...),
		Action: p.safetyResources,
	}
}

func (p *Program) safetyResources(ctx context.Context, c *cli.Command) error {
	const setting = "helplines"
	lines := c.Args().Slice()
	if c.Bool("clear") && len(lines) > 0 {
		return usageError{"give lines or --clear, not both"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		d := p.settingsDesk(s)
		if c.Bool("clear") || len(lines) > 0 {
			if _, err := d.Set(ctx, guild, setting, strings.Join(lines, "; "), act); err != nil {
				return err
			}
		}
		settings, set, err := d.Settings(ctx, guild)
		if set == nil && err != nil {
			return err
		}
		p.noteFaults(err)
		if len(settings.Helplines) == 0 {
			fmt.Fprintln(p.Err, "The server has no helplines of its own; crisis cards show the general ones.")
		}
		for _, line := range settings.Helplines {
			fmt.Fprintln(p.Out, printable(line))
		}
		return nil
	})
}
