package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// tx is a transaction of one guild.
type tx struct {
	ctx     context.Context //nolint:containedctx // a transaction is the span of one call, and the context is that span
	sql     *sql.Tx
	store   *Store
	guild   string
	at      time.Time // when it began, to the millisecond
	changes []library.Change
	ticked  bool
	rouses  bool // there is work for whoever waits, beside changes
}

// A transaction that lost against another one is tried again, for as long as
// patience lasts and after a pause that grows at random up to maxPause.
const (
	patience = 5 * time.Second
	maxPause = 20 * time.Millisecond
)

// write runs a change of a guild's records. Writers of one guild take turns; the
// clock is moved at the end, so that its row is locked for the shortest time.
func (s *Store) write(ctx context.Context, guild string, change func(*tx) error) error {
	return s.retry(ctx, guild, func(t *tx) error {
		err := t.exec(`INSERT INTO guilds (guild, version, joined_at, left_at) VALUES ($1, 1, 0, 0)
			ON CONFLICT (guild) DO UPDATE SET version = guilds.version + 1`, guild)
		if err != nil {
			return err
		}
		return change(t)
	})
}

// add runs a change that touches rows of its own only, such as a posted answer, so
// that it need not wait for the guild's other writers.
func (s *Store) add(ctx context.Context, guild string, change func(*tx) error) error {
	return s.retry(ctx, guild, change)
}

// retry runs a write transaction, again when it lost against another one.
func (s *Store) retry(ctx context.Context, guild string, change func(*tx) error) error {
	if err := checkKeys(guild); err != nil {
		return err
	}
	tired := time.NewTimer(patience)
	defer tired.Stop()
	for {
		err := s.once(ctx, guild, change)
		if err == nil || !s.dialect.temporary(err) {
			return s.failure(ctx, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tired.C:
			return s.failure(ctx, err)
		case <-time.After(rand.N(maxPause)):
		}
	}
}

// failure classifies the error of a write, and tells who listens of a fault.
func (s *Store) failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	err = s.dialect.classify(err)
	if f, ok := errors.AsType[*fault](err); ok {
		s.failed(string(f.reason))
		s.log.Error("the database could not be written", "reason", string(f.reason), "error", f.cause)
	}
	return err
}

func (s *Store) once(ctx context.Context, guild string, change func(*tx) error) error {
	if s.dialect.readOnly() {
		return asFrozen(nil, faultReadOnly, "the database was opened for reading only: make it writable and start again")
	}
	begun, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = begun.Rollback() }() // nothing to do after a commit
	t := &tx{ctx: ctx, sql: begun, store: s, guild: guild, at: s.moment()}
	if err := change(t); err != nil {
		return err
	}
	if err := t.flush(); err != nil {
		return err
	}
	if err := begun.Commit(); err != nil {
		return err
	}
	if t.wakes() {
		s.wakers.wake()
	}
	return nil
}

// moment is now, as precise as it is kept.
func (s *Store) moment() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// read runs queries that all see the same moment.
func (s *Store) read(ctx context.Context, guild string, queries func(*tx) error) error {
	if err := checkKeys(guild); err != nil {
		return err
	}
	begun, err := s.reads.BeginTx(ctx, s.dialect.snapshot())
	if err == nil {
		defer func() { _ = begun.Rollback() }() // nothing was written
		err = queries(&tx{ctx: ctx, sql: begun, store: s, guild: guild, at: s.moment()})
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	err = s.dialect.classify(err)
	if f, ok := errors.AsType[*fault](err); ok {
		s.log.Warn("the database could not be read", "reason", string(f.reason), "error", f.cause)
	}
	return err
}

// tick gives out the next sequence number. The clock's row stays locked until the
// transaction ends, so rows that others may hold are to be written before.
func (t *tx) tick() (seq int64, err error) {
	t.ticked = true
	err = t.row(`UPDATE clock SET seq = seq + 1 WHERE id = 1 RETURNING seq`).Scan(&seq)
	return seq, err
}

// flush moves the clock and writes the feed.
func (t *tx) flush() error {
	for i := range t.changes {
		c := &t.changes[i]
		var err error
		if c.Seq, err = t.tick(); err != nil {
			return err
		}
		err = t.exec(`INSERT INTO feed (seq, guild, kind, subject, at) VALUES ($1, $2, $3, $4, $5)`,
			c.Seq, c.Guild, string(c.Kind), c.Subject, millis(c.At))
		if err != nil {
			return err
		}
	}
	if !t.ticked {
		if _, err := t.tick(); err != nil {
			return err
		}
	}
	if !t.wakes() {
		return nil
	}
	return t.store.dialect.notify(t.ctx, t.sql)
}

// wakes reports whether those who wait are to look again once this is committed.
func (t *tx) wakes() bool { return len(t.changes) > 0 || t.rouses }

// changed puts a change into the feed.
func (t *tx) changed(kind library.ChangeKind, subject string) {
	t.changes = append(t.changes, library.Change{Guild: t.guild, Kind: kind, Subject: subject, At: t.at})
}

// fence refuses the transaction when a lease was lost: ErrConflict when somebody
// else has it, ErrUnavailable when it ran out and nobody took it, as happens while
// the database takes no writes. The zero lease, and one that is assumed because the
// table takes no writes, fence nothing.
func (t *tx) fence(l lease.Lease) error {
	if l.IsZero() || l.Epoch == 0 {
		return nil
	}
	now, err := t.clock()
	if err != nil {
		return err
	}
	// The row is written, not only read: so it is locked until the commit, and
	// nobody can take the lease in between.
	n, err := t.count(`UPDATE leases SET epoch = epoch WHERE name = $1 AND holder = $2 AND epoch = $3 AND expires > $4`,
		l.Name, l.Holder, l.Epoch, now)
	if err != nil || n > 0 {
		return err
	}
	err = t.row(`SELECT epoch FROM leases WHERE name = $1 AND holder = $2 AND epoch = $3`, l.Name, l.Holder, l.Epoch).Scan(new(int64))
	if err == nil {
		return fmt.Errorf("%w: the lease of %s ran out", article.ErrUnavailable, l.Name)
	}
	return fmt.Errorf("%w: %s is held by another process now", article.ErrConflict, l.Name)
}

// clock is the database's time, in milliseconds.
func (t *tx) clock() (now int64, err error) {
	err = t.row(t.store.dialect.clock()).Scan(&now)
	return now, err
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.sql.ExecContext(t.ctx, query, args...)
	return err
}

// count is exec that says how many rows it concerned.
func (t *tx) count(query string, args ...any) (int64, error) {
	result, err := t.sql.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *tx) row(query string, args ...any) *sql.Row {
	return t.sql.QueryRowContext(t.ctx, query, args...)
}

// scanner is what *sql.Row and *sql.Rows have in common.
type scanner interface{ Scan(into ...any) error }

// collect runs a query and reads each row.
func collect[T any](t *tx, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := t.sql.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// texts reads rows of one text.
func texts(t *tx, query string, args ...any) ([]string, error) {
	return collect(t, func(r scanner) (text string, err error) { return text, r.Scan(&text) }, query, args...)
}

// millis is how a time is kept: milliseconds since 1970; 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// timeOf reads what millis wrote.
func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
