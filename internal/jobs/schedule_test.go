package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

const host = "@host"

// ids gives every process ids of its own.
func ids(process string) func() string {
	var n atomic.Int64
	return func() string { return fmt.Sprintf("%s-%d", process, n.Add(1)) }
}

func TestScheduledWorkIsDoneOnceAPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		schedules := []jobs.Schedule{{Kind: "sweep", Every: time.Hour, Args: "30d"}, {Kind: "tick", Every: 10 * time.Second}}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		var mu sync.Mutex
		did := map[string]int{}
		for i, process := range []string{"a", "b"} {
			skew := time.Duration(i) * 400 * time.Millisecond // their clocks differ
			count := func(_ context.Context, t *jobs.Task) error {
				mu.Lock()
				defer mu.Unlock()
				did[t.Job().Key+" "+t.Job().Args]++
				return nil
			}
			r := jobs.NewRunner(q, process, map[string]jobs.Handler{"sweep": count, "tick": count}, jobs.Options{Poll: time.Second})
			wg.Go(func() {
				if err := jobs.Periodic(ctx, q, ids(process), func() time.Time { return time.Now().Add(skew) }, schedules, nil); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() { _ = r.Run(ctx) })
		}
		begun := time.Now()                 // midnight of 2000-01-01
		after(3*time.Hour - 55*time.Second) // between two ticks
		cancel()
		wg.Wait()
		sweeps, ticks := 0, 0
		for key, n := range did {
			if n != 1 {
				t.Errorf("%q was done %d times", key, n)
			}
			switch {
			case key[:5] == "sweep" && key[len(key)-3:] == "30d":
				sweeps++
			case key[:4] == "tick":
				ticks++
			}
		}
		if ticksWanted := int(time.Since(begun) / (10 * time.Second)); sweeps != 3 || ticks < ticksWanted || ticks > ticksWanted+1 {
			t.Errorf("%d sweeps and %d ticks in three hours", sweeps, ticks)
		}
		if all, _ := q.Jobs(t.Context(), host); len(all) != sweeps+ticks {
			t.Errorf("%d jobs", len(all))
		}
	})
}

func TestPeriodicTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		way := &line{queue: newQueue()}
		way.cut.Store(true)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		time.AfterFunc(5*time.Minute, func() { way.cut.Store(false) })
		if err := jobs.Periodic(ctx, way, ids("a"), time.Now, []jobs.Schedule{{Kind: "sweep", Every: time.Hour}}, nil); err != nil {
			t.Fatal(err)
		}
		if all, _ := way.Jobs(t.Context(), host); len(all) != 1 {
			t.Errorf("jobs = %v", all)
		}
	})
}

func TestPeriodicRefuses(t *testing.T) {
	tests := map[string][]jobs.Schedule{
		"one kind twice": {{Kind: "a", Every: time.Hour}, {Kind: "a", Every: time.Minute}},
		"no kind":        {{Every: time.Hour}},
		"no period":      {{Kind: "a"}},
	}
	for name, schedules := range tests {
		t.Run(name, func(t *testing.T) {
			if err := jobs.Periodic(t.Context(), newQueue(), ids("a"), time.Now, schedules, nil); !errors.Is(err, article.ErrInvalid) {
				t.Errorf("Periodic = %v", err)
			}
		})
	}
}
