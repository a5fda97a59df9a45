package discordtest

import (
	"encoding/json"
	"strings"
	"time"
)

// session is what outlives a gateway connection: its events, for RESUME.
type session struct {
	id      string
	intents int
	shard   int
	seq     int     // number of the last event
	log     []event // the newest events; the last one has the number seq
	conn    *conn   // nil while nobody is connected
	lost    time.Time
}

type event struct {
	name string
	data any
}

// emit numbers an event, keeps it and sends it.
func (s *session) emit(name string, data any) {
	s.seq++
	s.log = append(s.log, event{name, data})
	if len(s.log) > 2*replayed {
		s.log = append([]event(nil), s.log[len(s.log)-replayed:]...)
	}
	if s.conn != nil {
		s.conn.send(opDispatch, name, s.seq, data)
	}
}

// replayed is how many of its last events a session can repeat at least.
const replayed = 1000

// after returns the events behind a number, unless some of them are gone.
func (s *session) after(seq int) ([]event, bool) {
	missed := s.seq - seq
	if missed < 0 || missed > len(s.log) {
		return nil, false
	}
	return s.log[len(s.log)-missed:], true
}

type resume struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int    `json:"seq"`
}

// Resume is an attempt of a bot to go on with a session.
type Resume struct {
	Session string
	Seq     int
	At      time.Time
	Proper  bool // at the address that READY gave for it
	Went    bool // with RESUMED in reply
}

// resume replays what a session missed, or says that it is gone.
// Source: https://discord.com/developers/docs/events/gateway#resuming
func (s *Server) resume(c *conn, raw json.RawMessage) bool {
	var r resume
	if json.Unmarshal(raw, &r) != nil {
		return c.end(closeDecodeError, "Error while decoding payload.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	s.resumes = append(s.resumes, Resume{Session: r.Session, Seq: r.Seq, At: time.Now(), Proper: c.resuming})
	switch {
	case c.welcome.Close != 0:
		return c.end(c.welcome.Close, "")
	case c.session != nil:
		return c.end(closeAlreadyIdentified, "Already authenticated.")
	case !s.knows(r.Token):
		return c.end(closeAuthFailed, "Authentication failed.")
	case c.welcome.Before == opInvalidSession:
		s.invalidate(c, s.sessions[r.Session], c.welcome.Resumable)
		return true
	}
	return s.goOn(c, r)
}

func (s *Server) goOn(c *conn, r resume) bool {
	old := s.sessions[r.Session]
	if old == nil || old.conn == nil && time.Since(old.lost) > s.cfg.session {
		delete(s.sessions, r.Session)
		c.send(opInvalidSession, "", 0, false)
		return true
	}
	missed, ok := old.after(r.Seq)
	if !ok {
		delete(s.sessions, r.Session)
		return c.end(closeInvalidSeq, "Invalid seq.")
	}
	if old.conn != nil {
		old.conn.session = nil // the newer connection has it now
		old.conn.end(closeUnknownError, "")
	}
	if c.welcome.Before != 0 {
		c.send(c.welcome.Before, "", 0, nil)
	}
	c.session, old.conn = old, c
	for i, event := range missed {
		s.repeat(event)
		c.send(opDispatch, event.name, r.Seq+i+1, event.data)
	}
	old.emit("RESUMED", map[string]any{})
	s.resumes[len(s.resumes)-1].Went = true
	s.then(c)
	return true
}

// repeat notes of an interaction that its event is sent late.
func (s *Server) repeat(e event) {
	data, ok := e.data.(map[string]any)
	if !ok || e.name != "INTERACTION_CREATE" {
		return
	}
	if token, ok := data["token"].(string); ok && s.calls[token] != nil {
		s.calls[token].repeated = true
	}
}

// then sends what the welcome has behind READY and RESUMED.
func (s *Server) then(c *conn) {
	switch c.welcome.Then {
	case 0:
	case opInvalidSession:
		s.invalidate(c, c.session, c.welcome.Resumable)
	default:
		c.send(c.welcome.Then, "", 0, nil)
	}
}

// invalidate sends Op 9. The client may then resume or identify on the same
// connection. A session that cannot be resumed is forgotten.
func (s *Server) invalidate(c *conn, of *session, resumable bool) {
	c.send(opInvalidSession, "", 0, resumable)
	if !resumable {
		s.forget(of)
		return
	}
	if c.session != nil {
		c.session.conn, c.session.lost = nil, time.Now()
		c.session = nil
	}
}

func (s *Server) forget(old *session) {
	if old == nil {
		return
	}
	delete(s.sessions, old.id)
	if old.conn != nil {
		old.conn.session = nil
	}
}

// Resumes returns the attempts to resume, in order.
func (s *Server) Resumes() []Resume {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Resume(nil), s.resumes...)
}

func (s *Server) knows(token string) bool {
	return !s.revoked && strings.TrimPrefix(token, "Bot ") == s.cfg.token
}

func (s *Server) gatewayURL() string {
	return strings.Replace(s.http.URL, "http://", "ws://", 1) + "/gateway"
}

func (s *Server) resumeURL() string { return s.gatewayURL() + resumePath }

const resumePath = "/resume"
