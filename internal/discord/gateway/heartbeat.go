package gateway

import (
	"fmt"
	"time"

	"verbatim/internal/article"
)

// maxInterval is more than any gateway asks for.
const maxInterval = time.Hour

// beat sends heartbeats until the connection ends. The first comes after a random
// part of the interval, so that many clients do not beat at once. When one has not
// been acknowledged by the time of the next, the connection is dead, and is closed
// with a code that keeps the session.
// Source: https://discord.com/developers/docs/events/gateway#sending-heartbeats
func (c *conn) beat(interval time.Duration) {
	c.acked.Store(true)
	wait := time.NewTimer(time.Duration(c.cfg.Jitter() * float64(interval)))
	defer wait.Stop()
	for {
		select {
		case <-wait.C:
		case <-c.done:
			return
		}
		if !c.acked.Swap(false) {
			c.fail(&EndError{Err: fmt.Errorf("%w: the gateway did not acknowledge a heartbeat", article.ErrUnavailable)})
			return
		}
		if end := c.beatNow(); end != nil {
			c.fail(end)
			return
		}
		wait.Reset(interval)
	}
}

// beatNow sends a heartbeat, with the number of the last event or null before the
// first.
func (c *conn) beatNow() *EndError {
	if seq := c.seq.Load(); seq > 0 {
		return c.send(command{opHeartbeat, seq})
	}
	return c.send(command{Op: opHeartbeat})
}
