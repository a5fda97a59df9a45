package discordtest

import (
	"fmt"
	"time"
)

// NonceLife sets how long a nonce is remembered. Discord says "the past few minutes".
func NonceLife(d time.Duration) Option { return func(c *config) { c.nonce = d } }

// repeated returns the message that was sent with the same nonce, when the body wants
// no second one. The caller holds s.mu.
// Source: https://discord.com/developers/docs/resources/message#create-message-jsonform-params
func (s *Server) repeated(in *Channel, b *body) *message {
	if b.Nonce == nil || !b.Enforce {
		return nil
	}
	old := s.messages[s.nonces[nonceKey(in, b.Nonce)]]
	if old == nil || time.Since(old.made) > s.cfg.nonce {
		return nil
	}
	return old
}

// remember keeps the nonce of a new message. The caller holds s.mu.
func (s *Server) remember(m *message) {
	if m.nonce != nil {
		s.nonces[nonceKey(m.channel, m.nonce)] = m.id
	}
}

func nonceKey(in *Channel, nonce any) string { return in.ID + " " + fmt.Sprint(nonce) }

// takes is the error where a channel takes no messages of the bot's.
func (c *Channel) takes() error {
	switch {
	case c.with != nil && c.with.closed:
		return &apiError{status: 403, code: 50007, message: "Cannot send messages to this user"}
	case c.forum:
		return &apiError{status: 400, code: 50008, message: "Cannot send messages in a non-text channel", violation: true}
	case c.locked:
		return &apiError{status: 400, code: 50083, message: "Thread is archived"}
	}
	return nil
}
