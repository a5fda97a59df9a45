package store

import (
	"context"
	"database/sql"
	"errors"
)

// Writer is the connection by which a SQLite file is written, for tests that take
// its disk away.
func Writer(s *Store) *sql.DB { return s.writes }

// IdleLimit returns how long the server lets a transaction do nothing.
func IdleLimit(ctx context.Context, s *Store) (limit string, err error) {
	err = s.reads.QueryRowContext(ctx, "SHOW idle_in_transaction_session_timeout").Scan(&limit)
	return limit, err
}

// Lingering returns how long a reader of s may do nothing from now on, as of each
// time that its dialect allowed it.
func Lingering(s *Store) *[]string {
	limits := new([]string)
	s.dialect = lingering{s.dialect, limits}
	return limits
}

type lingering struct {
	dialect
	limits *[]string
}

func (l lingering) linger(ctx context.Context, t *sql.Tx) error {
	if err := l.dialect.linger(ctx, t); err != nil {
		return err
	}
	var limit string
	err := t.QueryRowContext(ctx, "SHOW idle_in_transaction_session_timeout").Scan(&limit)
	*l.limits = append(*l.limits, limit)
	return err
}

// MigrateTo brings the tables of a database to a version, as programs of other
// versions would leave them.
func MigrateTo(ctx context.Context, cfg Config, version int64) error {
	d, err := dialectOf(cfg)
	if err != nil {
		return err
	}
	s := &Store{dialect: d, wakers: newWakers()}
	if s.writes, s.reads, err = d.open(ctx); err != nil {
		return err
	}
	p, err := s.provider()
	if err == nil {
		_, err = p.DownTo(ctx, version)
	}
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return errors.Join(err, s.Close())
}
