package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// takeable are the jobs that nobody works on: those that wait, and those whose
// holder let its time run out. $1 is the time by the database's clock, and later than
// expires of any job that waits.
const takeable = `state IN ('queued', 'running') AND expires <= $1`

// jobName is what names a job in its table.
type jobName struct{ guild, id string }

// Take implements jobs.Queue. It writes nothing when there is nothing to do.
func (q queue) Take(ctx context.Context, holder string, kinds []string, ttl time.Duration, except ...jobs.Lane) (j jobs.Job, ok bool, err error) {
	if err := errors.Join(checkKeys(holder), checkTexts(maxKey, kinds...)); err != nil {
		return jobs.Job{}, false, err
	}
	for _, l := range except {
		if err := checkTexts(maxKey, l.Guild, l.Kind); err != nil {
			return jobs.Job{}, false, err
		}
	}
	if len(kinds) == 0 {
		return jobs.Job{}, false, nil
	}
	// Of several processes that see the same job one gets it; the others look again.
	for {
		name, err := q.oldest(ctx, kinds, except)
		if notFound(err) {
			return jobs.Job{}, false, nil
		}
		if err != nil {
			return jobs.Job{}, false, err
		}
		j, err := q.take(ctx, name, holder, ttl)
		if !notFound(err) {
			return j, err == nil, err
		}
	}
}

// oldest names the oldest job of these kinds that nobody works on, or is ErrNotFound.
func (q queue) oldest(ctx context.Context, kinds []string, except []jobs.Lane) (name jobName, err error) {
	err = q.store.read(ctx, library.Host, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		args := []any{now}
		for _, k := range kinds {
			args = append(args, k)
		}
		for _, l := range except {
			args = append(args, l.Guild, l.Kind)
		}
		return t.row(oldestQuery(len(kinds), len(except)), args...).Scan(&name.guild, &name.id)
	})
	return name, err
}

func oldestQuery(kinds, except int) string {
	var query strings.Builder
	query.WriteString(`SELECT guild, id FROM jobs WHERE ` + takeable + ` AND kind IN (` + places(2, kinds) + `)`)
	for i := range except {
		fmt.Fprintf(&query, ` AND NOT (guild = $%d AND kind = $%d)`, 2+kinds+2*i, 3+kinds+2*i)
	}
	return query.String() + ` ORDER BY seq LIMIT 1`
}

// take gives a job to holder; ErrNotFound when somebody was faster.
func (q queue) take(ctx context.Context, name jobName, holder string, ttl time.Duration) (j jobs.Job, err error) {
	err = q.store.add(ctx, name.guild, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		// Where the row was locked meanwhile, PostgreSQL looks at its new state.
		j, err = readJob(t.row(`UPDATE jobs SET state = 'running', holder = $2, epoch = epoch + 1, expires = $3, updated = $4
			WHERE guild = $5 AND id = $6 AND `+takeable+` RETURNING `+jobColumns,
			now, holder, now+ttl.Milliseconds(), millis(t.at), name.guild, name.id))
		return err
	})
	return j, err
}

// Checkpoint implements jobs.Queue.
func (q queue) Checkpoint(ctx context.Context, j jobs.Job, p jobs.Progress, ttl time.Duration) (jobs.Job, error) {
	if err := checkTexts(maxText, p.Cursor, p.Note); err != nil {
		return jobs.Job{}, err
	}
	return q.underHold(ctx, j, ttl, `, done = $8, total = $9, cursor_at = $10, note = $11`, p.Done, p.Total, p.Cursor, p.Note)
}

// Renew implements jobs.Queue.
func (q queue) Renew(ctx context.Context, j jobs.Job, ttl time.Duration) (jobs.Job, error) {
	return q.underHold(ctx, j, ttl, ``)
}

// Finish implements jobs.Queue. A job that is put back although somebody wants it
// cancelled is cancelled.
func (q queue) Finish(ctx context.Context, j jobs.Job, state jobs.State, note string) error {
	if err := errors.Join(checkEnd(state), checkTexts(maxText, note)); err != nil {
		return err
	}
	_, err := q.underHold(ctx, j, 0,
		`, state = CASE WHEN cancelling AND $8 = 'queued' THEN 'cancelled' ELSE $8 END, note = $9, holder = ''`, string(state), note)
	return err
}

// checkEnd refuses a state that nobody's work ends in.
func checkEnd(state jobs.State) error {
	switch state {
	case jobs.Queued, jobs.Done, jobs.Failed, jobs.Cancelled:
		return nil
	default:
		return fmt.Errorf("%w: a job cannot end as %.40q", article.ErrInvalid, string(state))
	}
}

// underHold changes a job for its holder, who then has it for ttl from now. set is
// what else is set, with values from $8 on. ErrConflict when the job is no longer that
// holder's at that epoch, or the holder's time ran out.
func (q queue) underHold(ctx context.Context, j jobs.Job, ttl time.Duration, set string, values ...any) (after jobs.Job, err error) {
	if err := checkTexts(maxKey, j.ID, j.Holder); err != nil {
		return jobs.Job{}, err
	}
	err = q.store.add(ctx, j.Guild, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		args := append([]any{now, j.Guild, j.ID, j.Holder, j.Epoch, now + ttl.Milliseconds(), millis(t.at)}, values...)
		after, err = readJob(t.row(`UPDATE jobs SET expires = $6, updated = $7`+set+`
			WHERE expires > $1 AND guild = $2 AND id = $3 AND holder = $4 AND epoch = $5 AND state = 'running'
			RETURNING `+jobColumns, args...))
		if notFound(err) {
			err = fmt.Errorf("%w: another process works on job %s now, or it has ended", article.ErrConflict, j.ID)
		}
		return err
	})
	return after, err
}
