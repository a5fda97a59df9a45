package lease_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

func TestHeldIsOneHoldersUntilReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := newTable()
		a, b := lease.NewKeeper(table, "a", ttl, nil), lease.NewKeeper(table, "b", ttl, nil)
		if a.Holder() != "a" || a.TTL() != ttl || lease.NewKeeper(table, "c", 0, nil).TTL() != lease.TTL {
			t.Errorf("Holder = %q, TTL = %v", a.Holder(), a.TTL())
		}
		h := take(t, a, "shard/0")
		after(20 * ttl)
		wantLost(t, h, false, "renewed for long")
		for _, k := range []*lease.Keeper{a, b} {
			_, err := k.Take(t.Context(), "shard/0")
			wantConflict(t, err)
		}
		live, err := b.Live(t.Context(), "shard/")
		if err != nil || len(live) != 1 || live[0].Holder != "a" || live[0].Epoch != h.Lease().Epoch {
			t.Errorf("Live = %v, %v", live, err)
		}
		if err := h.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantLost(t, h, true, "released")
		again := take(t, b, "shard/0")
		if again.Lease().Epoch <= h.Lease().Epoch {
			t.Errorf("epoch %d follows %d", again.Lease().Epoch, h.Lease().Epoch)
		}
		if err := h.Release(t.Context()); err != nil {
			t.Errorf("second Release = %v", err)
		}
		after(ttl)
		wantLost(t, again, false, "another one's old lease released again")
	})
}

func TestHeldOutlivesTheContextOfItsTaking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		h, err := lease.NewKeeper(newTable(), "a", ttl, nil).Take(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		after(5 * ttl)
		wantLost(t, h, false, "the context of Take ended")
		if err := h.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// What happens to a Held when its process cannot reach the table. The last
// successful renewal is sent at 10 s.
func TestHeldWhenTheTableIsOutOfReach(t *testing.T) {
	tests := map[string]struct {
		fault  state
		lostAt time.Duration // after the fault, which begins 1 s after that renewal; 0 for never
		heals  time.Duration
	}{
		"calls fail for good":           {fault: state{cut: true}, lostAt: ttl*5/6 - time.Second},
		"calls never return":            {fault: state{there: time.Hour, deaf: true}, lostAt: ttl*5/6 - time.Second},
		"answers do not arrive":         {fault: state{back: time.Hour}, lostAt: ttl*5/6 - time.Second},
		"calls fail for fifteen second": {fault: state{cut: true}, heals: 15 * time.Second},
		"every call takes two seconds":  {fault: state{there: time.Second, back: time.Second}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				table := newTable()
				way := &line{Table: table}
				h := take(t, lease.NewKeeper(way, "a", ttl, nil), "x")
				after(11 * time.Second)
				way.set(test.fault)
				if test.heals > 0 {
					after(test.heals)
					way.set(state{})
				}
				if test.lostAt == 0 {
					after(10 * ttl)
					wantLost(t, h, false, "reachable enough")
					return
				}
				after(test.lostAt - time.Millisecond)
				wantLost(t, h, false, "just before")
				after(time.Millisecond)
				wantLost(t, h, true, "a sixth before the end")
				way.set(state{})
				after(2 * time.Hour)
			})
		})
	}
}

// An answer that took long is worth no more than one that came at once.
func TestHeldCountsFromBeforeItAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		way := &line{Table: newTable()}
		h := take(t, lease.NewKeeper(way, "a", ttl, nil), "x")
		way.set(state{back: 14 * time.Second, deaf: true})
		after(ttl/3 + time.Second) // the renewal is under way
		way.set(state{cut: true})
		after(ttl*5/6 - time.Second - time.Millisecond)
		wantLost(t, h, false, "just before")
		after(time.Millisecond)
		wantLost(t, h, true, "counted from when the renewal was sent")
		way.set(state{})
	})
}

func TestHeldIsLostAtOnceWhenAnotherHasIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := newTable()
		h := take(t, lease.NewKeeper(table, "a", ttl, nil), "x")
		if err := table.Release(t.Context(), h.Lease()); err != nil { // as if an operator had freed it
			t.Fatal(err)
		}
		other := take(t, lease.NewKeeper(table, "b", ttl, nil), "x")
		after(ttl / 3)
		wantLost(t, h, true, "the table said so")
		wantLost(t, other, false, "the other one")
	})
}

func TestTakeGivesBackWhatCameTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := newTable()
		way := &line{Table: table, state: state{back: 28 * time.Second, deaf: true}}
		_, err := lease.NewKeeper(way, "a", ttl, nil).Take(t.Context(), "x")
		if !errors.Is(err, article.ErrUnavailable) {
			t.Errorf("Take = %v, want unavailable", err)
		}
		if _, err := table.Acquire(t.Context(), "x", "b", ttl); err != nil {
			t.Errorf("the lease was not given back: %v", err)
		}
	})
}

func TestReleaseDoesNotWaitForATableThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		way := &line{Table: newTable()}
		h := take(t, lease.NewKeeper(way, "a", ttl, nil), "x")
		way.set(state{there: time.Hour, deaf: true})
		after(ttl / 2)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := h.Release(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Release = %v", err)
		}
		wantLost(t, h, true, "released")
		way.set(state{})
		after(time.Hour)
	})
}

func TestHeldInAFrozenTable(t *testing.T) {
	tests := map[string]struct {
		then  func(t *testing.T, table *table)
		lost  bool
		epoch int64 // when not lost
	}{
		"stays frozen":     {then: func(*testing.T, *table) {}, epoch: 1},
		"thaws":            {then: func(_ *testing.T, table *table) { table.set(false, false) }, epoch: 2},
		"is gone after it": {then: func(_ *testing.T, table *table) { table.set(false, true) }, lost: true},
		"thaws, and another one takes it": {then: func(t *testing.T, table *table) {
			t.Helper()
			table.set(false, false)
			take(t, lease.NewKeeper(table, "b", ttl, nil), "x")
		}, lost: true},
		"thaws, and another one had it": {then: func(t *testing.T, table *table) {
			t.Helper()
			table.set(false, false)
			if err := take(t, lease.NewKeeper(table, "b", ttl, nil), "x").Release(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, lost: true},
		"thaws, another one takes it, and freezes": {then: func(t *testing.T, table *table) {
			t.Helper()
			table.set(false, false)
			take(t, lease.NewKeeper(table, "b", ttl, nil), "x")
			table.set(true, false)
		}, lost: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				table := newTable()
				var said bytes.Buffer
				h := take(t, lease.NewKeeper(table, "a", ttl, slog.New(slog.NewTextHandler(&said, nil))), "x")
				table.set(true, false)
				after(10*ttl + time.Millisecond)
				wantLost(t, h, false, "frozen")
				test.then(t, table)
				after(ttl / 5)
				wantLost(t, h, test.lost, "later")
				if !test.lost && h.Lease().Epoch != test.epoch {
					t.Errorf("epoch = %d, want %d", h.Lease().Epoch, test.epoch)
				}
				_ = h.Release(t.Context()) // fails where the table cannot be told
				if n := strings.Count(said.String(), "it is kept"); n != 1 {
					t.Errorf("the log says %d times that the lease is kept:\n%s", n, said.String())
				}
				if got := strings.Contains(said.String(), "a lease is lost"); got != test.lost {
					t.Errorf("the log says that it is lost: %v\n%s", got, said.String())
				}
			})
		})
	}
}

func TestTakeAssumesInAFrozenTable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := newTable()
		a, b := lease.NewKeeper(table, "a", ttl, nil), lease.NewKeeper(table, "b", ttl, nil)
		held := take(t, b, "held")
		table.set(true, false)
		_, err := a.Take(t.Context(), "held")
		wantConflict(t, err)
		h := take(t, a, "free")
		if l := h.Lease(); l.Epoch != 0 || l.Name != "free" || l.Holder != "a" {
			t.Errorf("assumed lease = %+v", l)
		}
		_, err = a.Take(t.Context(), "free")
		wantConflict(t, err)
		rival := take(t, b, "free") // the table cannot tell: the documented exception
		after(10 * ttl)
		wantLost(t, h, false, "assumed")
		wantLost(t, held, false, "kept")
		_, err = b.Take(t.Context(), "held") // its row has run out, and it is kept
		wantConflict(t, err)
		table.set(false, false)
		after(ttl / 5)
		if lost(h) == lost(rival) {
			t.Fatalf("after the thaw: lost = %v and %v, want one", lost(h), lost(rival))
		}
		winner := h
		if lost(h) {
			winner = rival
		}
		if winner.Lease().Epoch != 1 {
			t.Errorf("taken with epoch %d", winner.Lease().Epoch)
		}
		after(10 * ttl)
		wantLost(t, winner, false, "taken properly")
	})
}

func TestReleaseOfAnAssumedLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := newTable()
		table.set(true, false)
		k := lease.NewKeeper(table, "a", ttl, nil)
		h := take(t, k, "x")
		if err := h.Release(t.Context()); err != nil {
			t.Errorf("Release = %v", err)
		}
		wantLost(t, take(t, k, "x"), false, "assumed again")
	})
}

func TestTakeFails(t *testing.T) {
	tests := map[string]struct {
		frozen, cut bool
	}{"cut off": {cut: true}, "frozen and unreadable": {frozen: true}}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				table := newTable()
				table.set(test.frozen, true)
				k := lease.NewKeeper(&line{Table: table, state: state{cut: test.cut}}, "a", ttl, nil)
				if _, err := k.Take(t.Context(), "x"); !errors.Is(err, article.ErrUnavailable) {
					t.Errorf("Take = %v", err)
				}
				if err := k.TakeFor(t.Context(), "x", time.Second); !errors.Is(err, article.ErrUnavailable) {
					t.Errorf("TakeFor = %v", err)
				}
				if _, err := k.Live(t.Context(), ""); !errors.Is(err, article.ErrUnavailable) {
					t.Errorf("Live = %v", err)
				}
			})
		})
	}
}

func TestTakeForSpacesWhoPasses(t *testing.T) {
	const gate = 5 * time.Second
	tests := map[string]struct {
		frozen  bool
		keepers int
	}{
		"three processes":        {keepers: 3},
		"one process":            {keepers: 1},
		"one process and frozen": {keepers: 1, frozen: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				table := newTable()
				table.set(test.frozen, false)
				var mu sync.Mutex
				var passed []time.Time
				var wg sync.WaitGroup
				keepers := make([]*lease.Keeper, test.keepers)
				for i := range keepers {
					keepers[i] = lease.NewKeeper(table, string(rune('a'+i)), ttl, nil)
				}
				for i := range 6 {
					wg.Go(func() {
						if err := keepers[i%test.keepers].TakeFor(t.Context(), "identify/0", gate); err != nil {
							t.Error(err)
						}
						mu.Lock()
						defer mu.Unlock()
						passed = append(passed, time.Now())
					})
				}
				wg.Wait()
				for i := 1; i < len(passed); i++ {
					if gap := passed[i].Sub(passed[i-1]); gap < gate || gap > gate+time.Second {
						t.Errorf("gap %d is %v", i, gap)
					}
				}
				after(gate)
			})
		})
	}
}

func TestTakeForEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := lease.NewKeeper(newTable(), "a", ttl, nil)
		take(t, k, "x")
		ctx, cancel := context.WithTimeout(t.Context(), ttl)
		defer cancel()
		begun := time.Now()
		if err := k.TakeFor(ctx, "x", time.Second); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != ttl {
			t.Errorf("TakeFor = %v after %v", err, time.Since(begun))
		}
		synctest.Wait()
	})
}
