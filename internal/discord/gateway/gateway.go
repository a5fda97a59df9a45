// Package gateway speaks Discord's gateway protocol over one WebSocket connection
// of one shard: it greets, identifies or resumes, keeps the heartbeat, hands over
// every event, and says in the end what can follow.
//
// It decides nothing beyond its connection: whether, when and where to connect
// again is up to its caller, which finds in [EndError] what Discord allows.
//
// Invariants:
//   - no wait is without an end: the handshake, the greeting, each write, silence and
//     the farewell have deadlines;
//   - a connection is closed with 1000 only when its context is done; every other end
//     keeps the session, so that it can be resumed;
//   - events are handed over one after the other, as they came and undecoded;
//   - the token is in no error;
//   - no goroutine outlives [Run].
//
// Source: https://discord.com/developers/docs/events/gateway
package gateway

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"
)

// Event is one dispatch of the gateway, such as MESSAGE_CREATE.
type Event struct {
	Name string
	Data json.RawMessage
}

// The events that say that a session goes on from here.
const (
	Ready   = "READY"   // a new session
	Resumed = "RESUMED" // an earlier session, after everything that it missed
)

// Session is what a session can be resumed with. The zero Session is none.
type Session struct {
	ID  string
	URL string // where to resume it
	Seq int64  // the number of the last event that was handed over
}

// Config says who connects, and how long what may take.
type Config struct {
	Token         string // without "Bot " before it
	Intents       int
	Shard, Shards int

	// Handle is called for every event, READY and RESUMED among them, on the goroutine
	// that reads. While it runs nothing else is read, so it must not wait.
	Handle func(Event)

	Hello   time.Duration // until the gateway has answered the handshake and greeted, each
	Connect time.Duration // from there to READY, or between two events that are replayed
	Silence time.Duration // how long nothing may come afterwards

	// Jitter returns the part of an interval, from 0 up to 1, after which the first
	// heartbeat is due; random when nil.
	Jitter func() float64
}

// Run connects to the gateway at address, resumes the session when it has an id, else
// identifies, and hands over events until the connection ends. It keeps the session up
// to date, which may not be touched meanwhile. An [EndError] says how it ended; once
// ctx is done that is ctx's cause instead, and the session has been given up.
func Run(ctx context.Context, cfg Config, address string, session *Session) error {
	if cfg.Jitter == nil {
		cfg.Jitter = rand.Float64
	}
	if session.ID != "" {
		address = resumeAddress(address, session.URL)
	}
	ws, err := dial(ctx, address, cfg.Hello)
	if ctx.Err() != nil {
		if err == nil {
			_ = ws.Close()
		}
		return context.Cause(ctx)
	}
	if err != nil {
		return &EndError{Next: Resume, Unreached: true, Err: err}
	}
	c := newConn(cfg, ws, session)
	err = c.run(ctx)
	if ctx.Err() != nil {
		*session = Session{}
		return context.Cause(ctx)
	}
	return err
}
