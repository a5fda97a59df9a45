package library

import "context"

// Row is one row of a table on its way from one database to another, by the names
// of the columns: texts are string, numbers int64, truth values bool. It names
// neither the guild nor a sequence number; the order of rows stands for the latter.
type Row map[string]any

// RowsFunc returns rows of one of the tables in an order that is the same on every
// engine, at most limit from the one numbered from, counted from 0.
type RowsFunc func(table string, from, limit int) ([]Row, error)

// Mover takes a guild's library out of one database and puts it into another.
type Mover interface {
	// Tables lists the tables that belong to a library, in the order in which they
	// are to be put in: what an article needs comes before what publishes it.
	Tables() []string
	// Rows is a [RowsFunc] that sees the database as it is at each call.
	Rows(ctx context.Context, guild, table string, from, limit int) ([]Row, error)
	// Still calls read with rows that are all as of one moment, whatever others
	// change meanwhile, and returns its error.
	Still(ctx context.Context, guild string, read func(RowsFunc) error) error
	// Load puts rows in, in their order, and returns how many were new; a row whose
	// key is there already is left as it is. It feeds the changes to followers and
	// writes no entry of the audit trail. Where posted answers quote a shipped article
	// that it hides, a job of kind [PropagateJob] is enqueued. ErrInvalid for a column
	// that the table does not have, for one that is missing, or for a value of another
	// type; ErrConflict for entries of the audit trail that do not follow those that
	// are there.
	Load(ctx context.Context, guild, table string, rows []Row) (added int, err error)
}
