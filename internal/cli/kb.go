package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
)

// kbExample is an example of a kb command.
func kbExample(command, rest string) string {
	return "verbatim kb " + command + " --guild 123456789012345678" + rest
}

func (p *Program) kbCommand() *cli.Command {
	return &cli.Command{
		Name:  "kb",
		Usage: "keeps a server's articles: adds, lists, reverts, audits",
		Description: "A server answers from the articles that came with the program, but for those\n" +
			"it hid, and from its own, but for those it withdrew. SLUG names an article as\n" +
			"verbatim kb list does. No revision is ever lost.\n\n" + guildHelp + "\n" +
			example(kbExample("add", " ponds.md"), kbExample("list", "")),
		Commands: []*cli.Command{
			p.kbAddCommand(), p.kbListCommand(), p.kbShowCommand(), p.kbHistoryCommand(),
			p.kbStateCommand("withdraw", "withdrawn", "stops answering from an own article, and keeps it", (*library.Desk).Withdraw),
			p.kbStateCommand("hide", "hidden", "stops answering from one that came with the program", (*library.Desk).Hide),
			p.kbStateCommand("restore", "restored", "answers from a hidden or withdrawn article again", (*library.Desk).Restore),
			p.kbRevertCommand(), p.kbAuditCommand(),
		},
		Action: needsSubcommand,
	}
}

// slugOf returns the one article that the command line names.
func slugOf(c *cli.Command) (string, error) {
	if c.Args().Len() != 1 {
		return "", usageError{"name one article by its slug; see verbatim kb list"}
	}
	return c.Args().First(), nil
}

// kbStateCommand is a command that changes what is done with one article; done is
// what the article then is.
func (p *Program) kbStateCommand(
	name, done, usage string, change func(d *library.Desk, ctx context.Context, guild, key string, act library.Act) (bool, error),
) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "SLUG",
		Description: guildHelp + "\n" + example(kbExample(name, " garden-ponds --reason old")),
		Flags:       append([]cli.Flag{guildFlag()}, actFlags()...),
		Action: func(ctx context.Context, c *cli.Command) error {
			slug, err := slugOf(c)
			if err != nil {
				return err
			}
			act, err := actOf(c)
			if err != nil {
				return err
			}
			return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
				changed, err := change(d, ctx, guild, slug, act)
				if err != nil {
					return err
				}
				return p.say(changed, done, slug, "")
			})
		},
	}
}

// say prints what was done to an article, or that nothing was.
func (p *Program) say(changed bool, done, slug, hash string) error {
	if !changed {
		done = "unchanged"
	}
	if hash != "" {
		hash = " " + hash
	}
	_, err := fmt.Fprintf(p.Out, "%s %s%s\n", done, printable(slug), hash)
	return err
}

func (p *Program) kbShowCommand() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "prints the Markdown of an article, to edit and add again", ArgsUsage: "SLUG",
		Description: "Prints the current revision, exactly as it is kept. To change an article:\n" +
			"print it to a file, edit that, and add it with --base and the revision that\n" +
			"verbatim kb history marks as current.\n\n" + guildHelp + "\n" +
			example(kbExample("show", " garden-ponds >ponds.md"), kbExample("show", " garden-ponds --revision 3f2a91")),
		Flags: []cli.Flag{
			guildFlag(),
			&cli.StringFlag{Name: "revision", Usage: "the revision whose hash begins with `HASH`"},
			&cli.BoolFlag{Name: "canonical", Usage: "print the text that quotes are cut from"},
		},
		Action: p.kbShow,
	}
}

func (p *Program) kbShow(ctx context.Context, c *cli.Command) error {
	slug, err := slugOf(c)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		r, err := d.Show(ctx, guild, slug, c.String("revision"))
		if err != nil {
			return err
		}
		text := r.Source
		if c.Bool("canonical") {
			text = r.Canonical
		}
		_, err = io.WriteString(p.Out, text)
		return err
	})
}
