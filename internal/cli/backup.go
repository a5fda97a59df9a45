package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/store"
)

const keyNotInBackup = "The key file is not in the backup (see verbatim key --help): keep a copy\n" +
	"somewhere else.\n"

func (p *Program) backupCommand() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Usage:     "copies the database to a file, also while the bot runs",
		ArgsUsage: "FILE",
		Description: "FILE is a SQLite database with everything that is kept, as of one moment,\n" +
			"checked and readable by you alone. For PostgreSQL the command prints the line\n" +
			"that makes a backup, and writes nothing.\n\n" + keyNotInBackup + "\n" +
			example("verbatim backup verbatim-2027-01-31.db", "verbatim backup --force /mnt/backups/verbatim.db"),
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "force", Usage: "replace FILE when it is there"}},
		Action: p.backup,
	}
}

func (p *Program) backup(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one file; see verbatim backup --help"}
	}
	file := c.Args().First()
	database, err := p.databaseURL()
	if err != nil {
		return err
	}
	path, isFile := strings.CutPrefix(database, sqlitePrefix)
	if !isFile {
		return p.printPostgres(database, "pg_dump --format=custom --no-owner --file="+shellQuoted(file)+" --dbname=")
	}
	contents, err := store.Backup(ctx, path, file, c.Bool("force"))
	switch {
	case errors.Is(err, fs.ErrExist) && !c.Bool("force"):
		return fmt.Errorf("%w; --force replaces it", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(p.Out, "%s: %s\n", file, contentsText(contents))
	p.noteKeyFile()
	return nil
}

// contentsText says how large a database is and what is in it.
func contentsText(c store.Contents) string {
	return fmt.Sprintf("%s; %s, %s, %s", sizeText(c.Bytes), counted(int(c.Guilds), "server"), counted(int(c.Articles), "article"),
		counted(int(c.Answers), "posted answer"))
}

// sizeText is a number of bytes for people, rounded up.
func sizeText(bytes int64) string {
	const kib, mib = 1 << 10, 1 << 20
	if bytes < 10*mib {
		return fmt.Sprintf("%d KiB", (bytes+kib-1)/kib)
	}
	return fmt.Sprintf("%d MiB", (bytes+mib-1)/mib)
}

func (p *Program) noteKeyFile() {
	path, err := p.keyFile()
	if err != nil {
		path = "VERBATIM_KEY_FILE"
	}
	fmt.Fprintf(p.Err, "verbatim: note: the key file %s is not in the backup: keep a copy of it somewhere else\n", path)
}

// printPostgres prints a command line of PostgreSQL's own tools, which ends with
// the database, without the password.
func (p *Program) printPostgres(database, command string) error {
	address, err := libpqAddress(database)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, command+shellQuoted(address))
	fmt.Fprintln(p.Err, "verbatim: note: nothing was done; run this line. It has no password: set PGPASSWORD, or use a .pgpass file")
	p.noteKeyFile()
	return nil
}

// libpqAddress is a database's address as PostgreSQL's own tools take it: without
// the password, and without what only our driver understands.
// Source: https://www.postgresql.org/docs/current/libpq-connect.html
func libpqAddress(database string) (string, error) {
	u, err := url.Parse(database)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", fmt.Errorf("%w: VERBATIM_DATABASE must be sqlite:PATH or postgres://user@host/name", article.ErrInvalid)
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	values := u.Query()
	for name := range values {
		if strings.Contains(name, "password") || strings.HasPrefix(name, "pool_") || strings.HasSuffix(name, "_cache_capacity") ||
			name == "default_query_exec_mode" || name == "min_read_buffer_size" {
			values.Del(name)
		}
	}
	u.RawQuery = values.Encode()
	return u.String(), nil
}

// shellQuoted is a word as a POSIX shell takes it.
func shellQuoted(word string) string {
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
