package discordtest

import "time"

// identifiesADay is how often a bot may identify in 24 hours, over all shards.
// Source: https://discord.com/developers/docs/events/gateway#session-start-limit-object
const identifiesADay = 1000

// IdentifiesLeft sets how many of the 1000 Identifies of the day are left. One more
// is a violation, and does what Discord documents: all sessions end, with close code
// 4004, and the token is reset, so that neither the gateway nor REST takes it again.
func IdentifiesLeft(n int) Option { return func(c *config) { c.identifies = n } }

// spend takes an Identify off the day's budget and reports whether there was one
// left. The caller holds s.mu.
func (s *Server) spend() bool {
	s.spent++
	if s.spent <= s.cfg.identifies {
		return true
	}
	s.violate("Identify number %d of the day, of which %d were left: the token is reset", s.spent, s.cfg.identifies)
	s.revoked = true
	for c := range s.conns {
		s.forget(c.session)
		c.end(closeAuthFailed, "Authentication failed.")
	}
	clear(s.sessions)
	return false
}

// sessionStarts is the session_start_limit of GET /gateway/bot. The caller holds s.mu.
func (s *Server) sessionStarts() map[string]any {
	return map[string]any{
		"total": identifiesADay, "remaining": max(0, s.cfg.identifies-s.spent),
		"reset_after": time.Until(s.began.Add(24 * time.Hour)).Milliseconds(), "max_concurrency": s.cfg.concurrency,
	}
}
