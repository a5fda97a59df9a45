package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"verbatim/internal/article"
)

// Parts of the time to live of a hold on a job.
const (
	renewals = 3  // a hold is renewed every third of it
	margin   = 6  // a hold counts as lost a sixth of it before the queue would say so
	patience = 10 // a call of the queue may take a tenth of it
	retries  = 15 // a call that failed is made again after a fifteenth of it
)

// ErrCancelled is the cause with which a handler's context ends when somebody wants
// the job cancelled.
var ErrCancelled = errors.New("somebody wants the job cancelled")

// ErrLost is the cause with which a handler's context ends when the hold on the job
// was lost. It is an article.ErrConflict.
var ErrLost = fmt.Errorf("%w: another process may have the job", article.ErrConflict)

// Handler does the jobs of one kind. It starts at the job's Cursor, reports through
// [Task.Checkpoint], and returns soon after ctx has ended, with an error when the
// work is not done. What it did after the last checkpoint may be done again.
type Handler func(ctx context.Context, t *Task) error

// Task is a job in the hands of its handler. The hold is renewed as long as the
// handler runs. It is safe for concurrent use; the order of checkpoints is the
// caller's business.
type Task struct {
	queue Queue
	ttl   time.Duration
	log   *slog.Logger

	mu     sync.Mutex
	report func(Job)               // what became of the job
	cancel context.CancelCauseFunc // ends the handler's context
	job    Job
	expiry *time.Timer // fires when the hold can no longer be relied on
	lost   bool        // or ended: nothing may be written any more
}

// newTask makes a task for a job that is about to be asked for.
func newTask(q Queue, ttl time.Duration, log *slog.Logger) *Task {
	t := &Task{queue: q, ttl: ttl, log: log, cancel: func(error) {}}
	expiry := t.expire()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expiry = expiry
	return t
}

// Job returns the job as it is now.
func (t *Task) Job() Job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.job
}

// Checkpoint stores how far the work is, also when ctx has just ended. It is
// [ErrLost], and nothing was stored, when the hold was lost; [ErrCancelled] when
// somebody wants the job cancelled; and the cause of ctx when that has ended. After
// any of these the handler ends.
func (t *Task) Checkpoint(ctx context.Context, p Progress) error {
	j, err := t.call(ctx, func(ctx context.Context, j Job) (Job, error) { return t.queue.Checkpoint(ctx, j, p, t.ttl) })
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	t.mu.Lock()
	t.job = j
	report, cancel := t.report, t.cancel
	t.mu.Unlock()
	report(j)
	if j.Cancelling {
		cancel(ErrCancelled)
		return ErrCancelled
	}
	return context.Cause(ctx)
}

// renew keeps the hold until ctx ends or it is lost.
func (t *Task) renew(ctx context.Context) {
	wait := t.ttl / renewals
	for pause(ctx, wait, nil) {
		wait = t.ttl / renewals
		j, err := t.call(ctx, func(ctx context.Context, j Job) (Job, error) { return t.queue.Renew(ctx, j, t.ttl) })
		switch {
		case errors.Is(err, ErrLost):
			return
		case err != nil:
			t.log.Warn("the hold on a job could not be renewed; trying again", "job", t.Job().ID, "error", err)
			wait = t.ttl / retries
		case j.Cancelling:
			t.mu.Lock()
			t.job.Cancelling = true
			cancel := t.cancel
			t.mu.Unlock()
			cancel(ErrCancelled)
		}
	}
}

// isLoss reports whether an error of the queue means that the hold was lost.
func isLoss(err error) bool { return errors.Is(err, article.ErrConflict) }

// call makes a call that renews the hold. The hold may be relied on for its time to
// live less a margin, counted from before the call.
func (t *Task) call(ctx context.Context, f func(context.Context, Job) (Job, error)) (Job, error) {
	t.mu.Lock()
	j, lost := t.job, t.lost
	t.mu.Unlock()
	if lost {
		return j, ErrLost
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.ttl/patience)
	defer cancel()
	expiry := t.expire()
	got, err := f(ctx, j)
	if err == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.expiry.Stop()
		t.expiry = expiry
		return got, nil
	}
	expiry.Stop()
	if isLoss(err) {
		t.lose(err)
		return j, ErrLost
	}
	return j, err
}

// expire starts the time for which an answer may be relied on that is about to be
// asked for.
func (t *Task) expire() *time.Timer {
	return time.AfterFunc(t.ttl-t.ttl/margin, func() { t.lose(nil) })
}

// lose ends the handler's context; nothing is written from then on.
func (t *Task) lose(err error) {
	t.mu.Lock()
	first := !t.lost
	t.lost = true
	cancel, id := t.cancel, t.job.ID
	t.mu.Unlock()
	if first {
		cancel(ErrLost)
		t.log.Warn("the hold on a job is lost; another process may have it", "job", id, "error", err)
	}
}

// begin connects a task that was taken with its handler's context.
func (t *Task) begin(cancel context.CancelCauseFunc, report func(Job)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cancel, t.report = cancel, report
	if t.lost {
		cancel(ErrLost)
	}
}

// end keeps a handler that has returned from writing any more, and reports whether
// the hold is still there.
func (t *Task) end() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	held := !t.lost
	t.lost = true
	t.expiry.Stop()
	return held
}

// pause waits, at most until woken is closed, and reports whether ctx goes on.
func pause(ctx context.Context, d time.Duration, woken <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-woken:
	}
	return ctx.Err() == nil
}
