package discord

import (
	"context"
	"strconv"
	"strings"
)

// prepare finds out who the bot is and how its gateway is divided.
func (b *Bot) prepare(ctx context.Context) error {
	app, err := b.rest.Application(ctx)
	if err != nil {
		return refusedToken(err)
	}
	info, err := b.rest.GatewayBot(ctx)
	if err != nil {
		return refusedToken(err)
	}
	b.app, b.gateway = app, info
	if b.gateway.Shards, err = b.countShards(ctx, info.Shards); err != nil {
		return err
	}
	b.gate = b.newGate()
	b.log.Info("the gateway is divided", "shards", b.gateway.Shards, "recommended", info.Shards, "at_once", info.Limit.Concurrency)
	return nil
}

// newGate returns what lets shards identify: in turn, and not more often than Discord
// allows in a day.
func (b *Bot) newGate() *budget {
	var turns gate = newMemoryGate(b.timing.Identify)
	if b.leases != nil {
		turns = &leaseGate{b.leases, "identify/" + b.app.ID + "/", b.timing.Identify}
	}
	return newBudget(turns, b.startLimit, b.gateway.Limit, b.log)
}

// countShards decides how many shards there are: as configured, else as many as the
// other processes count, so that all agree although Discord's recommendation
// changed between their starts, else as recommended.
func (b *Bot) countShards(ctx context.Context, recommended int) (int, error) {
	if b.shards > 0 {
		return b.shards, nil
	}
	if b.leases == nil {
		return recommended, nil
	}
	ctx, cancel := context.WithTimeout(ctx, b.leases.TTL()/3)
	defer cancel()
	prefix := shardPrefix(b.app.ID)
	live, err := b.leases.Live(ctx, prefix)
	if err != nil {
		return 0, err
	}
	for _, l := range live {
		count, _, _ := strings.Cut(strings.TrimPrefix(l.Name, prefix), "/")
		if n, err := strconv.Atoi(count); err == nil && n > 0 {
			return n, nil
		}
	}
	return recommended, nil
}
