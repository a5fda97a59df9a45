package discord

import (
	"context"
	"strconv"
	"sync"
	"time"

	"verbatim/internal/lease"
)

// gate lets the shards of one bucket identify one after the other: Discord allows
// one in five seconds in each of max_concurrency buckets.
// Source: https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
type gate interface {
	// pass waits for the bucket's turn. Whoever passed identifies at once.
	pass(ctx context.Context, bucket int) error
}

// memoryGate is the gate of a process that has the gateway for itself. It is safe
// for concurrent use.
type memoryGate struct {
	every time.Duration
	mu    sync.Mutex
	next  map[int]time.Time // by bucket: the next free turn
}

func newMemoryGate(every time.Duration) *memoryGate {
	return &memoryGate{every: every, next: make(map[int]time.Time)}
}

func (g *memoryGate) pass(ctx context.Context, bucket int) error {
	if !pause(ctx, time.Until(g.turn(bucket))) {
		return context.Cause(ctx)
	}
	return nil
}

// turn gives out the next free turn of a bucket.
func (g *memoryGate) turn(bucket int) time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := time.Now()
	if next := g.next[bucket]; next.After(at) {
		at = next
	}
	g.next[bucket] = at.Add(g.every)
	return at
}

// leaseGate is the gate of processes that share the gateway.
type leaseGate struct {
	leases *lease.Keeper
	prefix string
	every  time.Duration
}

func (g *leaseGate) pass(ctx context.Context, bucket int) error {
	return g.leases.TakeFor(ctx, g.prefix+strconv.Itoa(bucket), g.every)
}
