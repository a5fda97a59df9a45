package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"verbatim/internal/article"
)

// Contents says what a database holds.
type Contents struct {
	Version  int64 // of the tables; a program that knows less cannot use them
	Guilds   int64
	Articles int64 // of guilds, the withdrawn ones among them
	Answers  int64 // posted ones
	Bytes    int64 // of the file; 0 for a database that is none
}

// Inspect looks at a SQLite file and changes nothing in it. It is ErrNotFound when
// there is no file, ErrInvalid when it is damaged or was not written by this
// program, and ErrConflict when a newer one wrote it.
func Inspect(ctx context.Context, path string) (Contents, error) {
	s, err := openFile(ctx, path)
	if err != nil {
		return Contents{}, err
	}
	c, err := s.inspect(ctx, path)
	return c, errors.Join(err, s.Close())
}

func (s *Store) inspect(ctx context.Context, path string) (Contents, error) {
	if err := s.sound(ctx, path, "integrity_check"); err != nil {
		return Contents{}, err
	}
	c, err := s.contents(ctx)
	switch {
	case errors.Is(err, article.ErrConflict) || ctx.Err() != nil:
		return Contents{}, err
	case err != nil || c.Version == 0:
		return Contents{}, fmt.Errorf("%w: %s is a database, but not one of Verbatim", article.ErrInvalid, path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return Contents{}, fileFault(path, err)
	}
	c.Bytes = info.Size()
	return c, nil
}

// openFile opens an existing SQLite file as it is: nothing is migrated. The one
// connection may write, so that SQLite takes its -wal and -shm files away with it;
// where the system allows no writing, the file is opened for reading.
func openFile(ctx context.Context, path string) (*Store, error) {
	if info, err := os.Stat(path); err != nil {
		return nil, fileFault(path, err)
	} else if info.IsDir() {
		return nil, fmt.Errorf("%w: %s is a folder", article.ErrInvalid, path)
	}
	d := &sqliteFile{path: path}
	var err error
	for _, mode := range []string{"mode=rw&_txlock=deferred", "mode=ro"} {
		var db *sql.DB
		if db, err = d.connect(ctx, mode, 1); err == nil {
			return bare(d, db), nil
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, notADatabase(path, d.classify(err))
}

// bare is a store that is only looked at.
func bare(d dialect, db *sql.DB) *Store {
	return &Store{dialect: d, writes: db, reads: db, now: func() time.Time { return time.Time{} }, failed: func(string) {}, wakers: newWakers()}
}

// notADatabase turns damage of a file that somebody names into their mistake.
func notADatabase(path string, err error) error {
	if f, ok := errors.AsType[*fault](err); ok && f.reason == faultDamaged {
		return fmt.Errorf("%w: %s is not a database, or is damaged", article.ErrInvalid, path)
	}
	return err
}

// sound runs one of SQLite's checks, "integrity_check" or the faster "quick_check".
// Source: https://www.sqlite.org/pragma.html#pragma_integrity_check
func (s *Store) sound(ctx context.Context, path, check string) error {
	var verdict string
	err := s.reads.QueryRowContext(ctx, "PRAGMA "+check+"(1)").Scan(&verdict)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return notADatabase(path, s.dialect.classify(err))
	case verdict != "ok":
		return fmt.Errorf("%w: %s is damaged: %s", article.ErrInvalid, path, verdict)
	}
	return nil
}

// contents counts. It is ErrConflict when the tables are newer than this program.
func (s *Store) contents(ctx context.Context) (c Contents, err error) {
	c.Version, err = s.version(ctx)
	if err != nil || c.Version == 0 {
		return c, err
	}
	known, err := s.known()
	if err != nil {
		return c, err
	}
	if c.Version > known {
		return c, fmt.Errorf("%w: %s is at version %d and this program knows versions up to %d: use the newer program",
			article.ErrConflict, s.dialect.describe(), c.Version, known)
	}
	err = s.reads.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM guilds WHERE substr(guild, 1, 1) <> '@'),
		(SELECT count(*) FROM publications WHERE own),
		(SELECT count(*) FROM posted)`).Scan(&c.Guilds, &c.Articles, &c.Answers)
	if err != nil && ctx.Err() == nil {
		err = s.dialect.classify(err)
	}
	return c, err
}

// known is the newest version of the tables that this program knows.
func (s *Store) known() (newest int64, err error) {
	p, err := s.provider()
	if err != nil {
		return 0, err
	}
	for _, source := range p.ListSources() {
		newest = max(newest, source.Version)
	}
	return newest, nil
}

// fileFault puts a failed operation on a file into one of article's classes.
func fileFault(path string, err error) error {
	class := article.ErrUnavailable
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: there is no file %s", article.ErrNotFound, path)
	case errors.Is(err, fs.ErrExist):
		return exists("there is a file " + path + " already")
	case errors.Is(err, fs.ErrPermission):
		class = article.ErrInvalid
	}
	return fmt.Errorf("%w: %s: %w", class, path, err)
}

// exists is a name that is taken. It is ErrConflict, and fs.ErrExist to tell it from
// other conflicts.
type exists string

func (e exists) Error() string { return string(e) }

// Unwrap returns the classes of the error.
func (exists) Unwrap() []error { return []error{article.ErrConflict, fs.ErrExist} }
