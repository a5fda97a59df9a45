package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/store"
)

// guildHelp explains the flags of every command that works on one server's library.
const guildHelp = "--guild is the server's Discord id. What is kept is in VERBATIM_DATABASE\n" +
	"(sqlite:PATH or postgres://...); a bot that is running picks up changes by\n" +
	"itself within seconds.\n"

func guildFlag() *cli.StringFlag {
	return &cli.StringFlag{Name: "guild", Usage: "the server's Discord `ID`"}
}

// actFlags say who changes something, and why.
func actFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "actor", Usage: "Discord `ID` of who does it (default: host)"},
		&cli.StringFlag{Name: "reason", Usage: "`TEXT` for the audit trail"},
	}
}

func jsonLinesFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "json", Usage: "print a JSON object a line"}
}

// guildOf returns the server that the command line names, before a subcommand or
// behind it.
func guildOf(c *cli.Command) (string, error) {
	guild := ""
	for _, of := range c.Lineage() {
		guild = cmp.Or(guild, of.String("guild"))
	}
	switch {
	case guild == "":
		return "", usageError{"--guild is missing: give the server's Discord id; see " + c.FullName() + " --help"}
	case !library.IsID(guild):
		return "", usageError{fmt.Sprintf("--guild %.40q is no Discord id; it has 17 to 20 digits", guild)}
	default:
		return guild, nil
	}
}

// actOf returns who does what the command line asks for.
func actOf(c *cli.Command) (library.Act, error) {
	act := library.Act{Actor: cmp.Or(c.String("actor"), library.Host), Reason: c.String("reason")}
	if act.Actor == "host" {
		act.Actor = library.Host
	}
	if act.Actor != library.Host && !library.IsID(act.Actor) {
		return act, usageError{fmt.Sprintf("--actor %.40q is no Discord id; it has 17 to 20 digits", act.Actor)}
	}
	return act, nil
}

// atStore opens the database for work on one server, and closes it.
func (p *Program) atStore(ctx context.Context, c *cli.Command, work func(s *store.Store, guild string) error) error {
	guild, err := guildOf(c)
	if err != nil {
		return err
	}
	s, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	if err, closed := work(s, guild), s.Close(); err != nil || closed != nil {
		return errors.Join(err, closed)
	}
	return nil
}

// atDesk does work at the moderators' desk of one server, with the shipped articles
// or those of VERBATIM_ARTICLES.
func (p *Program) atDesk(ctx context.Context, c *cli.Command, work func(d *library.Desk, guild string) error) error {
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		shipped, err := p.loadArticles(p.articlePaths(c))
		if err != nil {
			return err
		}
		return work(library.NewDesk(s, s, s, articlesOf(shipped), p.Now), guild)
	})
}
