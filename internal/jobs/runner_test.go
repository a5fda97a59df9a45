package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

const (
	ttl   = 30 * time.Second
	poll  = 5 * time.Second
	guild = "1"
)

// ledger notes which pieces of which job were done, by whom.
type ledger struct {
	mu   sync.Mutex
	done []string
}

func (l *ledger) add(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = append(l.done, s)
}

func (l *ledger) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.done)
}

// counting is a handler that does pieces of a second each, with a checkpoint after
// each one, and notes them.
func counting(l *ledger, who string, pieces int) jobs.Handler {
	return func(ctx context.Context, t *jobs.Task) error {
		from, _ := strconv.Atoi(t.Job().Cursor) // 0 for the empty one
		for i := from; i < pieces; i++ {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(time.Second):
			}
			l.add(fmt.Sprintf("%s %s/%d", who, t.Job().ID, i))
			p := jobs.Progress{Done: int64(i + 1), Total: int64(pieces), Cursor: strconv.Itoa(i + 1), Note: fmt.Sprintf("piece %d", i+1)}
			if err := t.Checkpoint(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}
}

func enqueue(t *testing.T, q jobs.Queue, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if _, _, err := q.Enqueue(t.Context(), guild, jobs.Job{ID: id, Kind: "count", Key: id}); err != nil {
			t.Fatal(err)
		}
	}
}

func runner(q jobs.Queue, who string, h jobs.Handler, parallel int) *jobs.Runner {
	return jobs.NewRunner(q, who, map[string]jobs.Handler{"count": h}, jobs.Options{Poll: poll, TTL: ttl, Parallel: parallel})
}

// start runs a runner; stop ends it and waits until it has ended.
func start(t *testing.T, r *jobs.Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// after waits and lets everything that is due then happen.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// want checks a job.
func want(t *testing.T, q *queue, id string, state jobs.State, note string) jobs.Job {
	t.Helper()
	j, err := q.Job(t.Context(), guild, id)
	if err != nil {
		t.Fatal(err)
	}
	if j.State != state || !strings.Contains(j.Note, note) {
		t.Errorf("job %s is %s, %q; want %s, %q", id, j.State, j.Note, state, note)
	}
	return j
}

func TestTwoRunnersDoEachJobOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		var ids []string
		for i := range 10 {
			ids = append(ids, strconv.Itoa(i))
		}
		enqueue(t, q, ids...)
		enqueue(t, q, ids...) // the same keys, so the same jobs
		start(t, runner(q, "a", counting(l, "a", 3), 2))
		start(t, runner(q, "b", counting(l, "b", 3), 1))
		after(time.Minute)
		counts := map[string]int{}
		hands := map[string]int{}
		for _, done := range l.all() {
			who, piece, _ := strings.Cut(done, " ")
			counts[piece]++
			hands[who]++
		}
		for _, id := range ids {
			j := want(t, q, id, jobs.Done, "piece 3")
			if j.Epoch != 1 || j.Done != 3 || j.Total != 3 {
				t.Errorf("job = %+v", j)
			}
			for i := range 3 {
				if n := counts[fmt.Sprintf("%s/%d", id, i)]; n != 1 {
					t.Errorf("piece %d of job %s was done %d times", i, id, n)
				}
			}
		}
		if hands["a"] == 0 || hands["b"] == 0 {
			t.Errorf("pieces by process: %v", hands)
		}
	})
}

func TestShutdownPutsTheJobBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x")
		stop := start(t, runner(q, "a", counting(l, "a", 5), 1))
		after(2500 * time.Millisecond)
		stop()
		if j := want(t, q, "x", jobs.Queued, "goes on where it stood"); j.Cursor != "2" {
			t.Errorf("cursor = %q", j.Cursor)
		}
		start(t, runner(q, "b", counting(l, "b", 5), 1))
		after(4 * time.Second)
		if j := want(t, q, "x", jobs.Done, "piece 5"); j.Epoch != 2 {
			t.Errorf("epoch = %d", j.Epoch)
		}
		if got, wanted := l.all(), []string{"a x/0", "a x/1", "b x/2", "b x/3", "b x/4"}; !slices.Equal(got, wanted) {
			t.Errorf("done: %v", got)
		}
	})
}

// A process that dies leaves its job as it was; another one goes on from the last
// checkpoint once the hold has run out, and what the first one still tries is refused.
func TestAJobOutlivesItsProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x")
		way := &line{queue: q}
		stop := start(t, runner(way, "a", counting(l, "a", 5), 1))
		after(2500 * time.Millisecond)
		way.cut.Store(true)
		stop()
		if j := want(t, q, "x", jobs.Running, "piece 2"); j.Holder != "a" || j.Epoch != 1 {
			t.Errorf("job = %+v", j)
		}
		begun := time.Now()
		start(t, runner(q, "b", counting(l, "b", 5), 1))
		after(ttl - 2*time.Second)
		want(t, q, "x", jobs.Running, "piece 2")
		for range 15 {
			after(time.Second)
		}
		if j := want(t, q, "x", jobs.Done, "piece 5"); j.Holder != "b" || j.Epoch != 2 || j.Updated.Sub(begun) > ttl+poll+3*time.Second {
			t.Errorf("job = %+v, after %v", j, j.Updated.Sub(begun))
		}
		if got := l.all(); !slices.Equal(got[len(got)-3:], []string{"b x/2", "b x/3", "b x/4"}) {
			t.Errorf("done: %v", got)
		}
	})
}

// stubborn is a handler that minds no context, and reports what its checkpoint says.
func stubborn(pace time.Duration, cause, said chan<- error) jobs.Handler {
	return func(ctx context.Context, t *jobs.Task) error {
		time.Sleep(pace)
		cause <- context.Cause(ctx)
		said <- t.Checkpoint(context.WithoutCancel(ctx), jobs.Progress{Note: "stale"})
		return nil
	}
}

func TestAStaleRunnerWritesNothing(t *testing.T) {
	tests := map[string]func(t *testing.T, q *queue, way *line){
		"another one has the job": func(t *testing.T, q *queue, _ *line) {
			t.Helper()
			q.mu.Lock()
			q.rows[0].expires = q.now() // as if this process had been stopped for long
			q.mu.Unlock()
			if _, ok, err := q.Take(t.Context(), "b", []string{"count"}, time.Hour); !ok || err != nil {
				t.Fatal(ok, err)
			}
		},
		"the queue is out of reach": func(_ *testing.T, _ *queue, way *line) { way.cut.Store(true) },
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				enqueue(t, q, "x")
				way := &line{queue: q}
				cause, said := make(chan error, 1), make(chan error, 1)
				stop := start(t, runner(way, "a", stubborn(time.Minute, cause, said), 1))
				after(15 * time.Second)
				fault(t, q, way)
				after(40 * time.Second)
				way.cut.Store(false)
				after(5 * time.Second)
				if len(cause) != 1 || len(said) != 1 {
					t.Fatal("the handler has not ended")
				}
				if q.refused > 1 { // by which it may learn that the hold is lost
					t.Errorf("%d writes were tried under a lost hold", q.refused)
				}
				if err := <-cause; !errors.Is(err, jobs.ErrLost) || !errors.Is(err, article.ErrConflict) {
					t.Errorf("cause = %v", err)
				}
				if err := <-said; !errors.Is(err, jobs.ErrLost) {
					t.Errorf("Checkpoint = %v", err)
				}
				if j := want(t, q, "x", jobs.Running, ""); j.Note != "" {
					t.Errorf("note = %q", j.Note)
				}
				close(cause) // a second turn would panic here
				stop()
			})
		})
	}
}

// The hold was last renewed at 10 s, and is lost a sixth before it would run out.
func TestAHoldThatCannotBeRenewedIsLostInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		way := &line{queue: q}
		var lost time.Duration
		begun := time.Now()
		start(t, runner(way, "a", func(ctx context.Context, _ *jobs.Task) error {
			<-ctx.Done()
			lost = time.Since(begun)
			return context.Cause(ctx)
		}, 1))
		after(11 * time.Second)
		way.cut.Store(true)
		after(ttl)
		if lost != ttl/3+ttl*5/6 {
			t.Errorf("lost after %v", lost)
		}
	})
}

func TestAHoldIsRenewedBetweenCheckpoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		cause, said := make(chan error, 1), make(chan error, 1)
		way := &line{queue: q}
		start(t, runner(way, "a", stubborn(10*ttl, cause, said), 1))
		after(time.Second / 2)
		start(t, runner(q, "b", func(context.Context, *jobs.Task) error { panic("b got it too") }, 1))
		after(ttl)
		way.cut.Store(true) // for a moment that is shorter than the hold
		after(ttl / 2)
		way.cut.Store(false)
		after(10 * ttl)
		if len(cause) != 1 || len(said) != 1 {
			t.Fatal("the handler has not ended")
		}
		if err := errors.Join(<-cause, <-said); err != nil {
			t.Error(err)
		}
		if j := want(t, q, "x", jobs.Done, "stale"); j.Epoch != 1 {
			t.Errorf("epoch = %d", j.Epoch)
		}
	})
}

func TestCancel(t *testing.T) {
	tests := map[string]struct {
		handler func(l *ledger) jobs.Handler
		state   jobs.State
		note    string
	}{
		"seen at a checkpoint": {func(l *ledger) jobs.Handler { return counting(l, "a", 60) }, jobs.Cancelled, "It was cancelled."},
		"seen at a renewal": {func(*ledger) jobs.Handler {
			return func(ctx context.Context, _ *jobs.Task) error { <-ctx.Done(); return errors.New("connection closed") }
		}, jobs.Cancelled, "It was cancelled."},
		"too late": {func(*ledger) jobs.Handler {
			return func(context.Context, *jobs.Task) error { time.Sleep(20 * time.Second); return nil }
		}, jobs.Done, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, l := newQueue(), &ledger{}
				enqueue(t, q, "x")
				start(t, runner(q, "a", test.handler(l), 1))
				after(2500 * time.Millisecond)
				if err := q.Cancel(t.Context(), guild, "x"); err != nil {
					t.Fatal(err)
				}
				after(20 * time.Second)
				want(t, q, "x", test.state, test.note)
				if n := len(l.all()); n > 3 {
					t.Errorf("%d pieces were done", n)
				}
			})
		})
	}
}

// A process died after somebody had asked for the end of its job.
func TestAJobToBeCancelledIsNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x")
		if _, _, err := q.Take(t.Context(), "dead", []string{"count"}, ttl); err != nil {
			t.Fatal(err)
		}
		if err := q.Cancel(t.Context(), guild, "x"); err != nil {
			t.Fatal(err)
		}
		start(t, runner(q, "a", counting(l, "a", 3), 1))
		after(ttl + poll)
		want(t, q, "x", jobs.Cancelled, "It was cancelled.")
		if n := len(l.all()); n != 0 {
			t.Errorf("%d pieces were done", n)
		}
	})
}

func TestFailure(t *testing.T) {
	const secret = "dial tcp 10.0.0.7:5432"
	tests := map[string]struct {
		err  error
		note string
	}{
		"anything":        {errors.New(secret), "It could not be done."},
		"not found":       {fmt.Errorf("%w: %s", article.ErrNotFound, secret), "does not exist any more"},
		"conflict":        {fmt.Errorf("%w: %s", article.ErrConflict, secret), "changed meanwhile"},
		"invalid":         {fmt.Errorf("%w: %s", article.ErrInvalid, secret), "not valid"},
		"too large":       {fmt.Errorf("%w: %s", article.ErrTooLarge, secret), "too large"},
		"its own words":   {fmt.Errorf("import: %w", jobs.Because("The page has no text.", errors.New(secret))), "The page has no text."},
		"words for a nil": {jobs.Because("Nothing.", nil), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				enqueue(t, q, "x")
				start(t, runner(q, "a", func(context.Context, *jobs.Task) error { return test.err }, 1))
				after(0)
				state := jobs.Failed
				if test.err == nil {
					state = jobs.Done
				}
				if j := want(t, q, "x", state, test.note); strings.Contains(j.Note, "tcp") {
					t.Errorf("the note has internals: %q", j.Note)
				}
			})
		})
	}
}

func TestAPanicFailsItsJobOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "bad", "good")
		good := counting(l, "a", 1)
		start(t, runner(q, "a", func(ctx context.Context, t *jobs.Task) error {
			if t.Job().ID == "bad" {
				panic("index out of range")
			}
			return good(ctx, t)
		}, 1))
		after(2 * time.Second)
		if j := want(t, q, "bad", jobs.Failed, "a fault in the program"); strings.Contains(j.Note, "index") {
			t.Errorf("note = %q", j.Note)
		}
		want(t, q, "good", jobs.Done, "piece 1")
	})
}

func TestWhatIsOutOfReachIsTriedAgain(t *testing.T) {
	unavailable := fmt.Errorf("fetch: %w", article.ErrUnavailable)
	tests := map[string]struct {
		good  int64 // the turn that succeeds; 0 for none
		turns int64
		state jobs.State
		note  string
	}{
		"comes back": {good: 4, turns: 4, state: jobs.Done, note: ""},
		"stays away": {turns: 10, state: jobs.Failed, note: "tried several times"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				enqueue(t, q, "x")
				if _, _, err := q.Enqueue(t.Context(), guild, jobs.Job{ID: "y", Kind: "other", Key: "y"}); err != nil {
					t.Fatal(err)
				}
				var turns atomic.Int64
				handlers := map[string]jobs.Handler{
					"count": func(context.Context, *jobs.Task) error {
						if turns.Add(1) == test.good {
							return nil
						}
						return unavailable
					},
					"other": func(context.Context, *jobs.Task) error { return nil },
				}
				start(t, jobs.NewRunner(q, "a", handlers, jobs.Options{Poll: time.Second, TTL: ttl}))
				after(2 * time.Second)
				want(t, q, "x", jobs.Queued, "tried again by itself")
				want(t, q, "y", jobs.Done, "") // other kinds do not wait
				if n := turns.Load(); n != 1 {
					t.Errorf("%d turns in two seconds", n)
				}
				after(time.Hour)
				if j := want(t, q, "x", test.state, test.note); test.state == jobs.Done && j.Note != "" {
					t.Errorf("note = %q", j.Note)
				}
				if n := turns.Load(); n != test.turns {
					t.Errorf("%d turns, want %d", n, test.turns)
				}
			})
		})
	}
}

// TestAJobThatKillsItsProcessesEnds: one that takes down each process that works on
// it is not begun for ever.
func TestAJobThatKillsItsProcessesEnds(t *testing.T) {
	for name, c := range map[string]struct {
		turns int
		want  jobs.State
		note  string
	}{
		"almost": {99, jobs.Done, "piece 1"},
		"always": {100, jobs.Failed, "begun many times"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				enqueue(t, q, "x")
				for range c.turns { // each of which ends with its process
					if _, ok, err := q.Take(t.Context(), "dead", []string{"count"}, ttl); err != nil || !ok {
						t.Fatalf("taken %t, %v", ok, err)
					}
					time.Sleep(ttl)
				}
				start(t, runner(q, "a", counting(new(ledger), "a", 1), 1))
				after(2 * time.Second)
				want(t, q, "x", c.want, c.note)
			})
		})
	}
}

// TestAnOutageIsWaitedFor lets what a job needs be away for days: it is asked for ever
// more rarely, and the job goes on when it is back. A process that dies in such a turn
// counts again.
func TestAnOutageIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "bad", "x")
		var back atomic.Bool
		var turns atomic.Int64
		stop := start(t, runner(q, "a", func(ctx context.Context, t *jobs.Task) error {
			if t.Job().ID == "bad" {
				return jobs.Outage(article.ErrInvalid)
			}
			if back.Load() {
				return nil
			}
			// A cursor that moves without anything having been done is no progress.
			if err := t.Checkpoint(ctx, jobs.Progress{Cursor: strconv.FormatInt(turns.Add(1), 10)}); err != nil {
				return err
			}
			return fmt.Errorf("fetch: %w", jobs.Outage(article.ErrUnavailable))
		}, 1))
		after(24 * time.Hour)
		if j := want(t, q, "x", jobs.Queued, "tried again by itself"); j.Epoch < 150 || j.Epoch > 450 {
			t.Errorf("%d turns in a day", j.Epoch)
		}
		want(t, q, "bad", jobs.Failed, "not valid")
		back.Store(true)
		after(10 * time.Minute)
		want(t, q, "x", jobs.Done, "")
		stop()
	})
}

// TestATurnAfterAnOutageMayKill: that a job was put back in good order often does not
// let it take down one process after the other.
func TestATurnAfterAnOutageMayKill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		for range 120 {
			j, ok, err := q.Take(t.Context(), "somebody", []string{"count"}, ttl)
			if err != nil || !ok {
				t.Fatalf("taken %t, %v", ok, err)
			}
			if err := q.Finish(t.Context(), j, jobs.Queued, "Something that it needs is out of reach at the moment. It is tried again by itself."); err != nil {
				t.Fatal(err)
			}
		}
		way := &line{queue: q}
		begun := make(chan struct{}, 1)
		stop := start(t, runner(way, "a", func(context.Context, *jobs.Task) error {
			begun <- struct{}{}
			way.cut.Store(true) // the process is gone
			return nil
		}, 1))
		after(time.Second)
		<-begun
		stop()
		after(ttl)
		start(t, runner(q, "b", counting(new(ledger), "b", 1), 1))
		after(2 * time.Second)
		want(t, q, "x", jobs.Failed, "begun many times")
	})
}

// TestOneGuildRests alone when its job is put back, until so many do that nobody's can
// be done.
func TestOneGuildRests(t *testing.T) {
	for name, c := range map[string]struct {
		guilds int
		want   jobs.State
	}{"one": {1, jobs.Done}, "almost too many": {19, jobs.Done}, "as good as all": {20, jobs.Queued}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				for i := range c.guilds {
					id := strconv.Itoa(i)
					if _, _, err := q.Enqueue(t.Context(), "broken "+id, jobs.Job{ID: id, Kind: "count", Key: id}); err != nil {
						t.Fatal(err)
					}
				}
				enqueue(t, q, "x")
				start(t, runner(q, "a", func(_ context.Context, t *jobs.Task) error {
					if t.Job().Guild != guild {
						return article.ErrUnavailable
					}
					return nil
				}, 1))
				after(time.Second)
				want(t, q, "x", c.want, "")
			})
		})
	}
}

// TestEach: long jobs of one guild wait for each other, and those of others do not wait
// for them.
func TestEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x", "y", "z")
		for _, id := range []string{"other", "third"} {
			if _, _, err := q.Enqueue(t.Context(), id, jobs.Job{ID: id, Kind: "count", Key: id}); err != nil {
				t.Fatal(err)
			}
		}
		handlers := map[string]jobs.Handler{"count": counting(l, "a", 10)}
		start(t, jobs.NewRunner(q, "a", handlers, jobs.Options{Poll: time.Hour, TTL: ttl, Parallel: 3, Each: 1}))
		after(1500 * time.Millisecond)
		got := l.all()
		slices.Sort(got)
		if !slices.Equal(got, []string{"a other/0", "a third/0", "a x/0"}) {
			t.Errorf("after a second there is done: %v", got)
		}
		after(10 * time.Second) // the next one is taken at once
		want(t, q, "y", jobs.Running, "piece 1")
		want(t, q, "z", jobs.Queued, "")
		after(20 * time.Second)
		want(t, q, "z", jobs.Done, "piece 10")
	})
}

func TestProgressBeginsTheAttemptsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		var turns int
		start(t, runner(q, "a", func(ctx context.Context, t *jobs.Task) error {
			if turns++; turns == 30 {
				return nil
			}
			if err := t.Checkpoint(ctx, jobs.Progress{Cursor: strconv.Itoa(turns / 5)}); err != nil {
				return err
			}
			return article.ErrUnavailable
		}, 1))
		after(time.Hour)
		want(t, q, "x", jobs.Done, "")
	})
}

func TestWakeAndPoll(t *testing.T) {
	tests := map[string]struct {
		wake bool
		wait time.Duration
	}{"polls": {wait: poll}, "is woken": {wake: true}}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				r := runner(q, "a", func(context.Context, *jobs.Task) error { return nil }, 1)
				start(t, r)
				after(poll / 2)
				enqueue(t, q, "x")
				if test.wake {
					r.Wake()
				}
				after(0)
				state := jobs.Queued
				if test.wake {
					state = jobs.Done
				}
				want(t, q, "x", state, "")
				after(poll)
				want(t, q, "x", jobs.Done, "")
			})
		})
	}
}

func TestAQueueThatFailsIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x")
		way := &line{queue: q}
		way.cut.Store(true)
		start(t, runner(way, "a", counting(l, "a", 1), 1))
		after(time.Minute)
		way.cut.Store(false)
		after(poll + time.Second)
		want(t, q, "x", jobs.Done, "piece 1")
	})
}

func TestTheEndOfATurnIsStoredAtLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		way := &line{queue: q}
		start(t, runner(way, "a", func(context.Context, *jobs.Task) error {
			way.cut.Store(true)
			time.AfterFunc(3*time.Second, func() { way.cut.Store(false) })
			return nil
		}, 1))
		after(ttl / 2)
		if j := want(t, q, "x", jobs.Done, ""); j.Epoch != 1 {
			t.Errorf("epoch = %d", j.Epoch)
		}
	})
}

func TestObserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l, seen := newQueue(), &ledger{}, &ledger{}
		enqueue(t, q, "x")
		r := jobs.NewRunner(q, "a", map[string]jobs.Handler{"count": counting(l, "a", 2)}, jobs.Options{
			Observe: func(j jobs.Job) { seen.add(fmt.Sprintf("%s %d", j.State, j.Done)) },
		})
		start(t, r)
		after(3 * time.Second)
		if got, wanted := seen.all(), []string{"running 0", "running 1", "running 2", "done 2"}; !slices.Equal(got, wanted) {
			t.Errorf("observed %v", got)
		}
	})
}
