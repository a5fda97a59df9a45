package eval

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// each calls f with the numbers from 0 to n-1, at most workers of them at a time,
// and returns the first error. What f writes to slot i of a slice is in order
// however many there are.
func each(ctx context.Context, workers, n int, f func(ctx context.Context, i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, workers))
	for i := range n {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return f(ctx, i)
		})
	}
	return g.Wait()
}

// Times are the latencies of a run that asked one question after the other, in
// microseconds a question.
type Times struct {
	Median int64 `json:"median_micros"`
	P99    int64 `json:"p99_micros"`
}

// timesOf returns nil for a run that asked several questions at a time: those
// take time from each other.
func timesOf(took []time.Duration, workers int) *Times {
	if workers > 1 || len(took) == 0 {
		return nil
	}
	slices.Sort(took)
	return &Times{Median: took[len(took)/2].Microseconds(), P99: took[len(took)*99/100].Microseconds()}
}
