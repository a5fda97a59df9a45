package discordtest

import "time"

// channel returns the channel that a request names. The caller holds s.mu.
func (s *Server) channel(c *call) (*Channel, error) {
	channel := s.channels[c.PathValue("channel")]
	if channel == nil {
		return nil, &apiError{status: 404, code: 10003, message: "Unknown Channel", violation: !s.gone[c.PathValue("channel")]}
	}
	return channel, channel.access()
}

func (s *Server) postTyping(c *call) (any, error) {
	_, err := s.channel(c)
	return nil, err
}

func (s *Server) postMessage(c *call) (any, error) {
	channel, err := s.channel(c)
	if err != nil {
		return nil, err
	}
	b := c.payload.(*body)
	if err := channel.takes(); err != nil {
		return nil, err
	}
	if err := s.postable(b); err != nil {
		return nil, err
	}
	if old := s.repeated(channel, b); old != nil {
		return old.wire(s), nil
	}
	m := &message{id: s.newID(), channel: channel, author: s.bot, reply: b.Reference, nonce: b.Nonce, made: time.Now()}
	s.store(b)
	m.fill(b)
	m.pings = b.pinged(s, s.repliedTo(m))
	s.remember(m)
	channel.reopen()
	s.keep(m)
	if m.reply != nil && s.repliesTo(m.reply.MessageID) > 1 {
		s.violate("message %s got a second reply", m.reply.MessageID)
	}
	s.dispatchMessage(m)
	return m.wire(s), nil
}

// postable refuses what no new message may be.
func (s *Server) postable(b *body) error {
	if b.empty() {
		return errEmpty()
	}
	if b.Flags != nil && *b.Flags&flagEphemeral != 0 {
		return &apiError{status: 400, code: 50035, message: "An ordinary message cannot be ephemeral", violation: true}
	}
	if b.Reference == nil || s.messages[b.Reference.MessageID] != nil {
		return nil
	}
	if b.Reference.MustExist == nil || *b.Reference.MustExist {
		return &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: fieldErrors{"message_reference": {"REPLIES_UNKNOWN_MESSAGE", "Unknown message"}}}
	}
	b.Reference = nil
	return nil
}

func (s *Server) getMessage(c *call) (any, error) {
	m, err := s.message(c)
	if err != nil {
		return nil, err
	}
	return m.wireFor(s, s.privileged()), nil
}

// privileged is what of messages REST shows: as much as the application may know.
func (s *Server) privileged() int { return s.cfg.privileged }

func (s *Server) patchMessage(c *call) (any, error) {
	m, err := s.message(c)
	if err != nil {
		return nil, err
	}
	if m.author != s.bot {
		return nil, &apiError{status: 403, code: 50005, message: "Cannot edit a message authored by another user", violation: true}
	}
	b := c.payload.(*body)
	if err := m.editable(b); err != nil {
		return nil, err
	}
	return s.change(m, b), nil
}

// deleteMessage deletes one of the bot's own messages, which needs no permission.
func (s *Server) deleteMessage(c *call) (any, error) {
	m, err := s.message(c)
	if err != nil {
		return nil, err
	}
	if m.author != s.bot {
		return nil, &apiError{status: 403, code: 50013, message: "Missing Permissions", violation: true}
	}
	s.drop(m)
	return nil, nil
}
