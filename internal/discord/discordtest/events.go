package discordtest

import (
	"context"
	"fmt"
	"slices"
)

// dispatch sends an event of a guild, or of direct messages when guild is empty, to
// every session of its shard that asked for it. The caller holds s.mu.
func (s *Server) dispatch(guild string, intent int, name string, data any) {
	for _, session := range s.sessionsOf(guild) {
		if intent == 0 || session.intents&intent != 0 {
			session.emit(name, data)
		}
	}
}

// Connected waits until a bot has a session and a connection.
func (s *Server) Connected(ctx context.Context) error {
	return s.wait(ctx, "a bot to connect", func() bool {
		for _, session := range s.sessions {
			if session.conn != nil {
				return true
			}
		}
		return false
	})
}

// Identified waits until bots have identified at least n times in all.
func (s *Server) Identified(ctx context.Context, n int) error {
	return s.wait(ctx, "the bot to identify again", func() bool { return len(s.identifies) >= n })
}

// Disconnected waits until no bot is connected.
func (s *Server) Disconnected(ctx context.Context) error {
	return s.wait(ctx, "the bot to leave", func() bool { return len(s.conns) == 0 })
}

// Identifies returns what bots said of themselves, in order.
func (s *Server) Identifies() []Identify {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.identifies)
}

// Heartbeats counts the heartbeats of the connections that are open.
func (s *Server) Heartbeats() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for c := range s.conns {
		n += c.beats
	}
	return n
}

func (s *Server) eachConn(do func(*conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		do(c)
	}
}

// wait blocks until done, which is called with s.mu held, reports true.
func (s *Server) wait(ctx context.Context, what string, done func() bool) error {
	for {
		s.mu.Lock()
		ok, changed := done(), s.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
		}
	}
}
