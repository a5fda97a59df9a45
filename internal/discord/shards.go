package discord

import (
	"context"
	"strconv"
	"sync"
	"time"

	"verbatim/internal/lease"
)

// shardOf returns the shard that hears of a guild, of so many; direct messages are
// the first's.
// Source: https://discord.com/developers/docs/events/gateway#sharding
func shardOf(guild string, count int) int {
	id, err := strconv.ParseUint(guild, 10, 64)
	if err != nil || count < 1 {
		return 0
	}
	return int((id >> 22) % uint64(count))
}

// shardSet runs the shards that this process holds. It is safe for concurrent use.
type shardSet struct {
	b     *Bot
	wg    sync.WaitGroup
	fatal chan error // the first fault that trying again cannot cure

	mu     sync.Mutex
	shards map[int]*shard
}

// holdShards holds shards until ctx is done or a fault is fatal: all of them, or a
// share when other processes may hold some. Then it closes their connections while
// what is in hand is finished, and gives the leases back.
func (b *Bot) holdShards(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &shardSet{b: b, fatal: make(chan error, 1), shards: make(map[int]*shard)}
	s.wg.Go(func() { b.roster.run(ctx) })
	if b.leases != nil {
		s.wg.Go(func() { newClaims(b, s).run(ctx) })
	} else {
		for id := range b.gateway.Shards {
			s.start(ctx, id, nil)
		}
	}
	var err error
	select {
	case err = <-s.fatal:
	case <-ctx.Done():
	}
	cancel()
	b.work.stop(b.timing.Grace)
	s.wg.Wait()
	return err
}

// start runs a shard until ctx is done, another process has its lease, or it is
// given up.
func (s *shardSet) start(ctx context.Context, id int, held *lease.Held) {
	ctx, stop := context.WithCancel(ctx)
	sh := &shard{id: id, kept: make(chan struct{}), work: s.b.work, stop: stop}
	name := ""
	if held != nil {
		sh.held.Store(held)
		name = held.Lease().Name
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shards[id] = sh
	s.count()
	s.wg.Go(func() { s.keep(ctx, sh, name) })
	s.wg.Go(func() { s.run(ctx, sh) })
}

// run keeps a shard connected, and afterwards finishes what arrived on it before
// its lease is given back.
func (s *shardSet) run(ctx context.Context, sh *shard) {
	defer s.remove(sh)
	log := s.b.log.With("shard", sh.id)
	s.offer(ctx, sh, log)
	err := s.b.newConnector(sh, log).run(ctx)
	sh.stop()
	if err != nil {
		select {
		case s.fatal <- err:
		default: // another shard was first
		}
	}
	sh.drain(s.b.timing.Answer + callbackWindow)
	s.b.channels.forgetShard(sh.id, s.b.gateway.Shards)
	s.b.guilds.forgetShard(sh.id, s.b.gateway.Shards)
	s.b.roster.forgetShard(sh.id, s.b.gateway.Shards)
	if err := s.release(ctx, sh); err != nil {
		log.Warn("a shard could not be given back; its lease runs out by itself", "error", err)
	}
}

func (s *shardSet) remove(sh *shard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.shards, sh.id)
	s.count()
}

// recount is count for whoever does not hold mu.
func (s *shardSet) recount() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count()
}

// count reports how many shards are held by a lease that lives. The caller holds mu.
func (s *shardSet) count() {
	held := make(map[int]bool)
	for id, sh := range s.shards {
		if !sh.isLost() {
			held[id] = true
		}
	}
	s.b.holding.Store(&held)
	s.b.observe.ShardsHeld(len(held))
}

// release gives a shard's lease back, once it is not taken anew any more.
func (s *shardSet) release(ctx context.Context, sh *shard) error {
	select {
	case <-sh.kept:
	case <-time.After(releasing):
	}
	return release(ctx, sh.held.Load())
}

// releasing is how long giving a lease back may take.
const releasing = time.Second

// release gives a lease back; nil is none. The end of ctx, which ended what the lease
// was for, does not keep it from being given back.
func release(ctx context.Context, held *lease.Held) error {
	if held == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releasing)
	defer cancel()
	return aside(ctx, held.Release)
}
