package jobs_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// queue is a jobs.Queue in memory, with a clock that is handed to it.
type queue struct {
	now func() time.Time

	mu   sync.Mutex
	rows []*row // oldest first

	refused int // writes under a hold that was lost
}

type row struct {
	jobs.Job
	expires time.Time
}

func newQueue() *queue { return &queue{now: time.Now} }

func (q *queue) find(match func(jobs.Job) bool) *row {
	if i := slices.IndexFunc(q.rows, func(r *row) bool { return match(r.Job) }); i >= 0 {
		return q.rows[i]
	}
	return nil
}

func (q *queue) Enqueue(_ context.Context, guild string, j jobs.Job) (jobs.Job, bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if r := q.find(func(other jobs.Job) bool { return other.Guild == guild && other.Key == j.Key }); r != nil {
		return r.Job, false, nil
	}
	j.Guild, j.State, j.Created, j.Updated = guild, jobs.Queued, q.now(), q.now()
	q.rows = append(q.rows, &row{Job: j})
	return j, true, nil
}

func (q *queue) Job(_ context.Context, guild, id string) (jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if r := q.find(func(j jobs.Job) bool { return j.Guild == guild && j.ID == id }); r != nil {
		return r.Job, nil
	}
	return jobs.Job{}, fmt.Errorf("%w: job %s", article.ErrNotFound, id)
}

func (q *queue) Jobs(_ context.Context, guild string) ([]jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var all []jobs.Job
	for _, r := range q.rows {
		if r.Guild == guild {
			all = append(all, r.Job)
		}
	}
	return all, nil
}

func (q *queue) free(r *row) bool {
	return r.State == jobs.Queued || r.State == jobs.Running && !r.expires.After(q.now())
}

func (q *queue) Cancel(_ context.Context, guild, id string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	r := q.find(func(j jobs.Job) bool { return j.Guild == guild && j.ID == id })
	if r == nil {
		return article.ErrNotFound
	}
	if q.free(r) {
		r.State = jobs.Cancelled
	}
	r.Cancelling = r.State == jobs.Running
	return nil
}

func (q *queue) Take(_ context.Context, holder string, kinds []string, ttl time.Duration, except ...jobs.Lane) (jobs.Job, bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range q.rows {
		if q.free(r) && slices.Contains(kinds, r.Kind) && !slices.Contains(except, jobs.Lane{Guild: r.Guild, Kind: r.Kind}) {
			r.State, r.Holder, r.expires = jobs.Running, holder, q.now().Add(ttl)
			r.Epoch++
			return r.Job, true, nil
		}
	}
	return jobs.Job{}, false, nil
}

// held makes a change under a hold.
func (q *queue) held(j jobs.Job, change func(r *row)) (jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	r := q.find(func(other jobs.Job) bool { return other.Guild == j.Guild && other.ID == j.ID })
	if r == nil || r.State != jobs.Running || r.Holder != j.Holder || r.Epoch != j.Epoch || !r.expires.After(q.now()) {
		q.refused++
		return j, fmt.Errorf("%w: the hold on %s was lost", article.ErrConflict, j.ID)
	}
	change(r)
	r.Updated = q.now()
	return r.Job, nil
}

func (q *queue) Checkpoint(_ context.Context, j jobs.Job, p jobs.Progress, ttl time.Duration) (jobs.Job, error) {
	return q.held(j, func(r *row) {
		r.Done, r.Total, r.Cursor, r.Note = p.Done, p.Total, p.Cursor, p.Note
		r.expires = q.now().Add(ttl)
	})
}

func (q *queue) Renew(_ context.Context, j jobs.Job, ttl time.Duration) (jobs.Job, error) {
	return q.held(j, func(r *row) { r.expires = q.now().Add(ttl) })
}

func (q *queue) Finish(_ context.Context, j jobs.Job, s jobs.State, note string) error {
	_, err := q.held(j, func(r *row) { r.State, r.Note = s, note })
	return err
}

// line is one process's connection to a queue, which can be cut.
type line struct {
	*queue
	cut atomic.Bool
}

func (l *line) fault() error {
	if l.cut.Load() {
		return fmt.Errorf("%w: connection refused", article.ErrUnavailable)
	}
	return nil
}

func (l *line) Job(ctx context.Context, guild, id string) (jobs.Job, error) {
	if err := l.fault(); err != nil {
		return jobs.Job{}, err
	}
	return l.queue.Job(ctx, guild, id)
}

func (l *line) Enqueue(ctx context.Context, guild string, j jobs.Job) (jobs.Job, bool, error) {
	if err := l.fault(); err != nil {
		return jobs.Job{}, false, err
	}
	return l.queue.Enqueue(ctx, guild, j)
}

func (l *line) Take(ctx context.Context, holder string, kinds []string, ttl time.Duration, except ...jobs.Lane) (jobs.Job, bool, error) {
	if err := l.fault(); err != nil {
		return jobs.Job{}, false, err
	}
	return l.queue.Take(ctx, holder, kinds, ttl, except...)
}

func (l *line) Checkpoint(ctx context.Context, j jobs.Job, p jobs.Progress, ttl time.Duration) (jobs.Job, error) {
	if err := l.fault(); err != nil {
		return j, err
	}
	return l.queue.Checkpoint(ctx, j, p, ttl)
}

func (l *line) Renew(ctx context.Context, j jobs.Job, ttl time.Duration) (jobs.Job, error) {
	if err := l.fault(); err != nil {
		return j, err
	}
	return l.queue.Renew(ctx, j, ttl)
}

func (l *line) Finish(ctx context.Context, j jobs.Job, s jobs.State, note string) error {
	if err := l.fault(); err != nil {
		return err
	}
	return l.queue.Finish(ctx, j, s, note)
}
