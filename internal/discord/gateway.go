package discord

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/cenkalti/backoff/v5"

	"verbatim/internal/discord/gateway"
)

// intents are what the bot hears of: its guilds, and the messages that mention it
// or are written to it. It reads no other message, unless it may.
func (b *Bot) intents() int {
	intents := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if b.content {
		intents |= discordgo.IntentMessageContent
	}
	return int(intents)
}

// resumeTries is how often in a row a session is asked to go on, without doing so, before
// a new one is begun.
const resumeTries = 2

// rarely is how many times [Timing.MaxBackoff] the pause between two sessions
// may be that do not last: Discord allows a thousand a day, and resets the token of a
// bot that begins more.
const rarely = 30

// brief is how many times [Timing.Backoff] a connection must have lasted for the next
// pause to be the shortest again.
const brief = 5

// stage is what a connector does next.
type stage int

const (
	toResume stage = iota // go on with the session that was lost
	toBegin               // begin a new one
)

// connector keeps a shard connected: a connection is made, gets its session, is lost,
// and then the session is resumed at a new one, or a new session begun.
type connector struct {
	b   *Bot
	sh  *shard
	log *slog.Logger

	pauses   *backoff.ExponentialBackOff // between two connections
	sessions *backoff.ExponentialBackOff // between two sessions that do not last

	address    string        // where the session began
	asked      int           // how often in a row the session was asked to go on
	identified bool          // by the present attempt
	rest       time.Duration // what is to be waited before the next new session
	since      time.Time     // when the present connection got its session; zero before
}

func (b *Bot) newConnector(sh *shard, log *slog.Logger) *connector {
	return &connector{
		b: b, sh: sh, log: log,
		pauses: b.pauses(b.timing.MaxBackoff), sessions: b.pauses(rarely * b.timing.MaxBackoff),
	}
}

// run keeps the shard connected until ctx is done or a fault is fatal, which alone is
// an error.
func (c *connector) run(ctx context.Context) error {
	for {
		err := c.attempt(ctx)
		lasted := c.lost()
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // the end that was asked for
		case isFatal(err):
			return err
		case lasted > settled:
			c.sessions.Reset()
		}
		if lasted > brief*c.b.timing.Backoff {
			c.pauses.Reset()
		}
		wait := c.pause(err)
		c.log.Warn("not connected to Discord", "error", err, "lasted", lasted.Round(time.Millisecond), "resumable", c.next() == toResume, "retry_in", wait)
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// lost ends what a connection had, and returns how long it had its session.
func (c *connector) lost() time.Duration {
	c.sh.connected.Store(false)
	if c.since.IsZero() {
		return 0
	}
	lasted := time.Since(c.since)
	c.since = time.Time{}
	return lasted
}

// pause returns how long to wait after an attempt. To go on with a session costs
// nothing; another one after one that did not last is waited for, not for long while
// the day has room for many. After a session was ended by Discord, it asks for a random
// wait of one to five seconds.
// Source: https://discord.com/developers/docs/events/gateway#resuming
func (c *connector) pause(err error) time.Duration {
	wait := c.pauses.NextBackOff()
	if c.identified {
		c.rest = c.sessions.NextBackOff()
	}
	if c.next() == toBegin {
		if c.b.gate.plenty() {
			c.rest = min(c.rest, c.b.timing.MaxBackoff)
		}
		wait, c.rest = max(wait, c.rest), 0
	}
	if end, ok := errors.AsType[*gateway.EndError](err); ok && end.Next == gateway.Fresh {
		wait = max(wait, time.Duration((1+4*rand.Float64())*float64(c.b.timing.Backoff)))
	}
	return wait
}

// next says what the next attempt begins with.
func (c *connector) next() stage {
	if c.sh.session.ID == "" || c.asked >= resumeTries {
		return toBegin
	}
	return toResume
}

// attempt holds one connection, until it ends. A session whose gateway is out of reach
// while Discord is not is left for a new one.
func (c *connector) attempt(ctx context.Context) error {
	c.identified = false
	if c.next() == toResume {
		err := c.resume(ctx)
		if end, ok := errors.AsType[*gateway.EndError](err); !ok || !end.Unreached {
			return err
		}
		c.log.Warn("the session cannot be resumed where Discord said", "error", err)
	}
	return c.begin(ctx)
}

// resume goes on with the session of the shard. Where nobody was there to be asked, the
// session is as good as before: Discord keeps it for minutes.
func (c *connector) resume(ctx context.Context) error {
	c.asked++
	err := c.hold(ctx, c.address, &c.sh.session)
	if end, ok := errors.AsType[*gateway.EndError](err); ok && end.Unreached {
		c.asked--
	}
	return err
}

// begin gets a new session when it is the shard's turn. The old one is kept as long as
// nothing was said to the gateway: perhaps nothing at all can be reached, and then it
// can still be resumed.
func (c *connector) begin(ctx context.Context) error {
	address, err := c.b.rest.Gateway(ctx)
	if err != nil {
		return refusedToken(err)
	}
	if err := c.b.gate.pass(ctx, c.sh.id%c.b.gateway.Limit.Concurrency); err != nil {
		return refusedToken(err)
	}
	var session gateway.Session
	err = c.hold(ctx, address, &session)
	if end, ok := errors.AsType[*gateway.EndError](err); ok && end.Unreached {
		return err
	}
	c.identified, c.asked, c.address, c.sh.session = true, 0, address, session
	return err
}

// hold runs a connection until it ends.
func (c *connector) hold(ctx context.Context, address string, session *gateway.Session) error {
	t := c.b.timing
	err := gateway.Run(ctx, gateway.Config{
		Token: c.b.token, Intents: c.b.intents(), Shard: c.sh.id, Shards: c.b.gateway.Shards, Handle: c.handle,
		Hello: t.Connect / 2, Connect: t.Connect, Silence: t.Silence,
	}, address, session)
	if end, ok := errors.AsType[*gateway.EndError](err); ok && end.Next == gateway.Stop {
		return &fatalError{err}
	}
	return err
}

// handle takes an event, on the goroutine that reads the gateway.
func (c *connector) handle(e gateway.Event) {
	c.b.dispatch(c.sh, e)
	if e.Name != gateway.Ready && e.Name != gateway.Resumed {
		return
	}
	c.asked, c.since = 0, time.Now()
	c.sh.connected.Store(true)
	c.log.Info("connected to Discord", "resumed", e.Name == gateway.Resumed)
}
