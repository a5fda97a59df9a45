package store

import "database/sql"

// Writer is the connection by which a SQLite file is written, for tests that take
// its disk away.
func Writer(s *Store) *sql.DB { return s.writes }
