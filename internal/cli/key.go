package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/keyring"
	lib "verbatim/internal/library"
)

// defaultKeyFile is the name of the key file where VERBATIM_KEY_FILE names none.
const defaultKeyFile = "verbatim.key"

const keyHelp = "Who asked something is kept as a code (a keyed MAC), never as a name or an\n" +
	"id, so that only the asker can remove an answer. The key lies in\n" +
	"VERBATIM_KEY_FILE; default: " + defaultKeyFile + " beside the SQLite file, or in the\n" +
	"user's data folder with PostgreSQL. It is made at the first start, and\n" +
	"processes on one database need copies of one file. Keep a copy of it apart\n" +
	"from the backups of the database.\n"

func (p *Program) keyCommand() *cli.Command {
	return &cli.Command{
		Name:        "key",
		Usage:       "shows and renews the key that hides who asked",
		Description: keyHelp + "\n" + example("verbatim key show", "verbatim key rotate"),
		Commands: []*cli.Command{
			{
				Name: "show", Usage: "prints where the keys lie, their ids and dates",
				Description: keyHelp + "\n" + example("verbatim key show"), Action: p.showKeys,
			},
			{
				Name: "rotate", Usage: "makes a new key; the old ones are still recognised",
				Description: "A bot that runs on the same file takes the new key by itself. Give copies of\n" +
					"the file to processes on other machines at once. When the file is lost, this\n" +
					"makes a new one: then nobody is recognised as the asker of an older answer.\n\n" +
					example("verbatim key rotate"),
				Flags: actFlags(), Action: p.rotateKey,
			},
		},
		Action: needsSubcommand,
	}
}

// keyFile is VERBATIM_KEY_FILE, or where the key lies without it.
func (p *Program) keyFile() (string, error) {
	if path := p.Getenv("VERBATIM_KEY_FILE"); path != "" {
		return path, nil
	}
	url, err := p.databaseURL()
	if err != nil {
		return "", err
	}
	path, isFile := strings.CutPrefix(url, sqlitePrefix)
	if !isFile {
		path = p.defaultDatabase()
	}
	if path == "" {
		return "", fmt.Errorf("%w: there is no home folder to keep the key file in: set VERBATIM_KEY_FILE", article.ErrInvalid)
	}
	return filepath.Join(filepath.Dir(path), defaultKeyFile), nil
}

// openKeyring opens the key file, and makes it where there is none.
func (p *Program) openKeyring() (*keyring.Ring, error) {
	path, err := p.keyFile()
	if err != nil {
		return nil, err
	}
	return keyring.Open(path, rand.Reader, p.Now())
}

func (p *Program) showKeys(_ context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"key show takes no argument"}
	}
	path, err := p.keyFile()
	if err != nil {
		return err
	}
	ring, err := keyring.Load(path)
	if errors.Is(err, article.ErrNotFound) {
		return fmt.Errorf("%w: there is no key file %s yet; verbatim serve makes it", article.ErrNotFound, path)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, path)
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KEY\tCREATED\tUSED FOR")
	use := "new codes"
	for _, k := range ring.Keys() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", k.ID, k.Created, use)
		use = "older codes"
	}
	return w.Flush()
}

func (p *Program) rotateKey(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"key rotate takes no argument"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	path, err := p.keyFile()
	if err != nil {
		return err
	}
	ring, err := keyring.Rotate(path, rand.Reader, p.Now())
	if errors.Is(err, article.ErrNotFound) {
		ring, err = keyring.Open(path, rand.Reader, p.Now())
	}
	if err != nil {
		return err
	}
	newest, older := ring.Keys()[0], len(ring.Keys())-1
	fmt.Fprintf(p.Out, "key %s is used from now on; %s still recognised\n", newest.ID, isOrAre(older, "older key"))
	if err := p.tellOfKey(ctx, ring, act); err != nil {
		fmt.Fprintf(p.Err, "verbatim: note: the database could not be told (%s): processes that run take the new key at their next start\n", plainError(err))
	}
	return nil
}

func isOrAre(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return fmt.Sprintf("%d %ss are", n, noun)
}

// tellOfKey records the newest key in the database, if there is one by now, so that
// running processes learn of it. That the key was not known before is what was asked for.
func (p *Program) tellOfKey(ctx context.Context, ring *keyring.Ring, act lib.Act) error {
	url, err := p.databaseURL()
	if err != nil {
		return err
	}
	if path, isFile := strings.CutPrefix(url, sqlitePrefix); isFile {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil
		}
	}
	s, err := p.openStore(ctx)
	if err != nil {
		return err
	}
	return errors.Join(s.UseKey(ctx, ring.Fingerprint(), func(string) bool { return true }, act), s.Close())
}
