package discordtest

import "time"

// Welcome is how one gateway connection is met, see [Server.Welcome].
type Welcome struct {
	Silent    bool // no Hello, and nothing else
	Mute      bool // a Hello, and then nothing: no READY, no ACK, no event
	Deaf      bool // no heartbeat is acknowledged
	Close     int  // closed with this code in reply to Identify or Resume
	Before    int  // this opcode is sent in reply to them, before READY and RESUMED; an Op 9 instead of them
	Then      int  // this opcode is sent right after READY and RESUMED
	Resumable bool // what an Op 9 says of the session
}

// Welcome decides how the next connections are met, one each.
func (s *Server) Welcome(next ...Welcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.welcomes = append(s.welcomes, next...)
}

// Refuse lets the next n attempts to reach the gateway fail.
func (s *Server) Refuse(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = n
}

// RefuseFor lets every attempt to reach the gateway fail for a time.
func (s *Server) RefuseFor(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusedUntil = time.Now().Add(d)
}

// RefuseResume lets the next n attempts to reach the address for resuming fail.
func (s *Server) RefuseResume(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusedResumes = n
}

// Reconnect asks every client to reconnect (Op 7).
func (s *Server) Reconnect() {
	s.eachConn(func(c *conn) { c.send(opReconnect, "", 0, nil) })
}

// Invalidate tells every client that its session is invalid (Op 9), and whether it
// can be resumed all the same.
func (s *Server) Invalidate(resumable bool) {
	s.eachConn(func(c *conn) { s.invalidate(c, c.session, resumable) })
}

// AskHeartbeat asks every client for a heartbeat at once (Op 1).
func (s *Server) AskHeartbeat() {
	s.eachConn(func(c *conn) { c.send(opHeartbeat, "", 0, nil) })
}

// Acknowledge switches the answers to heartbeats off or on again. They are on at
// first.
func (s *Server) Acknowledge(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deaf = !on
}

// Mute lets every connection that is open go silent: nothing more is sent on it, not
// even an acknowledgement, and nothing that it sends is heard. What happens meanwhile
// can be replayed to a connection that resumes the session.
func (s *Server) Mute() {
	s.eachConn(func(c *conn) { c.mute.Store(true) })
}

// Drop closes every gateway connection with a close code. After some codes the
// session cannot be resumed.
func (s *Server) Drop(code int) {
	s.eachConn(func(c *conn) {
		c.end(code, "")
		if code == closeAuthFailed || code == closeInvalidSeq || code >= closeSessionTimedOut {
			s.forget(c.session)
		}
	})
}

// Reset cuts every gateway connection without a close frame.
func (s *Server) Reset() {
	s.eachConn(func(c *conn) { _ = c.ws.NetConn().Close() })
}

// Kill cuts a connection without a close frame, as a process that dies does.
func (s *Server) Kill(connection int) {
	s.eachConn(func(c *conn) {
		if c.id == connection {
			_ = c.ws.NetConn().Close()
		}
	})
}

// Expire forgets every session that has no connection, so that a RESUME fails.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, session := range s.sessions {
		if session.conn == nil {
			delete(s.sessions, id)
		}
	}
}
