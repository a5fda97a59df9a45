package store

import (
	"context"
	"errors"
	"strings"
)

// Examination says how a database is.
type Examination struct {
	Contents
	Name    string // which database it is, without any password
	Engine  string // with its version, such as "SQLite 3.50.4"
	Known   int64  // the version of the tables that this program brings; Version is behind it while migrations are pending
	Frozen  string // why it cannot be written, in a plain sentence; empty when it can
	Journal string // SQLite's journal mode; "wal" once the program has used the file
	Key     string // fingerprint of the key in use, see [Store.UseKey]; empty when none is recorded
}

// Examine looks at the database that cfg names and leaves it as it is: it makes no
// file and no table. It is ErrNotFound when there is no SQLite file yet; a
// PostgreSQL database without tables has version 0.
func Examine(ctx context.Context, cfg Config) (Examination, error) {
	d, err := dialectOf(cfg)
	if err != nil {
		return Examination{}, err
	}
	if file, ok := d.(*sqliteFile); ok {
		return examineFile(ctx, file.path)
	}
	db, _, err := d.open(ctx)
	switch {
	case ctx.Err() != nil:
		return Examination{}, ctx.Err()
	case err != nil && postgresCode(err) == "":
		return Examination{}, asFault(err, faultUnreachable, d.describe()+" cannot be reached: check the address and whether its server runs")
	case err != nil:
		return Examination{}, d.classify(err)
	}
	s := bare(d, db)
	e, err := s.examine(ctx, "SHOW server_version")
	e.Engine = "PostgreSQL " + e.Engine
	return e, errors.Join(err, s.Close())
}

func examineFile(ctx context.Context, path string) (Examination, error) {
	s, err := openFile(ctx, path)
	if err != nil {
		return Examination{}, err
	}
	e, err := func() (Examination, error) {
		if err := s.sound(ctx, path, "quick_check"); err != nil {
			return Examination{}, err
		}
		e, err := s.examine(ctx, "SELECT 'SQLite ' || sqlite_version()")
		if err != nil {
			return e, err
		}
		return e, s.ask(ctx, &e.Journal, "PRAGMA journal_mode")
	}()
	return e, errors.Join(err, s.Close())
}

// examine asks what both engines can tell. version is the query for the engine's.
func (s *Store) examine(ctx context.Context, version string) (e Examination, err error) {
	if err := s.ask(ctx, &e.Engine, version); err != nil {
		return e, err
	}
	e.Name, e.Engine = s.dialect.describe(), firstVersion(e.Engine)
	if e.Known, err = s.known(); err != nil {
		return e, err
	}
	if e.Contents, err = s.contents(ctx); err != nil {
		return e, err
	}
	if e.Version == 0 {
		e.Frozen, err = s.frozen(ctx, `CREATE TABLE verbatim_examined (x BIGINT)`)
		return e, err
	}
	if e.Key, err = s.KeyInUse(ctx); err != nil {
		return e, err
	}
	e.Frozen, err = s.frozen(ctx, `UPDATE clock SET seq = seq WHERE id = 1`)
	return e, err
}

// firstVersion leaves out what a distribution adds: "15.4 (Debian 15.4-1)".
func firstVersion(text string) string {
	text, _, _ = strings.Cut(text, " (")
	return text
}

// ask runs a query for one text.
func (s *Store) ask(ctx context.Context, into *string, query string) error {
	err := s.reads.QueryRowContext(ctx, query).Scan(into)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return s.dialect.classify(err)
}

// frozen tries a write, takes it back, and returns what was in the way.
func (s *Store) frozen(ctx context.Context, write string) (string, error) {
	try, err := s.writes.BeginTx(ctx, nil)
	if err == nil {
		_, err = try.ExecContext(ctx, write)
		_ = try.Rollback()
	}
	if err == nil {
		return "", nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	err = s.dialect.classify(err)
	if f, ok := errors.AsType[*fault](err); ok && f.reason != faultBusy {
		return f.message, nil
	}
	return "", err
}
