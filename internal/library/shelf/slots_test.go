package shelf_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
)

// TestFewShelvesAreInMemoryAtOnce: a shelf holds the texts of all of a guild's
// articles, so the many guilds that ask after a start are read in turn.
func TestFewShelvesAreInMemoryAtOnce(t *testing.T) {
	m := newMemory()
	most := max(2, runtime.GOMAXPROCS(0))
	guilds := most + 10
	for i := range guilds {
		m.publish(fmt.Sprint("g", i), "ferrets", ferret("18"))
	}
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, m, nil)
		arrived, let := make(chan struct{}, guilds), make(chan struct{})
		m.whenReading(func(string) {
			arrived <- struct{}{}
			<-let
		})
		var askers sync.WaitGroup
		for i := range guilds {
			askers.Go(func() {
				if ans, err := r.Ask(context.Background(), fmt.Sprint("g", i), question(aboutFerrets)); err != nil || ans.Quote == nil {
					t.Errorf("g%d is answered %v, %v", i, ans.Outcome, err)
				}
			})
		}
		synctest.Wait()
		if n := len(arrived); n != most {
			t.Errorf("%d shelves are read at once, want %d", n, most)
		}
		close(let)
		askers.Wait()
	})
}
