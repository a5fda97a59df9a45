package discordtest

import "time"

// restRoutes is every endpoint that is served.
func restRoutes() []route {
	message := func() payload { return new(body) }
	list := func() payload { return new(commandList) }
	return []route{
		{method: "GET", path: "/gateway", open: true, handle: (*Server).getGateway},
		{method: "GET", path: "/gateway/bot", handle: (*Server).getGatewayBot},
		{method: "GET", path: "/users/@me", handle: func(s *Server, _ *call) (any, error) { return s.bot.wire(), nil }},
		{method: "GET", path: "/applications/@me", handle: (*Server).getApplication},
		{method: "GET", path: "/oauth2/applications/@me", handle: (*Server).getApplication},
		{method: "GET", path: "/guilds/{guild}", handle: (*Server).getGuild},
		{method: "GET", path: "/channels/{channel}", handle: (*Server).getChannel},

		{method: "GET", path: "/applications/{app}/commands", handle: (*Server).listCommands},
		{method: "PUT", path: "/applications/{app}/commands", schema: "/applications/{application_id}/commands", body: list, handle: (*Server).putCommands},
		{method: "GET", path: "/applications/{app}/guilds/{guild}/commands", handle: (*Server).listCommands},
		{method: "PUT", path: "/applications/{app}/guilds/{guild}/commands", schema: "/applications/{application_id}/guilds/{guild_id}/commands", body: list, handle: (*Server).putCommands},

		{method: "POST", path: "/interactions/{id}/{token}/callback", open: true, schema: "/interactions/{interaction_id}/{interaction_token}/callback", body: func() payload { return new(callback) }, handle: (*Server).postCallback},
		{method: "GET", path: "/webhooks/{app}/{token}/messages/@original", open: true, handle: (*Server).getOriginal},
		{method: "PATCH", path: "/webhooks/{app}/{token}/messages/@original", open: true, schema: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", body: message, handle: (*Server).patchOriginal},
		{method: "POST", path: "/webhooks/{app}/{token}", open: true, schema: "/webhooks/{webhook_id}/{webhook_token}", body: message, handle: (*Server).postFollowUp},

		{method: "POST", path: "/channels/{channel}/messages", schema: "/channels/{channel_id}/messages", body: message, handle: (*Server).postMessage},
		{method: "GET", path: "/channels/{channel}/messages/{message}", handle: (*Server).getMessage},
		{method: "PATCH", path: "/channels/{channel}/messages/{message}", schema: "/channels/{channel_id}/messages/{message_id}", body: message, handle: (*Server).patchMessage},
	}
}

func (s *Server) getGateway(*call) (any, error) {
	return map[string]any{"url": s.gatewayURL()}, nil
}

func (s *Server) getGatewayBot(*call) (any, error) {
	return map[string]any{
		"url": s.gatewayURL(), "shards": s.cfg.shards,
		"session_start_limit": map[string]any{"total": 1000, "remaining": 1000 - len(s.identifies), "reset_after": 86_400_000, "max_concurrency": s.cfg.concurrency},
	}, nil
}

func (s *Server) getApplication(*call) (any, error) {
	return map[string]any{"id": s.appID, "name": s.bot.Name, "description": "", "bot_public": true, "bot_require_code_grant": false, "flags": 0, "verify_key": "", "bot": s.bot.wire()}, nil
}

func (s *Server) getGuild(c *call) (any, error) {
	for _, g := range s.guilds {
		if g.ID == c.PathValue("guild") {
			return g.wire(), nil
		}
	}
	return nil, unknown(10004, "Guild")
}

func (s *Server) getChannel(c *call) (any, error) {
	if channel := s.channels[c.PathValue("channel")]; channel != nil {
		return channel.wire(), nil
	}
	return nil, unknown(10003, "Channel")
}

func (s *Server) postMessage(c *call) (any, error) {
	channel := s.channels[c.PathValue("channel")]
	if channel == nil {
		return nil, unknown(10003, "Channel")
	}
	b := c.payload.(*body)
	if err := s.postable(b); err != nil {
		return nil, err
	}
	nonce, _ := b.Nonce.(string)
	if old := s.messages[s.nonces[channel.ID+nonce]]; old != nil && b.Enforce && nonce != "" {
		return old.wire(s), nil
	}
	m := &message{id: s.newID(), channel: channel, author: s.bot, reply: b.Reference, made: time.Now()}
	m.fill(b)
	if nonce != "" {
		s.nonces[channel.ID+nonce] = m.id
	}
	s.messages[m.id] = m
	if m.reply != nil && s.repliesTo(m.reply.MessageID) > 1 {
		s.violate("message %s got a second reply", m.reply.MessageID)
	}
	s.dispatchMessage(m)
	return m.wire(s), nil
}

// postable refuses what no new message may be.
func (s *Server) postable(b *body) error {
	if b.empty() {
		return &apiError{status: 400, code: 50006, message: "Cannot send an empty message", violation: true}
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
	m := s.messages[c.PathValue("message")]
	if m == nil || m.channel.ID != c.PathValue("channel") || m.viewer != nil {
		return nil, unknown(10008, "Message")
	}
	return m.wire(s), nil
}

func (s *Server) patchMessage(c *call) (any, error) {
	m := s.messages[c.PathValue("message")]
	if m == nil || m.channel.ID != c.PathValue("channel") || m.viewer != nil {
		return nil, unknown(10008, "Message")
	}
	if m.author != s.bot {
		return nil, &apiError{status: 403, code: 50005, message: "Cannot edit a message authored by another user", violation: true}
	}
	m.fill(c.payload.(*body))
	m.edits++
	return m.wire(s), nil
}
