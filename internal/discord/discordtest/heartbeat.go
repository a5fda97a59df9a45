package discordtest

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/gorilla/websocket"
)

// heartbeat counts a heartbeat and acknowledges it. Its number is that of the last
// event the client got, or null before the first.
// Source: https://discord.com/developers/docs/events/gateway#sending-heartbeats
func (s *Server) heartbeat(c *conn, raw json.RawMessage) bool {
	var seq *int
	if json.Unmarshal(raw, &seq) != nil && len(raw) > 0 {
		return c.end(closeDecodeError, "Error while decoding payload.")
	}
	s.awaitBeat(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq != nil && c.session != nil && *seq > c.session.seq {
		s.violate("a heartbeat names event %d of %d", *seq, c.session.seq)
	}
	c.beats++
	s.beats++
	if !s.deaf && !c.welcome.Deaf {
		c.send(opHeartbeatACK, "", 0, nil)
	}
	s.touch()
	return true
}

// talksTooMuch reports whether a client sent more than Discord takes from one
// connection. Heartbeats are left out here, since tests shorten their interval.
// Source: https://discord.com/developers/docs/events/gateway#rate-limiting
func (c *conn) talksTooMuch(now time.Time) bool {
	for len(c.spoken) > 0 && now.Sub(c.spoken[0]) > time.Minute {
		c.spoken = c.spoken[1:]
	}
	c.spoken = append(c.spoken, now)
	return len(c.spoken) > 120
}

// Close is how a client ended a gateway connection.
type Close struct {
	Connection int
	Code       int // 1006 without a close frame
}

// ended deals with the end of a connection: heartbeats that did not come, a close
// frame or a cut. A client that closes with 1000 or 1001 gives its session up.
func (s *Server) ended(c *conn, err error) {
	if timeout, ok := err.(interface{ Timeout() bool }); ok && timeout.Timeout() {
		c.end(closeSessionTimedOut, "Session timed out.")
		s.mu.Lock()
		s.forget(c.session)
		s.mu.Unlock()
		return
	}
	if c.ended.Load() {
		return
	}
	code := websocket.CloseAbnormalClosure
	if frame := (*websocket.CloseError)(nil); errors.As(err, &frame) {
		code = frame.Code
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closes = append(s.closes, Close{c.id, code})
	if code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway {
		s.forget(c.session)
	}
}

// Closes returns how clients ended their connections, in order.
func (s *Server) Closes() []Close {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Close(nil), s.closes...)
}

// Beats counts the heartbeats of all connections so far.
func (s *Server) Beats() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.beats
}
