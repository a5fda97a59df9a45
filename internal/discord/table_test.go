package discord_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

// table is a lease.Table in memory, which several bots share.
type table struct {
	mu     sync.Mutex
	rows   map[string]lease.Lease
	epochs map[string]int64
}

func newTable() *table {
	return &table{rows: make(map[string]lease.Lease), epochs: make(map[string]int64)}
}

// holds reports whether l is what the table has, as the fence of a write.
func (t *table) holds(l lease.Lease) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	row := t.rows[l.Name]
	return l.IsZero() || row.Holder == l.Holder && row.Epoch == l.Epoch && time.Now().Before(row.Expires)
}

// view is the table as one process reaches it, or does not.
type view struct {
	*table
	cut atomic.Bool
}

var errCut = fmt.Errorf("%w: the database is gone", article.ErrUnavailable)

// Acquire implements lease.Table.
func (v *view) Acquire(_ context.Context, name, holder string, ttl time.Duration) (lease.Lease, error) {
	if v.cut.Load() {
		return lease.Lease{}, errCut
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if row, ok := v.rows[name]; ok && time.Now().Before(row.Expires) {
		return lease.Lease{}, fmt.Errorf("%w: %s is held", article.ErrConflict, name)
	}
	v.epochs[name]++
	v.rows[name] = lease.Lease{Name: name, Holder: holder, Epoch: v.epochs[name], Expires: time.Now().Add(ttl)}
	return v.rows[name], nil
}

// Renew implements lease.Table.
func (v *view) Renew(_ context.Context, l lease.Lease, ttl time.Duration) (lease.Lease, error) {
	if v.cut.Load() {
		return lease.Lease{}, errCut
	}
	if !v.holds(l) {
		return lease.Lease{}, fmt.Errorf("%w: %s is lost", article.ErrConflict, l.Name)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	l.Expires = time.Now().Add(ttl)
	v.rows[l.Name] = l
	return l, nil
}

// Release implements lease.Table.
func (v *view) Release(_ context.Context, l lease.Lease) error {
	if v.cut.Load() {
		return errCut
	}
	if v.holds(l) {
		v.mu.Lock()
		defer v.mu.Unlock()
		delete(v.rows, l.Name)
	}
	return nil
}

// Live implements lease.Table.
func (v *view) Live(_ context.Context, prefix string) ([]lease.Lease, error) {
	if v.cut.Load() {
		return nil, errCut
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	var live []lease.Lease
	for name, l := range v.rows {
		if strings.HasPrefix(name, prefix) && time.Now().Before(l.Expires) {
			live = append(live, l)
		}
	}
	slices.SortFunc(live, func(a, b lease.Lease) int { return strings.Compare(a.Name, b.Name) })
	return live, nil
}

// seize takes a lease away from whoever has it.
func (t *table) seize(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.epochs[name]++
	t.rows[name] = lease.Lease{Name: name, Holder: "a thief", Epoch: t.epochs[name], Expires: time.Now().Add(time.Hour)}
}

var errNoRoom = errors.New("the disk is full")
