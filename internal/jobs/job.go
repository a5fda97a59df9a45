// Package jobs runs long work: imports, propagation, deleting what is no longer
// wanted. Such work reports its progress, can be cancelled, is taken up again after
// a restart where it stood, and is done by one process at a time.
//
// A job is a row. Whoever works on it holds it as by a lease: with a time to live
// that is renewed, and an epoch that fences one who lost it.
//
// Invariants:
//   - two jobs of one guild with the same key are the same job, so work that is
//     started by every process is done once;
//   - a checkpoint is written before it is relied on, and a handler that starts
//     again gets the last one that was written;
//   - nothing is written under a hold that was lost.
package jobs

import (
	"context"
	"time"
)

// State says how far a job is.
type State string

// The states. Queued and Running jobs are alive.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Alive reports whether somebody has yet to work on a job.
func (s State) Alive() bool { return s == Queued || s == Running }

// Job is a piece of long work.
type Job struct {
	ID    string
	Kind  string // which handler does it
	Key   string // what makes it the same job as another one of its guild
	Args  string // for the handler
	State State

	Done, Total int64  // how far it is; Total 0 while nobody knows
	Cursor      string // where the handler goes on after a restart
	Note        string // one sentence for whoever watches, or the reason of a failure
	Cancelling  bool   // somebody wants it cancelled

	Created, Updated time.Time
	Guild            string
	Holder           string // the process that works on it
	Epoch            int64  // grows each time another process takes the job
}

// Lane is what the jobs of one kind of one guild have in common: they wait for each
// other, and for nobody else.
type Lane struct{ Guild, Kind string }

func (j Job) lane() Lane { return Lane{j.Guild, j.Kind} }

// Progress is what a handler reports.
type Progress struct {
	Done, Total int64
	Cursor      string
	Note        string
}

// Queue is where jobs are kept. It must be safe for concurrent use. Errors are of
// article's classes.
type Queue interface {
	// Enqueue adds a job, or returns the one that has the same key in the guild,
	// whatever its state; fresh tells which. State, Epoch and times are set by it.
	Enqueue(ctx context.Context, guild string, j Job) (job Job, fresh bool, err error)
	// Job returns a job, or article.ErrNotFound.
	Job(ctx context.Context, guild, id string) (Job, error)
	// Jobs lists a guild's jobs, oldest first.
	Jobs(ctx context.Context, guild string) ([]Job, error)
	// Cancel asks for a job to be cancelled. One that nobody works on is cancelled
	// at once; cancelling one that has ended does nothing.
	Cancel(ctx context.Context, guild, id string) error
	// Take gives the oldest job of these kinds that nobody works on to holder, of
	// any guild, but of none of the lanes except, with the next epoch. ok is false
	// when there is none.
	Take(ctx context.Context, holder string, kinds []string, ttl time.Duration, except ...Lane) (j Job, ok bool, err error)
	// Checkpoint stores progress and renews the hold on a job. It is
	// article.ErrConflict when the hold was lost. The returned job says whether
	// somebody wants it cancelled.
	Checkpoint(ctx context.Context, j Job, p Progress, ttl time.Duration) (Job, error)
	// Renew is Checkpoint without progress.
	Renew(ctx context.Context, j Job, ttl time.Duration) (Job, error)
	// Finish ends a job as Done, Failed or Cancelled, or puts it back as Queued. It
	// is article.ErrConflict when the hold was lost.
	Finish(ctx context.Context, j Job, s State, note string) error
}
