package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

// watching notes what a watcher was shown.
func watching(l *ledger) func(jobs.Job) {
	return func(j jobs.Job) { l.add(fmt.Sprintf("%s %d/%d", j.State, j.Done, j.Total)) }
}

func TestDoWorksByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l, seen := newQueue(), &ledger{}, &ledger{}
		enqueue(t, q, "older", "mine", "younger")
		j, err := runner(q, "terminal", counting(l, "t", 2), 1).Do(t.Context(), guild, "mine", watching(seen))
		if err != nil || j.State != jobs.Done || j.ID != "mine" {
			t.Fatalf("Do = %+v, %v", j, err)
		}
		if got, wanted := l.all(), []string{"t older/0", "t older/1", "t mine/0", "t mine/1"}; !slices.Equal(got, wanted) {
			t.Errorf("done: %v", got)
		}
		if got, wanted := seen.all(), []string{"queued 0/0", "running 0/0", "running 1/2", "running 2/2", "done 2/2"}; !slices.Equal(got[:1], wanted[:1]) || got[len(got)-1] != wanted[4] || !slices.Contains(got, wanted[2]) {
			t.Errorf("seen: %v", got)
		}
		if j := want(t, q, "younger", jobs.Queued, ""); j.Epoch != 0 {
			t.Errorf("it was touched: %+v", j)
		}
	})
}

func TestDoWatchesAnotherProcess(t *testing.T) {
	tests := map[string]jobs.Handler{
		"able to work":  func(context.Context, *jobs.Task) error { return errors.New("it was taken twice") },
		"watching only": nil,
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, l, seen := newQueue(), &ledger{}, &ledger{}
				enqueue(t, q, "x")
				start(t, runner(q, "serve", counting(l, "s", 12), 1))
				after(time.Second / 2)
				handlers := map[string]jobs.Handler{}
				if handler != nil {
					handlers["count"] = handler
				}
				r := jobs.NewRunner(q, "terminal", handlers, jobs.Options{Poll: poll, TTL: ttl})
				j, err := r.Do(t.Context(), guild, "x", watching(seen))
				if err != nil || j.State != jobs.Done || j.Holder != "serve" {
					t.Fatalf("Do = %+v, %v", j, err)
				}
				if got, wanted := seen.all(), []string{"running 0/0", "running 5/12", "running 10/12", "done 12/12"}; !slices.Equal(got, wanted) {
					t.Errorf("seen: %v", got)
				}
			})
		})
	}
}

// The job ends in another process while Do works on an older one, which is put back.
func TestDoEndsWithItsJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "long", "x")
		r := runner(q, "terminal", counting(l, "t", 1000), 1)
		ended := make(chan error, 1)
		go func() {
			_, err := r.Do(t.Context(), guild, "x", nil)
			ended <- err
		}()
		after(10500 * time.Millisecond)
		if err := q.Cancel(t.Context(), guild, "x"); err != nil {
			t.Fatal(err)
		}
		after(poll)
		if err := <-ended; err != nil {
			t.Errorf("Do = %v", err)
		}
		if j := want(t, q, "long", jobs.Queued, "goes on where it stood"); j.Done < 10 {
			t.Errorf("job = %+v", j)
		}
	})
}

func TestDoEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l := newQueue(), &ledger{}
		enqueue(t, q, "x")
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		j, err := runner(q, "terminal", counting(l, "t", 60), 1).Do(ctx, guild, "x", nil)
		if !errors.Is(err, context.DeadlineExceeded) || j.State != jobs.Queued || j.Cursor != "2" {
			t.Errorf("Do = %+v, %v", j, err)
		}
	})
}

func TestDoOfWhatIsNoWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l, seen := newQueue(), &ledger{}, &ledger{}
		r := runner(q, "terminal", counting(l, "t", 1), 1)
		if _, err := r.Do(t.Context(), guild, "none", nil); !errors.Is(err, article.ErrNotFound) {
			t.Errorf("Do = %v", err)
		}
		enqueue(t, q, "x")
		if err := q.Cancel(t.Context(), guild, "x"); err != nil {
			t.Fatal(err)
		}
		if j, err := r.Do(t.Context(), guild, "x", watching(seen)); err != nil || j.State != jobs.Cancelled || len(seen.all()) != 1 {
			t.Errorf("Do = %+v, %v, seen %v", j, err, seen.all())
		}
	})
}

func TestDoOutlivesAFaultOfTheQueueButNotItsJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		enqueue(t, q, "x")
		way := &line{queue: q}
		r := jobs.NewRunner(way, "terminal", nil, jobs.Options{Poll: poll, TTL: ttl})
		ended := make(chan error, 1)
		go func() {
			_, err := r.Do(t.Context(), guild, "x", nil)
			ended <- err
		}()
		after(time.Second)
		way.cut.Store(true)
		after(time.Minute)
		way.cut.Store(false)
		q.mu.Lock()
		q.rows = nil // its guild was deleted
		q.mu.Unlock()
		after(poll)
		if err := <-ended; !errors.Is(err, article.ErrNotFound) {
			t.Errorf("Do = %v", err)
		}
	})
}
