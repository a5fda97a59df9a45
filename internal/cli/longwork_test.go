package cli

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord/logbook"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// TestNobodyWaitsForLongWork of another guild, nor a moderator for that of their own.
func TestNobodyWaitsForLongWork(t *testing.T) {
	m := newMoment()
	s := tempStore(t, m)
	kinds := []string{library.PropagateJob, importJob, purgeJob, library.PropagateOneJob, sweepJob, purgeFindJob, logbook.ReviewsJob}
	begun, handlers := make(chan string, 20), make(map[string]jobs.Handler)
	for _, kind := range kinds {
		handlers[kind] = func(ctx context.Context, t *jobs.Task) error {
			begun <- t.Job().ID
			if kind == library.PropagateJob {
				<-ctx.Done()
				return context.Cause(ctx)
			}
			return nil
		}
	}
	add := func(guild, kind, id string) {
		t.Helper()
		if _, _, err := s.Queue().Enqueue(t.Context(), guild, jobs.Job{ID: id, Kind: kind, Key: id}); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"long 0"}
	for i := range 6 { // of which one is begun
		add(movedGuild, library.PropagateJob, fmt.Sprint("long ", i))
	}
	add(stayGuild, library.PropagateJob, "long of another")
	want = append(want, "long of another")
	for i, kind := range kinds[1:] {
		id := fmt.Sprint("short ", i)
		add(movedGuild, kind, id)
		want = append(want, id)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var wg sync.WaitGroup
	for _, r := range runnersOf(s.Queue(), "test", handlers, jobs.Options{Poll: 10 * time.Millisecond}) {
		wg.Go(func() {
			if err := r.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	var got []string
	for range want {
		select {
		case id := <-begun:
			got = append(got, id)
		case <-ctx.Done():
			t.Fatalf("begun are %v, want %v", got, want)
		}
	}
	stop()
	wg.Wait()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(begun) != 0 {
		t.Errorf("begun are %v and %d more, want %v", got, len(begun), want)
	}
}
