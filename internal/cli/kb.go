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
		Usage: "does what moderators do: articles, tests, corrections, audit",
		Description: "A server answers from the articles that came with the program, but for those\n" +
			"it hid, and from its own, but for those it withdrew. SLUG names an article as\n" +
			"verbatim kb list does. No revision is ever lost.\n\n" +
			"Moderators do the same in Discord with /kb. verbatim library export moves all\n" +
			"of it at once; settings and safety topics have commands of their own.\n\n" + guildHelp + "\n" +
			example(kbExample("preview", " ponds.md"), kbExample("add", " ponds.md"), kbExample("test", "")),
		Commands: p.kbCommands(),
		Action:   needsSubcommand,
	}
}

// kbCommands are the commands, those that belong together side by side.
func (p *Program) kbCommands() []*cli.Command {
	return []*cli.Command{
		p.kbPreviewCommand(), p.kbAddCommand(), p.kbListCommand(), p.kbShowCommand(), p.kbHistoryCommand(), p.kbDiffCommand(),
		p.kbRevertCommand(), p.kbWithdrawCommand(), p.kbHideCommand(), p.kbRestoreCommand(),
		p.kbDraftCommand(), p.kbDraftsCommand(), p.kbReviewCommand(), p.kbDueCommand(),
		p.kbTestCommand(), p.kbGoldenCommand(), p.kbWhyCommand(), p.kbSearchCommand(),
		p.kbCorrectCommand(), p.kbPointCommand(), p.kbCorrectionsCommand(), p.kbUndoCommand(),
		p.kbGapsCommand(), p.kbDismissCommand(), p.kbStatsCommand(), p.kbJobsCommand(), p.kbAuditCommand(),
	}
}

// jsonObjectFlag is --json of a command that prints one object.
func jsonObjectFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "json", Usage: "print one JSON object"}
}

// noArguments refuses arguments that a command does not take.
func noArguments(c *cli.Command) error {
	if c.Args().Present() {
		return usageError{fmt.Sprintf("%s takes no argument %q; see %s --help", c.FullName(), c.Args().First(), c.FullName())}
	}
	return nil
}

// slugOf returns the one article that the command line names.
func slugOf(c *cli.Command) (string, error) {
	if c.Args().Len() != 1 {
		return "", usageError{"name one article by its slug; see verbatim kb list"}
	}
	return c.Args().First(), nil
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
