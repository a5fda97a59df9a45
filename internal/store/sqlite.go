package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The settings of every connection: readers and the writer do not wait for each
// other (WAL), a commit is on the disk before it is acknowledged (FULL), and another
// process's write is waited for: a moment in SQLite, which minds no context, and
// beyond that by trying again.
const (
	sqlitePragmas = "_pragma=busy_timeout(200)&_pragma=synchronous(FULL)&_pragma=journal_size_limit(67108864)"
	sqliteReaders = 8 // connections for reading
)

// sqliteFile is a file. One connection writes, so that writers of this process wait
// for their turn in Go, where a context can end the wait.
type sqliteFile struct {
	path   string
	frozen bool
}

func (*sqliteFile) name() string             { return "sqlite3" }
func (d *sqliteFile) describe() string       { return "SQLite file " + d.path }
func (d *sqliteFile) readOnly() bool         { return d.frozen }
func (*sqliteFile) clock() string            { return "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)" }
func (*sqliteFile) snapshot() *sql.TxOptions { return nil } // a WAL reader sees one moment anyway

func (*sqliteFile) notify(context.Context, *sql.Tx) error { return nil }
func (*sqliteFile) linger(context.Context, *sql.Tx) error { return nil }

// open opens the file for reading and writing, or for reading alone where the
// system allows no more.
func (d *sqliteFile) open(ctx context.Context) (writes, reads *sql.DB, err error) {
	d.create()
	writes, err = d.connect(ctx, "mode=rwc&_txlock=immediate&_pragma=journal_mode(WAL)", 1)
	if err == nil {
		reads, err = d.connect(ctx, "mode=rw&_txlock=deferred&_query_only=1", sqliteReaders)
		if err == nil {
			return writes, reads, nil
		}
		_ = writes.Close()
	}
	if !isFrozen(d.classify(err)) && !cannotOpen(err) {
		return nil, nil, err
	}
	for _, mode := range []string{"mode=ro", "mode=ro&immutable=1"} {
		only, roErr := d.connect(ctx, mode+"&_query_only=1", sqliteReaders)
		if roErr == nil {
			d.frozen = true
			return only, only, nil
		}
	}
	return nil, nil, err
}

// create makes an empty file that only its owner may read, and whose log SQLite
// then makes with the same rights. Where that fails, so will opening it.
func (d *sqliteFile) create() {
	if f, err := os.OpenFile(d.path, os.O_CREATE|os.O_RDWR, 0o600); err == nil {
		_ = f.Close()
	}
}

// connect opens a pool and proves that it works.
func (d *sqliteFile) connect(ctx context.Context, mode string, conns int) (*sql.DB, error) {
	c, err := sqlite.NewConnector(sqliteURI(d.path) + "?" + mode + "&" + sqlitePragmas)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := proved(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Others who create the same file are waited for so often, and so long each time.
const (
	creationTries = 10
	creationPause = 20 * time.Millisecond
)

// proved reads from a pool, again while others create the file at the same moment:
// SQLite may then find that a log or a lock is gone between two looks at it.
func proved(ctx context.Context, db *sql.DB) (err error) {
	for range creationTries {
		var n int
		err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n)
		e, ok := errors.AsType[*sqlite.Error](err)
		if !ok || (e.Code() != sqlite3.SQLITE_IOERR_DELETE_NOENT && e.Code() != sqlite3.SQLITE_IOERR_RDLOCK) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(creationPause):
		}
	}
	return err
}

// sqliteURI names a file as SQLite's URIs do, whatever signs its path has.
// Source: https://www.sqlite.org/uri.html
func sqliteURI(path string) string {
	path = filepath.ToSlash(path)
	if filepath.VolumeName(path) != "" {
		path = "/" + path
	}
	return "file:" + strings.ReplaceAll((&url.URL{Path: path}).EscapedPath(), ";", "%3B")
}

// temporary reports whether another process held the file for too long.
func (*sqliteFile) temporary(err error) bool {
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

func cannotOpen(err error) bool { return sqliteCode(err) == sqlite3.SQLITE_CANTOPEN }

// sqliteCode returns the primary result code of an error, 0 for any other error.
func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// classify turns a driver's error into one of ours.
// Source: https://www.sqlite.org/rescode.html
func (d *sqliteFile) classify(err error) error {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT:
		return asConflict(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return asFault(err, faultBusy, "another process keeps the database busy: try again")
	case sqlite3.SQLITE_FULL:
		return asFrozen(err, faultFull, "the disk with the database is full: make room on it")
	case sqlite3.SQLITE_READONLY:
		return asFrozen(err, faultReadOnly, "the database may not be written: check the permissions of "+d.path)
	case sqlite3.SQLITE_IOERR:
		return asFault(err, faultDisk, "the disk with the database fails: check it")
	case sqlite3.SQLITE_CANTOPEN:
		return asFault(err, faultUnreachable, fmt.Sprintf("the database %s cannot be opened: check that its folder exists and can be written", d.path))
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return asFault(err, faultDamaged, fmt.Sprintf("%s is not a database that can be read: restore a backup", d.path))
	case sqlite3.SQLITE_TOOBIG:
		return asTooLarge(err)
	case sqlite3.SQLITE_INTERRUPT:
		return context.Canceled
	}
	return commonClass(err)
}
