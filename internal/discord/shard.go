package discord

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"verbatim/internal/discord/gateway"
	"verbatim/internal/lease"
)

// shard is one shard of the gateway while this process holds it.
type shard struct {
	id        int
	held      atomic.Pointer[lease.Held] // nil when no other process could hold it
	kept      chan struct{}              // closed when the lease is not taken anew any more
	work      *workers
	stop      context.CancelFunc // ends its connection
	connected atomic.Bool
	leaving   atomic.Bool     // it is being given up
	session   gateway.Session // to resume with; of the goroutine that keeps it connected

	mu     sync.Mutex
	over   bool // nothing is taken in hand any more
	inHand sync.WaitGroup
}

// lease returns the fence for what arrived on the shard; the zero Lease without one.
func (sh *shard) lease() lease.Lease {
	held := sh.held.Load()
	if held == nil {
		return lease.Lease{}
	}
	return held.Lease()
}

// lost is closed when another process may hold the shard.
func (sh *shard) lost() <-chan struct{} {
	held := sh.held.Load()
	if held == nil {
		return nil
	}
	return held.Lost()
}

func (sh *shard) isLost() bool {
	select {
	case <-sh.lost():
		return true
	default:
		return false
	}
}

// giveUp ends the connection, so that another process can have the shard.
func (sh *shard) giveUp() {
	sh.leaving.Store(true)
	sh.stop()
}

// run starts a handler for something that arrived on the shard, also when its lease
// is lost already: a card is shown all the same, and what is no card is held back when
// it is about to be recorded.
func (sh *shard) run(name string, handle func(context.Context)) {
	if !sh.enter() {
		return
	}
	started := sh.work.run(name, func(ctx context.Context) {
		defer sh.inHand.Done()
		handle(ctx)
	})
	if !started {
		sh.inHand.Done()
	}
}

func (sh *shard) enter() bool {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.over {
		return false
	}
	sh.inHand.Add(1)
	return true
}

// drain takes nothing more in hand and waits for what is, as long as it may still
// be recorded.
func (sh *shard) drain(limit time.Duration) {
	sh.mu.Lock()
	sh.over = true
	sh.mu.Unlock()
	done := make(chan struct{})
	go func() { sh.inHand.Wait(); close(done) }()
	select {
	case <-done:
	case <-sh.lost():
	case <-sh.work.stopped:
	case <-time.After(limit):
	}
}
