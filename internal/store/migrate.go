package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"verbatim/internal/article"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// provider knows all migrations.
func (s *Store) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	if s.Shared() {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // looks every second, for five minutes
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(goose.Dialect(s.dialect.name()), s.writes, files, options...)
}

// A starter waits for another one that migrates so often, and so long each time.
const (
	migrationTries = 25
	migrationPause = 200 * time.Millisecond
)

// migrate brings the tables up to date. PostgreSQL makes starters take turns by a
// lock. In a SQLite file each migration is one transaction, so of several starters
// one succeeds; the others fail, look again, and find it done.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	for range migrationTries {
		if err = s.upToDate(ctx, p); err == nil || errors.Is(err, article.ErrConflict) {
			return err
		}
		if _, err = p.Up(ctx); err == nil {
			return s.upToDate(ctx, p)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(migrationPause):
		}
	}
	return fmt.Errorf("bring the database up to date: %w", s.dialect.classify(err))
}

// current reports whether a database that cannot be written can be used.
func (s *Store) current(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	return s.upToDate(ctx, p)
}

// upToDate is ErrConflict when a newer program wrote the database, and
// ErrUnavailable when migrations are pending.
func (s *Store) upToDate(ctx context.Context, p *goose.Provider) error {
	var known int64
	for _, source := range p.ListSources() {
		known = max(known, source.Version)
	}
	at, err := s.version(ctx)
	switch {
	case err != nil:
		return err
	case at > known:
		return fmt.Errorf("%w: the database is at version %d and this program knows versions up to %d: use the newer program", article.ErrConflict, at, known)
	case at < known:
		return fmt.Errorf("%w: the database is at version %d and needs to be brought to %d, for which it must be writable", article.ErrUnavailable, at, known)
	}
	return nil
}

// version is the last migration that was applied, 0 for an empty database.
func (s *Store) version(ctx context.Context) (int64, error) {
	var at int64
	err := s.reads.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&at)
	if err == nil {
		return at, nil
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	// Without goose's table nothing was applied. The engines word that differently,
	// so what is asked is whether the database can be asked anything.
	if other := s.reads.QueryRowContext(ctx, "SELECT 0").Scan(&at); other != nil {
		return 0, s.dialect.classify(other)
	}
	return 0, nil
}
