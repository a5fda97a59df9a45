package shelf_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"

	"verbatim/internal/library/bench"
)

// onCores makes shelves as on a machine with so many cores.
func onCores(t *testing.T, m *memory, cores int) *rig {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	return newRig(t, m, nil)
}

// TestFewTrialsAreOpenAtOnce: half as many as indexes that are built at once, one of a
// guild; and a question does not wait for them.
func TestFewTrialsAreOpenAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		cores, guilds, most int
	}{
		"one core":    {1, 5, 1},
		"six cores":   {6, 5, 3},
		"of a guild":  {6, 1, 1},
		"of some few": {8, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			m.publish("asks", "ferrets", ferret("18"))
			synctest.Test(t, func(t *testing.T) {
				r := onCores(t, m, c.cores)
				trials := make(chan bench.Trial, 100)
				var moderators sync.WaitGroup
				for i := range 10 {
					moderators.Go(func() {
						trial, err := r.Try(t.Context(), fmt.Sprint("g", i%c.guilds), bench.Change{Key: teaKey})
						if err != nil {
							t.Error(err)
							return
						}
						trials <- trial
					})
				}
				synctest.Wait()
				if got := r.quoted(t, "asks", aboutFerrets); got == "" {
					t.Error("not answered beside trials")
				}
				for range 10 {
					synctest.Wait()
					if n := len(trials); n == 0 || n > c.most {
						t.Fatalf("%d trials are open, want at most %d", n, c.most)
					}
					(<-trials).Close()
				}
				moderators.Wait()
			})
		})
	}
}

// TestAQuestionDoesNotWaitForATrial that is being built, however many are.
func TestAQuestionDoesNotWaitForATrial(t *testing.T) {
	m := newMemory()
	m.publish("asks", "ferrets", ferret("18"))
	r := newRig(t, m, nil)
	g := newGate()
	m.whenReading(func(guild string) {
		if guild != "asks" {
			g.pass(guild)
		}
	})
	var moderators sync.WaitGroup
	for i := range 2 * runtime.GOMAXPROCS(0) {
		moderators.Go(func() {
			if trial, err := r.Try(context.Background(), fmt.Sprint("g", i), bench.Change{Key: teaKey}); err != nil {
				t.Error(err)
			} else {
				trial.Close()
			}
		})
	}
	for range max(1, runtime.GOMAXPROCS(0)/2) {
		<-g.arrived
	}
	if got := r.quoted(t, "asks", aboutFerrets); got == "" {
		t.Error("not answered")
	}
	close(g.let)
	moderators.Wait()
}

// TestATrialThatComesToNothing leaves its place to the next one.
func TestATrialThatComesToNothing(t *testing.T) {
	m := newMemory()
	broken := errors.New("broken")
	synctest.Test(t, func(t *testing.T) {
		r := onCores(t, m, 1)
		for range 3 {
			m.breakReading(broken)
			if _, err := r.Try(t.Context(), "g", bench.Change{}); !errors.Is(err, broken) {
				t.Errorf("%v", err)
			}
			m.breakReading(nil)
			open, err := r.Try(t.Context(), "g", bench.Change{})
			if err != nil {
				t.Fatal(err)
			}
			ended, end := context.WithCancel(t.Context())
			failed := make(chan error, 2)
			for _, guild := range []string{"g", "h"} { // for its turn, and for a place
				go func() { _, err := r.Try(ended, guild, bench.Change{}); failed <- err }()
			}
			synctest.Wait()
			end()
			for range 2 {
				if err := <-failed; !errors.Is(err, context.Canceled) {
					t.Errorf("%v", err)
				}
			}
			open.Close()
			open.Close()
		}
	})
}
