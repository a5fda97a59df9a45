package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// Acquire implements lease.Table.
func (s *Store) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (lease.Lease, error) {
	if err := checkKeys(name, holder); err != nil {
		return lease.Lease{}, err
	}
	l := lease.Lease{Name: name, Holder: holder}
	err := s.add(ctx, library.Host, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		l.Expires = timeOf(now + ttl.Milliseconds())
		taken, err := collect(t, func(r scanner) (epoch int64, err error) { return epoch, r.Scan(&epoch) },
			`INSERT INTO leases (name, holder, epoch, expires) VALUES ($1, $2, 1, $3)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = leases.epoch + 1, expires = excluded.expires
			WHERE leases.expires <= $4 RETURNING epoch`, name, holder, millis(l.Expires), now)
		if err != nil {
			return err
		}
		if len(taken) == 0 {
			return fmt.Errorf("%w: %s is held already", article.ErrConflict, name)
		}
		l.Epoch = taken[0]
		return nil
	})
	if err != nil {
		return lease.Lease{}, err
	}
	return l, nil
}

// Renew implements lease.Table.
func (s *Store) Renew(ctx context.Context, l lease.Lease, ttl time.Duration) (lease.Lease, error) {
	err := s.add(ctx, library.Host, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		l.Expires = timeOf(now + ttl.Milliseconds())
		n, err := t.count(`UPDATE leases SET expires = $1 WHERE name = $2 AND holder = $3 AND epoch = $4 AND expires > $5`,
			millis(l.Expires), l.Name, l.Holder, l.Epoch, now)
		if err == nil && n == 0 {
			err = fmt.Errorf("%w: %s was lost", article.ErrConflict, l.Name)
		}
		return err
	})
	if err != nil {
		return lease.Lease{}, err
	}
	return l, nil
}

// Release implements lease.Table. The row stays, for its epoch.
func (s *Store) Release(ctx context.Context, l lease.Lease) error {
	return s.add(ctx, library.Host, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		return t.exec(`UPDATE leases SET expires = $1 WHERE name = $2 AND holder = $3 AND epoch = $4 AND expires > $1`,
			now, l.Name, l.Holder, l.Epoch)
	})
}

// Live implements lease.Table.
func (s *Store) Live(ctx context.Context, prefix string) ([]lease.Lease, error) {
	var all []lease.Lease
	err := s.read(ctx, library.Host, func(t *tx) error {
		now, err := t.clock()
		if err != nil {
			return err
		}
		all, err = collect(t, readLease, `SELECT name, holder, epoch, expires FROM leases WHERE expires > $1`, now)
		return err
	})
	all = slices.DeleteFunc(all, func(l lease.Lease) bool { return !strings.HasPrefix(l.Name, prefix) })
	slices.SortFunc(all, func(a, b lease.Lease) int { return strings.Compare(a.Name, b.Name) })
	return all, err
}

func readLease(r scanner) (l lease.Lease, err error) {
	var expires int64
	err = r.Scan(&l.Name, &l.Holder, &l.Epoch, &expires)
	l.Expires = timeOf(expires)
	return l, err
}
