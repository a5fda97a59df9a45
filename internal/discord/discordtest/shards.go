package discordtest

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// shard is the shard that a bot identified as; without one it is the first.
func (id Identify) shard() int {
	if id.Shard == nil {
		return 0
	}
	return id.Shard[0]
}

// shardOf returns the shard that hears of a guild; direct messages are the first's.
// Source: https://discord.com/developers/docs/events/gateway#sharding
func (s *Server) shardOf(guild string) int {
	id, err := strconv.ParseUint(guild, 10, 64)
	if err != nil {
		return 0
	}
	return int((id >> 22) % uint64(s.cfg.shards))
}

// guildsOf returns the guilds of a shard. The caller holds s.mu.
func (s *Server) guildsOf(shard int) []*Guild {
	var found []*Guild
	for _, g := range s.guilds {
		if s.shardOf(g.ID) == shard {
			found = append(found, g)
		}
	}
	return found
}

// sessionsOf returns the sessions that hear of a guild. The caller holds s.mu.
func (s *Server) sessionsOf(guild string) []*session {
	shard := s.shardOf(guild)
	var found []*session
	for _, session := range s.sessions {
		if session.shard == shard {
			found = append(found, session)
		}
	}
	return found
}

// checkPace holds the last Identify, which is id, against the one of its bucket
// before it. The caller holds s.mu.
// Source: https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
func (s *Server) checkPace(id Identify) {
	for _, earlier := range slices.Backward(s.identifies[:len(s.identifies)-1]) {
		if earlier.Bucket != id.Bucket {
			continue
		}
		if gap := id.At.Sub(earlier.At); s.cfg.identify > 0 && gap < s.cfg.identify {
			s.violate("shard %d identified %v after shard %d of the same bucket", id.shard(), gap.Round(time.Millisecond), earlier.shard())
		}
		return
	}
}

// GuildOn adds a guild that the given shard hears of.
func (s *Server) GuildOn(shard int, name string) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{ID: s.newID(), Name: name, s: s}
	for s.shardOf(g.ID) != shard {
		g.ID = s.newID()
	}
	s.admitBot(g)
	return g
}

// Connection is a gateway connection that has identified.
type Connection struct {
	ID     int // counted from 1, never given out twice
	Shard  int
	Remote string // the client's address
}

// Connections returns the connections that have identified, by number.
func (s *Server) Connections() []Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Connection
	for c := range s.conns {
		if c.session != nil {
			found = append(found, Connection{c.id, c.session.shard, c.ws.RemoteAddr().String()})
		}
	}
	slices.SortFunc(found, func(a, b Connection) int { return a.ID - b.ID })
	return found
}

// Holder returns the newest connection that holds a shard, if there is one.
func (s *Server) Holder(shard int) (Connection, bool) {
	for _, c := range slices.Backward(s.Connections()) {
		if c.Shard == shard {
			return c, true
		}
	}
	return Connection{}, false
}

// AllShards waits until every shard is held by a connection.
func (s *Server) AllShards(ctx context.Context) error {
	return s.wait(ctx, "all shards to be held", func() bool {
		held := make(map[int]bool)
		for c := range s.conns {
			if c.session != nil {
				held[c.session.shard] = true
			}
		}
		return len(held) == s.cfg.shards
	})
}

// countOverlap counts an Identify for a shard that is held. The caller holds s.mu.
func (s *Server) countOverlap(shard int) {
	for c := range s.conns {
		if c.session != nil && c.session.shard == shard {
			s.overlaps++
		}
	}
}

// Overlaps counts how often a shard was identified while another connection held it.
// Discord allows it, and sends everything to both.
func (s *Server) Overlaps() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.overlaps
}

// Unheld waits until no connection holds a shard.
func (s *Server) Unheld(ctx context.Context, shard int) error {
	return s.wait(ctx, "a shard to be given up", func() bool {
		for c := range s.conns {
			if c.session != nil && c.session.shard == shard {
				return false
			}
		}
		return true
	})
}

// Replay delivers a member's message or command again, as Discord does with what a
// resumed session may have missed.
func (s *Server) Replay(r *Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.call == nil {
		s.dispatchMessage(r.said)
		return
	}
	s.dispatch(r.call.channel.guildID(), 0, "INTERACTION_CREATE", r.call.event)
}
