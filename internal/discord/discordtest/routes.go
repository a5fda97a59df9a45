package discordtest

import "slices"

// restRoutes is every endpoint that is served.
func restRoutes() []route {
	return slices.Concat(generalRoutes(), commandRoutes(), interactionRoutes(), messageRoutes(), threadRoutes())
}

func aMessage() payload { return new(body) }
func anEdit() payload   { return &body{patch: true} }

func generalRoutes() []route {
	return []route{
		{method: "GET", path: "/gateway", open: true, handle: (*Server).getGateway},
		{method: "GET", path: "/gateway/bot", handle: (*Server).getGatewayBot},
		{method: "GET", path: "/users/@me", handle: func(s *Server, _ *call) (any, error) { return s.bot.wire(), nil }},
		{method: "POST", path: "/users/@me/channels", schema: "/users/@me/channels", body: func() payload { return new(recipient) }, handle: (*Server).postDM},
		{method: "GET", path: "/applications/@me", handle: (*Server).getApplication},
		{method: "GET", path: "/oauth2/applications/@me", handle: (*Server).getApplication},
		{method: "GET", path: "/guilds/{guild}", handle: (*Server).getGuild},
		{method: "GET", path: "/channels/{channel}", handle: (*Server).getChannel},
	}
}

func commandRoutes() []route {
	const scope, schema = "/applications/{app}", "/applications/{application_id}"
	const guild, guildSchema = scope + "/guilds/{guild}", schema + "/guilds/{guild_id}"
	list, one, edit := func() payload { return new(commandList) }, func() payload { return new(Command) }, func() payload { return new(commandEdit) }
	var routes []route
	for _, at := range []struct{ path, schema string }{{scope, schema}, {guild, guildSchema}} {
		all, allSchema := at.path+"/commands", at.schema+"/commands"
		routes = append(routes,
			route{method: "GET", path: all, handle: (*Server).listCommands},
			route{method: "PUT", path: all, schema: allSchema, body: list, handle: (*Server).putCommands},
			route{method: "POST", path: all, schema: allSchema, body: one, handle: (*Server).postCommand},
			route{method: "PATCH", path: all + "/{command}", schema: allSchema + "/{command_id}", body: edit, handle: (*Server).patchCommand},
			route{method: "DELETE", path: all + "/{command}", handle: (*Server).deleteCommand},
		)
	}
	return routes
}

func interactionRoutes() []route {
	const hook, schema = "/webhooks/{app}/{token}", "/webhooks/{webhook_id}/{webhook_token}"
	routes := []route{
		{method: "POST", path: "/interactions/{id}/{token}/callback", open: true, schema: "/interactions/{interaction_id}/{interaction_token}/callback", body: func() payload { return new(callback) }, handle: (*Server).postCallback},
		{method: "POST", path: hook, open: true, schema: schema, body: aMessage, handle: (*Server).postFollowUp},
	}
	for _, at := range []struct{ path, schema string }{{"/messages/@original", "/messages/@original"}, {"/messages/{message}", "/messages/{message_id}"}} {
		routes = append(routes,
			route{method: "GET", path: hook + at.path, open: true, handle: (*Server).getResponse},
			route{method: "PATCH", path: hook + at.path, open: true, schema: schema + at.schema, body: anEdit, handle: (*Server).patchResponse},
			route{method: "DELETE", path: hook + at.path, open: true, handle: (*Server).deleteResponse},
		)
	}
	return routes
}

func messageRoutes() []route {
	const all, schema = "/channels/{channel}/messages", "/channels/{channel_id}/messages"
	return []route{
		{method: "POST", path: "/channels/{channel}/typing", handle: (*Server).postTyping},
		{method: "POST", path: all, schema: schema, body: aMessage, handle: (*Server).postMessage},
		{method: "GET", path: all + "/{message}", handle: (*Server).getMessage},
		{method: "PATCH", path: all + "/{message}", schema: schema + "/{message_id}", body: anEdit, handle: (*Server).patchMessage},
		{method: "DELETE", path: all + "/{message}", handle: (*Server).deleteMessage},
	}
}

func (s *Server) getGateway(*call) (any, error) {
	return map[string]any{"url": s.gatewayURL()}, nil
}

func (s *Server) getGatewayBot(*call) (any, error) {
	return map[string]any{
		"url": s.gatewayURL(), "shards": s.cfg.shards,
		"session_start_limit": s.sessionStarts(),
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
	channel, err := s.channel(c)
	if err != nil {
		return nil, err
	}
	return channel.wire(), nil
}

// recipient is the body of a request for a direct message channel.
type recipient struct {
	ID string `json:"recipient_id"`
}

func (r *recipient) validate() (fieldErrors, []string) { return nil, nil }

func (s *Server) postDM(c *call) (any, error) {
	m := s.members[c.payload.(*recipient).ID]
	if m == nil || m.bot {
		return nil, &apiError{status: 400, code: 50033, message: "Invalid Recipient(s)", violation: true}
	}
	return s.dm(m).wire(), nil
}
