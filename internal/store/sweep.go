package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// How long things are kept on which no guild decides.
const (
	endedFor    = 7 * 24 * time.Hour  // jobs
	feedFor     = 2 * 24 * time.Hour  // changes, for those who follow
	feedAlways  = 10_000              // of which the newest stay however old they are
	expiredFor  = 24 * time.Hour      // leases that nobody will take again
	unwantedFor = 30 * 24 * time.Hour // pages that no watch refers to
	countedFor  = 400                 // days of daily numbers: a year, and a month to compare it with
)

// Sweep implements library.Sweeper. Beside what that names, pages that no watch
// refers to go, and leases that nobody will take again. Each sort goes in a
// transaction of its own; votes go with their answer and do not count. Several
// processes may sweep at once.
func (s *Store) Sweep(ctx context.Context, now time.Time, limit int) (removed int64, err error) {
	sorts := []func(t *tx, now time.Time, limit int64) (int64, error){
		(*tx).sweepPosted, (*tx).sweepMissed, (*tx).sweepJobs, (*tx).sweepPages, (*tx).sweepDaily, (*tx).sweepLeases, (*tx).sweepFeed,
	}
	for _, sweep := range sorts {
		left := int64(limit) - removed
		if left <= 0 {
			break
		}
		var rows int64
		err := s.add(ctx, library.Host, func(t *tx) (err error) {
			rows, err = sweep(t, now, left)
			return err
		})
		if err != nil {
			return removed, err
		}
		removed += rows
	}
	return removed, nil
}

const expiredAnswers = `SELECT guild, id FROM posted WHERE expires > 0 AND expires <= $1 ORDER BY expires LIMIT $2`

// sweepPosted removes answers whose guild keeps them no longer.
func (t *tx) sweepPosted(now time.Time, limit int64) (removed int64, err error) {
	type answer struct{ guild, id string }
	gone, err := collect(t, func(r scanner) (a answer, err error) { return a, r.Scan(&a.guild, &a.id) },
		`DELETE FROM posted WHERE (guild, id) IN (`+expiredAnswers+`) RETURNING guild, id`, millis(now), limit)
	if err != nil {
		return 0, err
	}
	for _, a := range gone {
		if err := t.exec(`DELETE FROM votes WHERE guild = $1 AND answer = $2`, a.guild, a.id); err != nil {
			return 0, err
		}
	}
	return int64(len(gone)), nil
}

const oldMissed = `SELECT guild, id FROM missed WHERE at <= $1 ORDER BY at LIMIT $2`

func (t *tx) sweepMissed(now time.Time, limit int64) (int64, error) {
	return t.count(`DELETE FROM missed WHERE (guild, id) IN (`+oldMissed+`)`, millis(now.Add(-library.MissedFor)), limit)
}

const endedJobs = `SELECT guild, id FROM jobs WHERE state IN ($1, $2, $3) AND updated <= $4 LIMIT $5`

func (t *tx) sweepJobs(now time.Time, limit int64) (int64, error) {
	return t.count(`DELETE FROM jobs WHERE (guild, id) IN (`+endedJobs+`)`,
		string(jobs.Done), string(jobs.Failed), string(jobs.Cancelled), millis(now.Add(-endedFor)), limit)
}

const unwantedPages = `SELECT guild, hash FROM pages WHERE at <= $1
	AND NOT EXISTS (SELECT 1 FROM watches WHERE watches.guild = pages.guild AND watches.page = pages.hash) LIMIT $2`

// sweepPages removes pages that no watch refers to. One that is kept again meanwhile
// stays: its time is looked at once more.
func (t *tx) sweepPages(now time.Time, limit int64) (int64, error) {
	return t.count(`DELETE FROM pages WHERE (guild, hash) IN (`+unwantedPages+`) AND at <= $1`, millis(now.Add(-unwantedFor)), limit)
}

const oldCounts = `SELECT guild, day, name FROM daily WHERE day < $1 ORDER BY day LIMIT $2`

// sweepDaily removes the numbers of days that are long gone.
func (t *tx) sweepDaily(now time.Time, limit int64) (int64, error) {
	first := article.DateOf(now.UTC().AddDate(0, 0, -countedFor))
	return t.count(`DELETE FROM daily WHERE (guild, day, name) IN (`+oldCounts+`)`, first.String(), limit)
}

// sweepLeases removes leases whose name holds the id of their holder, which is made
// anew by each process. The others stay, for their epochs: those of a name that is
// taken again go on where they were. What time it is, the database's clock says.
func (t *tx) sweepLeases(_ time.Time, limit int64) (removed int64, err error) {
	now, err := t.clock()
	if err != nil {
		return 0, err
	}
	old := now - expiredFor.Milliseconds()
	expired, err := collect(t, readLease, `SELECT name, holder, epoch, expires FROM leases WHERE expires <= $1`, old)
	if err != nil {
		return 0, err
	}
	for _, l := range slices.DeleteFunc(expired, takenAgain) {
		if removed == limit {
			break
		}
		n, err := t.count(`DELETE FROM leases WHERE name = $1 AND epoch = $2 AND expires <= $3`, l.Name, l.Epoch, old)
		if err != nil {
			return 0, err
		}
		removed += n
	}
	return removed, nil
}

// takenAgain reports whether another process may take a lease of that name.
func takenAgain(l lease.Lease) bool {
	parts := strings.Split(l.Name, "/")
	return (parts[0] != "process" && parts[0] != "identify") || !slices.Contains(parts[1:], l.Holder)
}

const oldChanges = `SELECT seq FROM feed WHERE at <= $1
	AND seq <= (SELECT seq FROM feed ORDER BY seq DESC LIMIT 1 OFFSET $2) ORDER BY seq LIMIT $3`

// sweepFeed removes old changes. Who follows and has not seen all of them must read
// everything anew, which the horizon tells.
func (t *tx) sweepFeed(now time.Time, limit int64) (int64, error) {
	gone, err := collect(t, func(r scanner) (seq int64, err error) { return seq, r.Scan(&seq) },
		`DELETE FROM feed WHERE seq IN (`+oldChanges+`) RETURNING seq`, millis(now.Add(-feedFor)), feedAlways, limit)
	if err != nil || len(gone) == 0 {
		return 0, err
	}
	// The clock's row is locked from here on; nothing below waits for anybody.
	return int64(len(gone)), t.exec(`UPDATE clock SET horizon = $1 WHERE id = 1 AND horizon < $1`, slices.Max(gone))
}
