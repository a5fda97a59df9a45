// Package lease lets one process at a time hold a named thing: a gateway shard,
// the right to identify, a long piece of work.
//
// A lease is a row in the database, with the database's clock, a time to live,
// and an epoch that grows each time the lease changes hands. Whoever writes under
// a lease hands it to the store, which refuses the write when the lease is no
// longer that holder's at that epoch; so a process that was paused for a minute and
// wakes up can damage nothing.
//
// Invariants:
//   - at most one holder of a name is alive at any time, by the database's clock;
//   - an epoch is never given out twice for a name;
//   - a [Held] counts itself lost no later than the database does, also when the
//     database is out of reach.
package lease

import (
	"context"
	"time"
)

// TTL is how long a lease lives without renewal.
const TTL = 30 * time.Second

// Lease is a name held by somebody. Name, Holder and Epoch are the fence: a write
// under the lease is refused unless all three are still those of the table. The
// zero Lease stands for no lease, and nothing is checked.
type Lease struct {
	Name    string
	Holder  string
	Epoch   int64
	Expires time.Time // by the database's clock
}

// IsZero reports whether l stands for no lease.
func (l Lease) IsZero() bool { return l.Name == "" }

// Table is where leases are kept. It must be safe for concurrent use.
type Table interface {
	// Acquire takes a free or expired lease, with the next epoch. It is
	// article.ErrConflict while anybody holds it, the same holder included.
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (Lease, error)
	// Renew makes a lease live for ttl from now. It is article.ErrConflict when the
	// lease has expired or is somebody else's.
	Renew(ctx context.Context, l Lease, ttl time.Duration) (Lease, error)
	// Release ends a lease at once; releasing one that was lost does nothing.
	Release(ctx context.Context, l Lease) error
	// Live lists the leases that are held and whose name begins with prefix, by name.
	Live(ctx context.Context, prefix string) ([]Lease, error)
}
