package store

import (
	"context"

	"verbatim/internal/jobs"
)

// queue is jobs.Queue. It is a type of its own since a lease is renewed too.
type queue struct{ store *Store }

// Queue returns the long pieces of work of guilds.
func (s *Store) Queue() jobs.Queue { return queue{s} }

// jobColumns are those of a job, in the order of readJob.
const jobColumns = `guild, id, kind, job_key, args, state, done, total, cursor_at, note, cancelling, created, updated, holder, epoch`

func readJob(r scanner) (j jobs.Job, err error) {
	return j, r.Scan(&j.Guild, &j.ID, &j.Kind, &j.Key, &j.Args, (*string)(&j.State), &j.Done, &j.Total, &j.Cursor, &j.Note,
		&j.Cancelling, instant{&j.Created}, instant{&j.Updated}, &j.Holder, &j.Epoch)
}

// Enqueue implements jobs.Queue. Of the job it takes the id, the kind, the key and
// the arguments. ErrConflict when the guild has a job with that id and another key.
func (q queue) Enqueue(ctx context.Context, guild string, j jobs.Job) (job jobs.Job, fresh bool, err error) {
	if err := checkKeys(j.ID, j.Kind, j.Key); err != nil {
		return jobs.Job{}, false, err
	}
	if err := checkTexts(maxText, j.Args); err != nil {
		return jobs.Job{}, false, err
	}
	if old, err := q.jobBy(ctx, guild, "job_key", j.Key); !notFound(err) {
		return old, false, err
	}
	err = q.store.add(ctx, guild, func(t *tx) error {
		if fresh, err = t.addJob(j); err != nil {
			return err
		}
		job, err = readJob(t.row(jobQuery+` AND job_key = $2`, guild, j.Key))
		return err
	})
	if err != nil {
		return jobs.Job{}, false, err
	}
	return job, fresh, nil
}

// addJob inserts a job unless there is one with its key. Its number comes after the
// insertion, which may have to wait for another transaction: who holds the clock's row
// waits for nobody.
func (t *tx) addJob(j jobs.Job) (fresh bool, err error) {
	n, err := t.count(`INSERT INTO jobs (guild, id, kind, job_key, args, state, done, total, cursor_at, note, cancelling,
			holder, epoch, expires, created, updated, seq)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, '', '', FALSE, '', 0, 0, $7, $7, 0) ON CONFLICT (guild, job_key) DO NOTHING`,
		t.guild, j.ID, j.Kind, j.Key, j.Args, string(jobs.Queued), millis(t.at))
	if err != nil || n == 0 {
		return false, err
	}
	seq, err := t.tick()
	if err != nil {
		return false, err
	}
	t.rouses = true
	return true, t.exec(`UPDATE jobs SET seq = $1 WHERE guild = $2 AND id = $3`, seq, t.guild, j.ID)
}

const jobQuery = `SELECT ` + jobColumns + ` FROM jobs WHERE guild = $1`

// jobBy finds a job by a column that names it.
func (q queue) jobBy(ctx context.Context, guild, column, value string) (j jobs.Job, err error) {
	err = q.store.read(ctx, guild, func(t *tx) error {
		j, err = readJob(t.row(jobQuery+` AND `+column+` = $2`, guild, value))
		return missing(err, "job", value)
	})
	return j, err
}

// Job implements jobs.Queue.
func (q queue) Job(ctx context.Context, guild, id string) (jobs.Job, error) {
	if err := checkTexts(maxKey, id); err != nil {
		return jobs.Job{}, err
	}
	return q.jobBy(ctx, guild, "id", id)
}

// Jobs implements jobs.Queue.
func (q queue) Jobs(ctx context.Context, guild string) (all []jobs.Job, err error) {
	err = q.store.read(ctx, guild, func(t *tx) error {
		all, err = collect(t, readJob, jobQuery+` ORDER BY seq`, guild)
		return err
	})
	return all, err
}

// Cancel implements jobs.Queue.
func (q queue) Cancel(ctx context.Context, guild, id string) error {
	if err := checkTexts(maxKey, id); err != nil {
		return err
	}
	return q.store.add(ctx, guild, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		n, err := t.count(`UPDATE jobs SET cancelling = TRUE, updated = $1,
				state = CASE WHEN expires <= $2 THEN $3 ELSE state END, holder = CASE WHEN expires <= $2 THEN '' ELSE holder END
			WHERE guild = $4 AND id = $5 AND state IN ($6, $7)`,
			millis(t.at), now, string(jobs.Cancelled), guild, id, string(jobs.Queued), string(jobs.Running))
		if err != nil || n > 0 {
			return err
		}
		var state string
		return missing(t.row(`SELECT state FROM jobs WHERE guild = $1 AND id = $2`, guild, id).Scan(&state), "job", id)
	})
}
