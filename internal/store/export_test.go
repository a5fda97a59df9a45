package store

import (
	"context"
	"database/sql"
)

// Writer is the connection by which a SQLite file is written, for tests that take
// its disk away.
func Writer(s *Store) *sql.DB { return s.writes }

// IdleLimit returns how long the server lets a transaction do nothing.
func IdleLimit(ctx context.Context, s *Store) (limit string, err error) {
	err = s.reads.QueryRowContext(ctx, "SHOW idle_in_transaction_session_timeout").Scan(&limit)
	return limit, err
}
