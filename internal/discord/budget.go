package discord

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// What is known of the budget is asked for anew when it is older than budgetAge, and
// each time when fewer than budgetScarce are left, since other processes spend of it
// as well. A session that was let pass is counted by Discord within landing.
const (
	budgetAge    = 3 * time.Minute
	budgetScarce = 50
	landing      = 30 * time.Second
)

// budget is a gate that lets a shard pass only while sessions may begin: Discord
// resets the token of a bot that begins more than its thousand a day. It is safe for
// concurrent use.
// Source: https://discord.com/developers/docs/events/gateway#session-start-limit-object
type budget struct {
	turns gate
	ask   func(context.Context) (api.StartLimit, error)
	log   *slog.Logger

	asking chan struct{} // holds one while somebody asks
	mu     sync.Mutex
	left   api.StartLimit
	at     time.Time   // when left was true
	spent  []time.Time // what left may not hold yet
}

// newBudget returns a budget before a gate, of which left is known.
func newBudget(turns gate, ask func(context.Context) (api.StartLimit, error), left api.StartLimit, log *slog.Logger) *budget {
	return &budget{turns: turns, ask: ask, log: log, asking: make(chan struct{}, 1), left: left, at: time.Now()}
}

// pass waits until a session may begin, and for the bucket's turn. Discord is asked
// before the turn, so that nothing delays an Identify after it.
func (g *budget) pass(ctx context.Context, bucket int) error {
	for {
		if err := g.await(ctx); err != nil {
			return err
		}
		if err := g.turns.pass(ctx, bucket); err != nil {
			return err
		}
		if g.spend() {
			return nil
		}
	}
}

// await waits until a session may begin.
func (g *budget) await(ctx context.Context) error {
	for {
		wait, err := g.refresh(ctx)
		if err != nil || wait == 0 {
			return err
		}
		g.log.Warn("Discord lets the bot begin no more sessions until its daily limit is reset; waiting, since its token would be reset otherwise", "wait", wait.Round(time.Second))
		if pause(ctx, wait) {
			continue
		}
		if ctx.Err() == nil {
			return fmt.Errorf("%w: there is no time to wait for Discord's daily limit", article.ErrUnavailable)
		}
		return context.Cause(ctx)
	}
}

// refresh asks for what is left when that is due, and says how long to wait when it
// is nothing.
func (g *budget) refresh(ctx context.Context) (time.Duration, error) {
	select {
	case g.asking <- struct{}{}:
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	defer func() { <-g.asking }()
	if g.isDue() {
		left, err := g.ask(ctx)
		if err != nil {
			return 0, err
		}
		g.learn(left, time.Now())
	}
	return g.wait(), nil
}

func (g *budget) isDue() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.Since(g.at) > budgetAge || g.free() < budgetScarce
}

// learn takes what Discord says is left.
func (g *budget) learn(left api.StartLimit, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left, g.at = left, now
	g.spent = slices.DeleteFunc(g.spent, func(at time.Time) bool { return now.Sub(at) > landing })
}

// plenty reports whether more than half of the day's sessions are left.
func (g *budget) plenty() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.free() > g.left.Total/2
}

// free is how many sessions may begin now. The caller holds mu.
func (g *budget) free() int { return g.left.Remaining - len(g.spent) }

func (g *budget) wait() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.free() > 0:
		return 0
	case g.left.Remaining > 0:
		return landing // perhaps it was counted twice
	}
	return max(time.Second, g.left.ResetAfter)
}

// spend takes one session, if there is one.
func (g *budget) spend() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free() < 1 {
		return false
	}
	g.spent = append(g.spent, time.Now())
	return true
}

// startLimit asks Discord how many sessions may begin.
func (b *Bot) startLimit(ctx context.Context) (api.StartLimit, error) {
	info, err := b.rest.GatewayBot(ctx)
	return info.Limit, err
}
