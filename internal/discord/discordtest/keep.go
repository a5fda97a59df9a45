package discordtest

import "time"

// Keep bounds what the server remembers, for runs of hours: the newest n requests,
// interactions and messages, and no more. An older message is gone for REST as well,
// without a violation. Without it everything is kept until [Server.Forget]; events
// for RESUME are bounded in any case, see [SessionLife].
func Keep(n int) Option { return func(c *config) { c.keep = n } }

// aged is what came, oldest first, so that the oldest can go.
type aged struct {
	calls, messages []string
}

// ageCall notes an interaction and drops the oldest one beyond the bound. The caller
// holds s.mu.
func (s *Server) ageCall(token string) {
	if s.cfg.keep == 0 {
		return
	}
	s.aged.calls = append(s.aged.calls, token)
	if len(s.aged.calls) > s.cfg.keep {
		delete(s.calls, s.aged.calls[0])
		s.aged.calls = s.aged.calls[1:]
	}
}

// ageMessage notes a message and drops the oldest one beyond the bound. The caller
// holds s.mu.
func (s *Server) ageMessage(id string) {
	if s.cfg.keep == 0 {
		return
	}
	s.aged.messages = append(s.aged.messages, id)
	if len(s.aged.messages) <= s.cfg.keep {
		return
	}
	oldest := s.aged.messages[0]
	s.aged.messages = s.aged.messages[1:]
	delete(s.deleted, oldest)
	m := s.messages[oldest]
	if m == nil {
		return
	}
	s.discard(m)
	delete(s.replies, oldest)
	for _, file := range m.files {
		delete(s.files, file.ID)
	}
	if m.nonce != nil {
		delete(s.nonces, nonceKey(m.channel, m.nonce))
	}
	s.horizon = oldest
}

// lost reports whether a message may have been dropped for its age. The caller holds s.mu.
func (s *Server) lost(id string) bool { return s.horizon != "" && byID(id, s.horizon) <= 0 }

// ageRequests drops the older half of the requests when there are twice as many as
// are kept. The caller holds s.mu.
func (s *Server) ageRequests() {
	if n := s.cfg.keep; n > 0 && len(s.requests) >= 2*n {
		s.requests = append([]Request(nil), s.requests[len(s.requests)-n:]...)
	}
}

// Forget drops the requests, interactions and messages so far, so that a long run
// measures the bot's memory and not this one's. Nothing may be in flight.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.aged = nil, aged{}
	clear(s.calls)
	clear(s.messages)
	clear(s.replies)
	clear(s.nonces)
	clear(s.deleted)
	clear(s.files)
	clear(s.buckets)
	clear(s.until)
	for _, session := range s.sessions {
		session.log = nil
	}
}

// Timing is when something that a member did was answered. What has not happened yet
// is the zero time.
type Timing struct {
	Sent     time.Time // Discord told the bot
	Callback time.Time // the first callback of an interaction arrived
	Final    time.Time // the answer itself arrived: the callback, or what a promise became
}

// Done reports whether the answer itself has arrived.
func (t Timing) Done() bool { return !t.Final.IsZero() }

// Timing returns how fast the reply was. It waits for nothing, so that a load test
// can ask for the timings of all replies at its end. The answer of a deferred command
// is the first edit or follow-up, whether it was an error or not.
func (r *Reply) Timing() Timing {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	t := Timing{Sent: r.SentAt}
	if r.call != nil {
		t.Callback, t.Final = r.call.answered, r.call.final
		return t
	}
	t.Final = r.said.answered
	return t
}

// finish notes when the answer itself arrived, once. The caller holds s.mu.
func (i *interaction) finish(at time.Time) {
	if i.final.IsZero() {
		i.final = at
	}
}
