package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

// shardPrefix begins the names of all shards' leases of an application.
func shardPrefix(app string) string { return "shard/" + app + "/" }

// claims shares the shards among the processes. Each holds a lease that counts it
// among the living, claims free shards up to its share, and gives up what is more
// than that, so that nobody has to decide for the others.
type claims struct {
	b       *Bot
	set     *shardSet
	process string      // the name of this process's lease
	peers   string      // begins the names of all processes' leases
	shards  string      // begins the names of the shards' leases
	living  *lease.Held // counts this process among the living; nil before it does
}

func newClaims(b *Bot, set *shardSet) *claims {
	peers := "process/" + b.app.ID + "/"
	return &claims{
		b: b, set: set, peers: peers, process: peers + b.leases.Holder(),
		shards: shardPrefix(b.app.ID) + strconv.Itoa(b.gateway.Shards) + "/",
	}
}

// run claims and gives up until ctx is done.
func (c *claims) run(ctx context.Context) {
	defer c.leave(ctx)
	for failed := false; ; {
		err := c.round(ctx)
		if err != nil && ctx.Err() == nil && !failed {
			c.b.log.Warn("no shards can be claimed for now", "error", err)
		}
		failed = err != nil
		if !pause(ctx, c.b.timing.Claim/2+rand.N(c.b.timing.Claim)) {
			return
		}
	}
}

// leave stops counting among the living.
func (c *claims) leave(ctx context.Context) {
	if err := release(ctx, c.living); err != nil {
		c.b.log.Warn("other processes count this one for a while", "error", err)
	}
}

// round brings what this process holds one step nearer to its share.
func (c *claims) round(ctx context.Context) error {
	asking, cancel := context.WithTimeout(ctx, c.b.leases.TTL()/3)
	defer cancel()
	if err := c.enlist(asking); err != nil {
		return err
	}
	share, err := c.share(asking)
	if err != nil {
		return err
	}
	free, err := c.free(asking)
	if err != nil {
		return err
	}
	held := c.set.staying()
	if surplus := len(held) - share; surplus > 0 {
		c.giveUp(held, surplus, len(free))
		return nil
	}
	return c.claim(ctx, asking, free, share-len(held))
}

// enlist counts this process among the living.
func (c *claims) enlist(ctx context.Context) error {
	if c.living != nil {
		select {
		case <-c.living.Lost():
		default:
			return nil
		}
	}
	held, err := c.b.leases.Take(ctx, c.process)
	if err != nil {
		return err
	}
	c.living = held
	return nil
}

// share returns how many shards this process should hold: as many as any other, and
// those that remain go to the first by name.
func (c *claims) share(ctx context.Context) (int, error) {
	live, err := c.b.leases.Live(ctx, c.peers)
	if err != nil {
		return 0, err
	}
	processes, before := 1, 0
	for _, l := range live {
		switch cmp.Compare(l.Name, c.process) {
		case -1:
			before++
			processes++
		case 1:
			processes++
		}
	}
	return fairShare(c.b.gateway.Shards, processes, before), nil
}

// fairShare divides shards among processes; rank counts from 0. The shares of all
// ranks add up to the shards.
func fairShare(shards, processes, rank int) int {
	share := shards / processes
	if rank < shards%processes {
		share++
	}
	return share
}

// free lists the shards that nobody holds.
func (c *claims) free(ctx context.Context) ([]int, error) {
	live, err := c.b.leases.Live(ctx, c.shards)
	if err != nil {
		return nil, err
	}
	taken := c.set.ids()
	for _, l := range live {
		if id, err := strconv.Atoi(strings.TrimPrefix(l.Name, c.shards)); err == nil {
			taken[id] = true
		}
	}
	var free []int
	for id := range c.b.gateway.Shards {
		if !taken[id] {
			free = append(free, id)
		}
	}
	return free, nil
}

// claim takes up to so many of the free shards, in random order, because other
// processes are at it as well.
func (c *claims) claim(ctx, asking context.Context, free []int, wanted int) error {
	rand.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	for _, id := range free {
		if wanted <= 0 {
			return nil
		}
		held, err := c.b.leases.Take(asking, c.shards+strconv.Itoa(id))
		if errors.Is(err, article.ErrConflict) {
			continue
		}
		if err != nil {
			return fmt.Errorf("shard %d: %w", id, err)
		}
		wanted--
		c.b.log.Info("a shard is claimed", "shard", id)
		c.set.start(ctx, id, held)
	}
	return nil
}

// giveUp lets go of what is more than this process's share, no more at a time than
// can identify at once, and nothing while a shard waits for somebody to claim it:
// a shard that nobody takes is better off here.
func (c *claims) giveUp(held []*shard, surplus, free int) {
	if free > 0 || c.set.anyLeaving() {
		return
	}
	slices.SortFunc(held, func(a, b *shard) int { return cmp.Or(connectedLast(a, b), b.id-a.id) })
	for _, sh := range held[:min(surplus, c.b.gateway.Limit.Concurrency)] {
		c.b.log.Info("a shard is given up for another process", "shard", sh.id)
		sh.giveUp()
	}
}

// connectedLast orders shards that are not connected before those that are: nobody
// misses them.
func connectedLast(a, b *shard) int {
	switch connected := a.connected.Load(); {
	case connected == b.connected.Load():
		return 0
	case connected:
		return 1
	}
	return -1
}

// staying lists the shards that are held and not being given up.
func (s *shardSet) staying() []*shard {
	s.mu.Lock()
	defer s.mu.Unlock()
	var held []*shard
	for _, sh := range s.shards {
		if !sh.leaving.Load() && !sh.isLost() {
			held = append(held, sh)
		}
	}
	return held
}

// ids returns the numbers of the shards that this process has to do with.
func (s *shardSet) ids() map[int]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make(map[int]bool)
	for id := range s.shards {
		ids[id] = true
	}
	return ids
}

// anyLeaving reports whether a shard is being given up.
func (s *shardSet) anyLeaving() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sh := range s.shards {
		if sh.leaving.Load() {
			return true
		}
	}
	return false
}
