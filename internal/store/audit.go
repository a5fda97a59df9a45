package store

import (
	"context"

	"verbatim/internal/library"
)

// audit adds an entry to the guild's trail. Only a transaction that makes the
// guild's writers take turns may call it: the entry follows the last one.
func (t *tx) audit(act library.Act, action, subject, before, after string) error {
	if err := checkTexts(maxText, act.Actor, act.Reason, action, subject, before, after); err != nil {
		return err
	}
	last, err := t.lastEntry()
	if err != nil {
		return err
	}
	e := library.Entry{
		At: t.at, Actor: act.Actor, Action: action, Subject: subject, Before: before, After: after, Reason: act.Reason,
	}.Following(last, t.guild)
	return t.exec(`INSERT INTO audit (guild, n, at, actor, action, subject, before, after, reason, prev, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		t.guild, e.N, millis(e.At), e.Actor, e.Action, e.Subject, e.Before, e.After, e.Reason, e.Prev, e.Hash)
}

const auditColumns = `SELECT n, at, actor, action, subject, before, after, reason, prev, hash FROM audit WHERE guild = $1`

func readEntry(r scanner) (e library.Entry, err error) {
	var at int64
	err = r.Scan(&e.N, &at, &e.Actor, &e.Action, &e.Subject, &e.Before, &e.After, &e.Reason, &e.Prev, &e.Hash)
	e.At = timeOf(at)
	return e, err
}

// lastEntry is the newest entry of the guild's trail, the zero one when there is none.
func (t *tx) lastEntry() (library.Entry, error) {
	e, err := readEntry(t.row(auditColumns+` ORDER BY n DESC LIMIT 1`, t.guild))
	return e, unlessMissing(err)
}

// LastEntry implements library.Trail.
func (s *Store) LastEntry(ctx context.Context, guild string) (e library.Entry, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		e, err = t.lastEntry()
		return err
	})
	return e, err
}

// Audit implements library.Trail.
func (s *Store) Audit(ctx context.Context, guild string, after int64, limit int) (all []library.Entry, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		all, err = collect(t, readEntry, auditColumns+` AND n > $2 ORDER BY n LIMIT $3`, guild, after, max(limit, 0))
		return err
	})
	return all, err
}

// Note implements library.Trail.
func (s *Store) Note(ctx context.Context, guild string, e library.Entry, act library.Act) error {
	return s.write(ctx, guild, func(t *tx) error { return t.audit(act, e.Action, e.Subject, e.Before, e.After) })
}
