// Package store keeps everything in SQL: in one SQLite file by default, in
// PostgreSQL where several processes work together. It implements the ports of
// library, jobs and lease.
//
// There is one text of each query and of each migration; what the engines do not
// share (the clock, the kinds of error, how a copy is made) is in a dialect.
//
// Invariants:
//   - a sequence number is given out inside the transaction that makes a change,
//     by a row that stays locked until the commit: the order of the numbers is the
//     order in which changes become visible, and who follows loses none;
//   - writers of one guild take turns, so that what is read in a write transaction
//     is still so when it commits;
//   - an acknowledged write is on the disk: SQLite runs with synchronous=FULL;
//   - a change by a moderator and its entry in the audit trail are one transaction;
//   - errors are of article's classes, or the context's own; those of a database
//     that takes no writes from anybody (full, read-only) also wrap lease.ErrFrozen.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"verbatim/internal/article"
)

// Config says which database to open.
type Config struct {
	URL string           // "sqlite:PATH" or "postgres://..."
	Now func() time.Time // for the times of records; leases go by the database's clock
	Log *slog.Logger     // silent when nil

	// Conns is how many connections to PostgreSQL are held at most; 0 stands for 8.
	Conns int
	// WriteFailed hears of each write that the database could not do: "full",
	// "read-only", "busy", "unreachable", "damaged" or "other". Nil when nobody listens.
	WriteFailed func(reason string)
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	dialect dialect
	writes  *sql.DB
	reads   *sql.DB
	now     func() time.Time
	log     *slog.Logger
	failed  func(reason string)
	wakers  *wakers
}

// Open opens the database, creates it when there is none, and brings its tables
// up to date; when several processes do so at once, one of them does. A database of
// a newer program is ErrConflict. A SQLite file that cannot be written is opened
// for reading, which the log says.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	d, err := dialectOf(cfg)
	if err != nil {
		return nil, err
	}
	s := &Store{dialect: d, now: cfg.Now, log: cfg.Log, failed: cfg.WriteFailed, wakers: newWakers()}
	if s.now == nil {
		return nil, fmt.Errorf("%w: the store needs a clock", article.ErrInvalid)
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.failed == nil {
		s.failed = func(string) {}
	}
	if s.writes, s.reads, err = d.open(ctx); err != nil {
		return nil, d.classify(err)
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare migrates a database that takes writes; one that does not must be up to
// date already.
func (s *Store) prepare(ctx context.Context) error {
	if s.dialect.readOnly() {
		s.log.Warn("the database cannot be written: answering goes on, nothing new is kept", "database", s.dialect.describe())
		return s.current(ctx)
	}
	return s.migrate(ctx)
}

// Close closes the database. No method may be called after it.
func (s *Store) Close() error {
	err := s.writes.Close()
	if s.reads != s.writes {
		err = errors.Join(err, s.reads.Close())
	}
	return err
}

// Describe says which database this is, without any password.
func (s *Store) Describe() string { return s.dialect.describe() }

// Shared reports whether processes on other machines may use the database as well.
func (s *Store) Shared() bool { return s.dialect.name() == string(goose.DialectPostgres) }

// ReadOnly reports whether the database could only be opened for reading.
func (s *Store) ReadOnly() bool { return s.dialect.readOnly() }

// dialect is what the engines do not share.
type dialect interface {
	name() string     // as goose calls it
	describe() string // for people, without secrets
	open(ctx context.Context) (writes, reads *sql.DB, err error)
	readOnly() bool // the database was opened for reading only
	clock() string  // the query for the time in milliseconds
	classify(err error) error
	temporary(err error) bool // the transaction may succeed when it is tried again
	snapshot() *sql.TxOptions // of a transaction that reads everything as of one moment
	notify(ctx context.Context, t *sql.Tx) error
	linger(ctx context.Context, t *sql.Tx) error // lets a transaction that only reads do nothing for long
}

// dialectOf returns the engine that a URL names.
func dialectOf(cfg Config) (dialect, error) {
	if path, ok := strings.CutPrefix(cfg.URL, "sqlite:"); ok && path != "" {
		return &sqliteFile{path: path}, nil
	}
	if strings.HasPrefix(cfg.URL, "postgres://") || strings.HasPrefix(cfg.URL, "postgresql://") {
		return newPostgres(cfg)
	}
	return nil, fmt.Errorf("%w: a database is sqlite:PATH or postgres://user@host/name", article.ErrInvalid)
}
