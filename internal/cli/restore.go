package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/store"
)

func (p *Program) restoreCommand() *cli.Command {
	return &cli.Command{
		Name:      "restore",
		Usage:     "puts a backup in the place of the database",
		ArgsUsage: "FILE",
		Description: "FILE is checked first, and stays as it is. Stop the bot before. A database\n" +
			"that is there is replaced only with --replace, and kept beside the new one\n" +
			"under a name that ends with the time. For PostgreSQL the command prints the\n" +
			"line that restores a backup, and changes nothing.\n\n" + keyNotInBackup + "\n" +
			example("verbatim restore verbatim-2027-01-31.db", "verbatim restore --replace verbatim-2027-01-31.db"),
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "replace", Usage: "put the database aside when there is one"}},
		Action: p.restore,
	}
}

func (p *Program) restore(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one file; see verbatim restore --help"}
	}
	file := c.Args().First()
	database, err := p.databaseURL()
	if err != nil {
		return err
	}
	path, isFile := strings.CutPrefix(database, sqlitePrefix)
	if !isFile {
		return p.printPostgres(database, "pg_restore --clean --if-exists --no-owner --single-transaction "+shellQuoted(file)+" --dbname=")
	}
	replace := c.Bool("replace")
	restored, err := store.Restore(ctx, file, path, replace, p.Now())
	switch {
	case errors.Is(err, fs.ErrExist) && !replace:
		return fmt.Errorf("%w; --replace keeps it beside and puts the backup in its place", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(p.Out, "%s: restored from %s: %s\n", path, file, contentsText(restored.Contents))
	if restored.Aside != "" {
		fmt.Fprintf(p.Out, "%s: the database that was there\n", restored.Aside)
	}
	if restored.Unchecked {
		fmt.Fprintln(p.Err, "verbatim: note: the database that was there cannot be read, so a bot that still runs on it was not noticed: restart it")
	}
	p.noteKeyFile()
	return nil
}
