package store_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

const workers = 8

// TestJobsUnderCompetition lets every worker start the same jobs and then take
// whatever there is: each job is added once, and done once.
func TestJobsUnderCompetition(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			const want = 20
			q := open(t, url(t)).Queue()
			var mu sync.Mutex
			added, taken := 0, map[string]int{}
			var all sync.WaitGroup
			for w := range workers {
				all.Go(func() {
					for i := range want {
						job := jobs.Job{ID: strconv.Itoa(w) + "/" + strconv.Itoa(i), Kind: "count", Key: strconv.Itoa(i)}
						got, fresh, err := q.Enqueue(t.Context(), "g", job)
						if err != nil || got.Key != job.Key {
							t.Errorf("%+v, %v", got, err)
						}
						mu.Lock()
						if fresh {
							added++
						}
						mu.Unlock()
					}
					for {
						job, ok, err := q.Take(t.Context(), strconv.Itoa(w), []string{"other", "count"}, time.Hour)
						if err != nil {
							t.Error(err)
						}
						if !ok {
							return
						}
						mu.Lock()
						taken[job.Key]++
						mu.Unlock()
					}
				})
			}
			all.Wait()
			if added != want || len(taken) != want {
				t.Errorf("%d added and %d taken, want %d", added, len(taken), want)
			}
			for key, n := range taken {
				if n != 1 {
					t.Errorf("job %s was taken %d times", key, n)
				}
			}
		})
	}
}

// TestJobHolderRunsOutOfTime follows a job whose holder did not renew.
func TestJobHolderRunsOutOfTime(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			q := open(t, url(t)).Queue()
			_, _, err := q.Enqueue(t.Context(), "g", jobs.Job{ID: "1", Kind: "count", Key: "k"})
			must(t, err)
			first, ok, err := q.Take(t.Context(), "first", []string{"count"}, time.Hour)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			_, err = q.Checkpoint(t.Context(), first, jobs.Progress{Done: 3, Cursor: "c"}, -time.Second)
			must(t, err)
			if _, err := q.Renew(t.Context(), first, time.Hour); !errors.Is(err, article.ErrConflict) {
				t.Errorf("renewed too late: %v", err)
			}
			second, ok, err := q.Take(t.Context(), "second", []string{"count"}, time.Hour)
			if err != nil || !ok || second.Epoch != first.Epoch+1 || second.Cursor != "c" || second.Done != 3 {
				t.Fatalf("%+v, %v, %v", second, ok, err)
			}
			if err := q.Finish(t.Context(), first, jobs.Done, ""); !errors.Is(err, article.ErrConflict) {
				t.Errorf("finished after it was lost: %v", err)
			}
			must(t, q.Cancel(t.Context(), "g", "1"))
			must(t, q.Finish(t.Context(), second, jobs.Queued, "later"))
			got, err := q.Job(t.Context(), "g", "1")
			if err != nil || got.State != jobs.Cancelled || got.Holder != "" {
				t.Errorf("put back after a cancellation: %+v, %v", got, err)
			}
		})
	}
}
