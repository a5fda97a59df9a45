package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// Options of a [Runner]. The zero value is usable.
type Options struct {
	Poll     time.Duration // between two looks at an empty queue; 5 s when not positive
	TTL      time.Duration // how long a hold on a job lives without renewal; 30 s when not positive
	Parallel int           // jobs at once; 1 when not positive
	Each     int           // jobs of one kind of one guild at once; as many as Parallel when not positive
	Log      *slog.Logger  // nil is silent
	Observe  func(Job)     // is told of every job taken, checkpointed and ended; may be nil, must be safe for concurrent use
}

func (o Options) withDefaults() Options {
	if o.Poll <= 0 {
		o.Poll = 5 * time.Second
	}
	if o.TTL <= 0 {
		o.TTL = 30 * time.Second
	}
	o.Parallel = max(o.Parallel, 1)
	if o.Each <= 0 {
		o.Each = o.Parallel
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(Job) {}
	}
	return o
}

// Runner takes jobs from a queue and does them, for one process. It is safe for
// concurrent use.
type Runner struct {
	queue    Queue
	holder   string
	handlers map[string]Handler
	opts     Options
	rests    *rests

	mu    sync.Mutex
	woken chan struct{} // closed and replaced by Wake
	busy  map[Lane]int  // the number of their jobs in work
}

// NewRunner makes a runner. Handlers are named by the kind of their jobs, and holder
// is this process's own name.
func NewRunner(q Queue, holder string, handlers map[string]Handler, opts Options) *Runner {
	r := &Runner{queue: q, holder: holder, handlers: maps.Clone(handlers), opts: opts.withDefaults(), woken: make(chan struct{}), busy: make(map[Lane]int)}
	r.rests = newRests(r.Wake)
	return r
}

// Wake makes the runner look for jobs now instead of at the next poll.
func (r *Runner) Wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.woken)
	r.woken = make(chan struct{})
}

// wakes returns what the next Wake closes.
func (r *Runner) wakes() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.woken
}

// Run takes and does jobs until ctx ends; it returns nil then, as soon as the
// handlers have returned and their jobs are put back for other processes.
func (r *Runner) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	kinds := slices.Sorted(maps.Keys(r.handlers))
	slots := make(chan struct{}, r.opts.Parallel)
	for {
		select {
		case <-ctx.Done():
			return nil
		case slots <- struct{}{}:
		}
		woken := r.wakes()
		if t := r.take(ctx, kinds); t != nil {
			wg.Go(func() {
				defer func() { <-slots }()
				r.work(ctx, t, func() {})
			})
			continue
		}
		<-slots
		if !pause(ctx, r.opts.Poll, woken) {
			return nil
		}
	}
}

// take takes a job of these kinds; nil when there is none. The end of ctx does not
// interrupt it, so that no job is taken without this process knowing.
func (r *Runner) take(ctx context.Context, kinds []string) *Task {
	kinds, except := r.rests.of(kinds)
	except = append(except, r.full()...)
	if len(kinds) == 0 || ctx.Err() != nil {
		return nil
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.opts.TTL/patience)
	defer cancel()
	t := newTask(r.queue, r.opts.TTL, r.opts.Log)
	j, ok, err := r.queue.Take(within, r.holder, kinds, r.opts.TTL, except...)
	if err != nil {
		r.opts.Log.Warn("no job could be taken; trying again", "error", err)
	}
	if err != nil || !ok {
		t.end()
		return nil
	}
	t.mu.Lock()
	t.job = j
	t.mu.Unlock()
	r.enter(j.lane(), 1)
	return t
}

// full are the lanes of which this runner has as many jobs in work as it may.
func (r *Runner) full() (lanes []Lane) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for l, n := range r.busy {
		if n >= r.opts.Each {
			lanes = append(lanes, l)
		}
	}
	return lanes
}

// enter counts a job in work, or one that is so no more.
func (r *Runner) enter(l Lane, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[l] += n; r.busy[l] == 0 {
		delete(r.busy, l)
	}
}

// leave lets the next job of a lane in.
func (r *Runner) leave(l Lane) {
	r.enter(l, -1)
	r.Wake()
}

// work does a job that was taken. tell is called whenever something became of it.
func (r *Runner) work(ctx context.Context, t *Task, tell func()) {
	defer r.leave(t.Job().lane())
	handling, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	report := func(j Job) {
		r.opts.Observe(j)
		tell()
	}
	t.begin(cancel, report)
	report(t.Job())
	err := r.handle(handling, t)
	if !t.end() {
		return
	}
	j := t.Job()
	o := judge(handling, j, err)
	if o.again && r.rests.add(j, o.lasts) {
		o = outcome{state: Failed, note: noteGivenUp}
	}
	r.log(j, o, err)
	if r.finish(ctx, j, o) {
		j.State, j.Note = o.state, o.note
		report(j)
	}
	if !o.again {
		r.rests.forget(j)
	}
}

// mostTurns is how often a job is begun at most, unless its last turn ended in good
// order: one that reaches it takes each process down that works on it, such as for want
// of memory.
const mostTurns = 100

var errTooOften = Because(noteTooOften, fmt.Errorf("begun %d times, and never ended", mostTurns))

// handle lets the handler work while the hold is renewed. A job that somebody wanted
// cancelled before it was taken is not begun, nor one that was taken as ctx ended.
func (r *Runner) handle(ctx context.Context, t *Task) error {
	if t.Job().Cancelling {
		return ErrCancelled
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := tooOften(ctx, t); err != nil {
		return err
	}
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() { t.renew(renewing) })
	defer wg.Wait()
	defer stop()
	return guarded(ctx, r.handlers[t.Job().Kind], t)
}

// tooOften ends a job that is begun again and again. One that was put back in good order
// goes on, and no longer says that it was: should this turn take the process down, the
// next one knows.
func tooOften(ctx context.Context, t *Task) error {
	j := t.Job()
	switch {
	case j.Epoch <= mostTurns:
		return nil
	case !wasPutBack(j):
		return errTooOften
	}
	return t.Checkpoint(ctx, Progress{Done: j.Done, Total: j.Total, Cursor: j.Cursor})
}

// panicked is a handler's panic.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// guarded makes an error of a panic.
func guarded(ctx context.Context, h Handler, t *Task) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &panicked{value, debug.Stack()}
		}
	}()
	return h(ctx, t)
}

func (r *Runner) log(j Job, o outcome, err error) {
	log := r.opts.Log.With("job", j.ID, "kind", j.Kind, "guild", j.Guild, "epoch", j.Epoch)
	switch {
	case o.state == Failed:
		log.Error("a job failed", "error", err)
	case o.again:
		log.Warn("a job is put back, something it needs is out of reach", "error", err)
	default:
		log.Info("a job's turn ended", "state", string(o.state))
	}
}

// finish stores how a turn ended, and reports whether it could. When the queue cannot
// be told, the hold runs out and the job is taken up at its last checkpoint.
func (r *Runner) finish(ctx context.Context, j Job, o outcome) bool {
	var err error
	for range 3 {
		if err = r.finishOnce(ctx, j, o); err == nil {
			return true
		}
		if isLoss(err) || !pause(ctx, r.opts.TTL/retries, nil) {
			break
		}
	}
	r.opts.Log.Warn("the end of a job's turn could not be stored; it is taken up again at its last checkpoint", "job", j.ID, "error", err)
	return false
}

func (r *Runner) finishOnce(ctx context.Context, j Job, o outcome) error {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.opts.TTL/patience)
	defer cancel()
	return r.queue.Finish(within, j, o.state, o.note)
}
