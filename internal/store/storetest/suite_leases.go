package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

func testLeases(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"epochs": leaseEpochs,
		"expiry": leaseExpiry,
		"live":   leaseLive,
		"races":  leaseRaces,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

func leaseEpochs(t *testing.T, d *database) {
	ctx := t.Context()
	l := must[lease.Lease](t)(d.Acquire(ctx, "shard-0", "me", time.Hour))
	if l.Name != "shard-0" || l.Holder != "me" || l.Epoch != 1 {
		t.Errorf("acquired %+v", l)
	}
	for _, holder := range []string{"you", "me"} {
		_, err := d.Acquire(ctx, "shard-0", holder, time.Hour)
		refused(t, "while it is held, by "+holder, err, article.ErrConflict)
	}
	renewed := must[lease.Lease](t)(d.Renew(ctx, l, 2*time.Hour))
	if renewed.Epoch != l.Epoch || !renewed.Expires.After(l.Expires) {
		t.Errorf("renewed %+v after %+v", renewed, l)
	}
	for name, forged := range map[string]lease.Lease{
		"another holder": {Name: l.Name, Holder: "you", Epoch: l.Epoch},
		"another epoch":  {Name: l.Name, Holder: "me", Epoch: l.Epoch + 1},
		"another name":   {Name: "shard-1", Holder: "me", Epoch: 1},
	} {
		_, err := d.Renew(ctx, forged, time.Hour)
		refused(t, "renewing as "+name, err, article.ErrConflict)
		succeed(t, d.Release(ctx, forged))
		_, err = d.Acquire(ctx, "shard-0", "you", time.Hour)
		refused(t, "after it was released as "+name, err, article.ErrConflict)
	}
	succeed(t, d.Release(ctx, l))
	_, err := d.Renew(ctx, l, time.Hour)
	refused(t, "renewing what was released", err, article.ErrConflict)
	second := must[lease.Lease](t)(d.Acquire(ctx, "shard-0", "me", time.Hour))
	same(t, "epoch", second.Epoch, int64(2))
	succeed(t, d.Release(ctx, l)) // that of the first epoch
	_, err = d.Acquire(ctx, "shard-0", "you", time.Hour)
	refused(t, "after a lost lease was released", err, article.ErrConflict)
	for name, c := range map[string][2]string{"no name": {"", "me"}, "no holder": {"n", ""}} {
		_, err := d.Acquire(ctx, c[0], c[1], time.Hour)
		refused(t, name, err, article.ErrInvalid)
	}
}

// acquire takes a lease as soon as it is free.
func (d *database) acquire(t testing.TB, name, holder string) lease.Lease {
	t.Helper()
	return eventually(t, func(ctx context.Context) (lease.Lease, bool, error) {
		l, err := d.Acquire(ctx, name, holder, time.Hour)
		if errors.Is(err, article.ErrConflict) {
			return l, false, nil
		}
		return l, true, err
	})
}

// leaseExpiry wants a lease to end by the database's clock: the store's own stands
// still here.
func leaseExpiry(t *testing.T, d *database) {
	ctx := t.Context()
	l := must[lease.Lease](t)(d.Acquire(ctx, "shard-0", "me", 50*time.Millisecond))
	eventually(t, func(ctx context.Context) (bool, bool, error) {
		live, err := d.Live(ctx, "shard-0")
		return true, len(live) == 0, err
	})
	_, err := d.Renew(ctx, l, time.Hour)
	refused(t, "renewing what has expired", err, article.ErrConflict)
	refused(t, "posting under what has expired", d.Post(ctx, guildA, postedAs("x"), l), article.ErrUnavailable)
	taken := d.acquire(t, "shard-0", "you")
	same(t, "epoch", taken.Epoch, l.Epoch+1)
	_, err = d.Renew(ctx, l, time.Hour)
	refused(t, "renewing what was taken", err, article.ErrConflict)
	refused(t, "posting under what was taken", d.Post(ctx, guildA, postedAs("x"), l), article.ErrConflict)
	succeed(t, d.Post(ctx, guildA, postedAs("x"), taken))
}

func leaseLive(t *testing.T, d *database) {
	ctx := t.Context()
	for _, name := range unsorted() {
		must[lease.Lease](t)(d.Acquire(ctx, "shard%"+name, "me", time.Hour))
	}
	for _, name := range []string{"shard_", "shardx", "Shard%", "other"} {
		must[lease.Lease](t)(d.Acquire(ctx, name, "me", time.Hour))
	}
	gone := must[lease.Lease](t)(d.Acquire(ctx, "shard%gone", "me", time.Hour))
	succeed(t, d.Release(ctx, gone))
	var want, got []string
	for _, name := range inBytes() {
		want = append(want, "shard%"+name)
	}
	for _, l := range must[[]lease.Lease](t)(d.Live(ctx, "shard%")) {
		got = append(got, l.Name)
		if l.Holder != "me" || l.Epoch != 1 || l.Expires.IsZero() {
			t.Errorf("%+v", l)
		}
	}
	same(t, "names", got, want)
	same(t, "all", len(must[[]lease.Lease](t)(d.Live(ctx, ""))), len(want)+4)
}

// leaseRaces lets many take one name again and again; no two have it at once, and no
// epoch is given out twice.
func leaseRaces(t *testing.T, d *database) {
	const racers, rounds = 6, 12
	stores := []Store{d, d.again(t)}
	inside := make(chan int, 1) // holds whoever holds the lease
	epochs := make(chan int64, racers*rounds)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	together(t, racers, func(r int) error {
		s := stores[r%2]
		for won := 0; won < rounds; {
			l, err := s.Acquire(ctx, "one", fmt.Sprint("racer", r), time.Hour)
			if errors.Is(err, article.ErrConflict) {
				pause(ctx, time.Millisecond)
				continue
			}
			if err != nil {
				return err
			}
			select {
			case inside <- r:
			default:
				return fmt.Errorf("two hold the lease at once, at epoch %d", l.Epoch)
			}
			won++
			epochs <- l.Epoch
			<-inside
			if err := s.Release(ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
	close(epochs)
	seen := make(map[int64]bool)
	for epoch := range epochs {
		if seen[epoch] || epoch < 1 || epoch > racers*rounds {
			t.Errorf("epoch %d", epoch)
		}
		seen[epoch] = true
	}
}
