package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

func libraryExample(command, rest string) string {
	return "verbatim library " + command + " --guild 123456789012345678" + rest
}

func (p *Program) libraryCommand() *cli.Command {
	return &cli.Command{
		Name:  "library",
		Usage: "moves or deletes everything that a server keeps",
		Description: "An export is a zip of Markdown and JSON with the server's articles in all\n" +
			"revisions, its settings, questions, synonyms and audit trail. It holds\n" +
			"nothing that members did: no answers, votes or questions of theirs.\n\n" + guildHelp + "\n" +
			example(libraryExample("export", ""), libraryExample("import", " library.zip")),
		Commands: []*cli.Command{p.libraryExportCommand(), p.libraryImportCommand(), p.libraryDeleteCommand()},
		Action:   needsSubcommand,
	}
}

func (p *Program) libraryExportCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "writes a server's whole library to a zip file", ArgsUsage: "[FILE]",
		Description: "FILE is verbatim-ID.zip when it is left out, and - for standard output. The\n" +
			"same library gives the same bytes, whatever database it is kept in.\n\n" + guildHelp + "\n" +
			example(libraryExample("export", ""), libraryExample("export", " - >library.zip")),
		Flags:  []cli.Flag{guildFlag(), &cli.BoolFlag{Name: "force", Usage: "replace the file when it is there already"}},
		Action: p.exportLibrary,
	}
}

func (p *Program) exportLibrary(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one file"}
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		path := c.Args().First()
		switch path {
		case "-":
			if isTerminal(p.Out) {
				return usageError{"a zip file is not for a terminal: name a file, or send the output to one"}
			}
			_, err := library.Export(ctx, s, guild, p.Out)
			return err
		case "":
			path = "verbatim-" + guild + ".zip"
		}
		return p.exportTo(ctx, s, guild, path, c.Bool("force"))
	})
}

// exportTo writes an export to a file. A library of nothing is refused, since the
// server was hardly meant.
func (p *Program) exportTo(ctx context.Context, s *store.Store, guild, path string, replace bool) error {
	var m library.Manifest
	err := writeNewFile(path, replace, func(w io.Writer) (err error) {
		m, err = library.Export(ctx, s, guild, w)
		if err == nil && m.Rows() == 0 {
			err = fmt.Errorf("%w: nothing is kept of the server %s", article.ErrNotFound, guild)
		}
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Err, "%s: %s\n", path, holdings(m))
	return nil
}

// holdings counts what is in a library.
func holdings(m library.Manifest) string {
	rest := m.Rows()
	for _, table := range []string{"publications", "revisions", "texts", "settings", "audit"} {
		rest -= m.Tables[table]
	}
	several := func(n int64, noun string) string { return counted(int(n), noun) }
	return strings.Join([]string{
		several(m.Tables["publications"], "article"), several(m.Tables["revisions"], "revision"), several(m.Tables["settings"], "setting"),
		several(rest, "other record"), several(m.Tables["audit"], "line") + " of the audit trail",
	}, ", ")
}

func (p *Program) libraryDeleteCommand() *cli.Command {
	return &cli.Command{
		Name: "delete", Usage: "deletes all that is kept of a server, for good",
		Description: "Without --yes it says what would go. The library is exported first, to\n" +
			"verbatim-ID-deleted.zip. A server that removed the bot is deleted by itself\n" +
			"after 30 days. The articles that came with the program stay.\n\n" + guildHelp + "\n" +
			example(libraryExample("delete", ""), libraryExample("delete", " --yes")),
		Flags: []cli.Flag{
			guildFlag(),
			&cli.BoolFlag{Name: "yes", Usage: "delete now"},
			&cli.BoolFlag{Name: "no-export", Usage: "keep no export"},
		},
		Action: p.deleteLibrary,
	}
}

func (p *Program) deleteLibrary(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"library delete takes no argument; give the server as --guild"}
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		m, err := library.Contents(ctx, s, guild)
		if err != nil {
			return err
		}
		if !c.Bool("yes") {
			return p.offerDeletion(guild, m)
		}
		if !c.Bool("no-export") && m.Rows() > 0 {
			if err := p.exportTo(ctx, s, guild, "verbatim-"+guild+"-deleted.zip", false); err != nil {
				return fmt.Errorf("nothing was deleted, since the export failed; with --no-export none is made: %w", placed(err))
			}
		}
		if err := s.Delete(ctx, guild); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Out, "deleted %s\n", guild)
		return err
	})
}

// offerDeletion says what would be deleted and how to keep it.
func (p *Program) offerDeletion(guild string, m library.Manifest) error {
	fmt.Fprintf(p.Err, "This would delete all that is kept of the server %s: %s, and what members did.\n", guild, holdings(m))
	fmt.Fprintf(p.Err, "To keep a copy: verbatim library export --guild %s\n", guild)
	fmt.Fprintf(p.Err, "To delete it:   verbatim library delete --guild %s --yes\n", guild)
	return exitCode(exitUsage)
}
