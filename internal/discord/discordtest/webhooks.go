package discordtest

import "slices"

// responded returns the interaction behind a token that may be used for edits
// and follow-ups.
func (s *Server) responded(c *call) (*interaction, error) {
	i := s.calls[c.PathValue("token")]
	switch {
	case i == nil || c.PathValue("app") != s.appID:
		return nil, unknown(10015, "Webhook")
	case c.arrived.Sub(i.sent) > s.cfg.life:
		return nil, &apiError{status: 401, code: 50027, message: "Invalid Webhook Token", violation: true}
	}
	return i, nil
}

// target returns the message that a request of an interaction names: the original,
// or one of those that came later, by its id.
func (s *Server) target(c *call) (*interaction, *message, error) {
	i, err := s.responded(c)
	if err != nil {
		return nil, nil, err
	}
	if i.callback == 0 {
		return nil, nil, &apiError{status: 404, code: 10015, message: "Unknown Webhook", violation: !i.unheard}
	}
	m, id := i.original, c.PathValue("message")
	if id != "" && (m == nil || m.id != id) {
		m = nil
		if at := slices.IndexFunc(i.followUps, func(m *message) bool { return m.id == id }); at >= 0 {
			m = i.followUps[at]
		}
	}
	if m == nil || s.messages[m.id] != m {
		gone := m != nil && (s.deleted[m.id] || s.lost(m.id))
		return nil, nil, &apiError{status: 404, code: 10008, message: "Unknown Message", violation: !gone}
	}
	return i, m, nil
}

func (s *Server) getResponse(c *call) (any, error) {
	_, m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return m.wire(s), nil
}

func (s *Server) patchResponse(c *call) (any, error) {
	i, m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	b := c.payload.(*body)
	if err := m.editable(b); err != nil {
		return nil, err
	}
	i.finish(c.arrived)
	s.checkPrivacy(m, b)
	if m == i.original {
		return s.edit(i, b), nil
	}
	return s.change(m, b), nil
}

func (s *Server) deleteResponse(c *call) (any, error) {
	i, m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	s.drop(m)
	i.settled = i.settled && m != i.original
	return nil, nil
}

// postFollowUp adds a message, or fills the deferred original, which is what the
// first follow-up does. Its visibility is then that of the deferral.
func (s *Server) postFollowUp(c *call) (any, error) {
	i, err := s.responded(c)
	switch {
	case err != nil:
		return nil, err
	case i.callback == 0 || i.kind == kindTyping:
		return nil, unknown(10015, "Webhook")
	}
	b := c.payload.(*body)
	if b.empty() {
		return nil, errEmpty()
	}
	i.finish(c.arrived)
	if i.original != nil && i.original.loading && s.messages[i.original.id] != nil {
		s.checkPrivacy(i.original, b)
		return s.edit(i, b), nil
	}
	m := s.interactionMessage(i, b)
	i.followUps = append(i.followUps, m)
	s.dispatchMessage(m)
	return m.wire(s), nil
}

// checkPrivacy records a body that would be private for a message that is public: who
// sees a reply is fixed by its first callback, and Discord says nothing about it.
func (s *Server) checkPrivacy(m *message, b *body) {
	if b.Flags != nil && *b.Flags&flagEphemeral != 0 && m.viewer == nil {
		s.violate("a private answer was put into message %s, which everybody sees", m.id)
	}
}

// change edits a message and says so.
func (s *Server) change(m *message, b *body) map[string]any {
	s.store(b)
	m.fill(b)
	m.touched()
	s.tell("MESSAGE_UPDATE", m)
	return m.wire(s)
}

// editable refuses edits that leave nothing, and content beside components v2, which
// a message has for good.
func (m *message) editable(b *body) error {
	after := *m
	after.components = nil
	after.fill(&body{Content: b.Content, Embeds: b.Embeds, Flags: b.Flags})
	v2 := after.flags&flagComponentsV2 != 0
	if v2 && (b.Content != nil && *b.Content != "" || len(b.Embeds) > 0) {
		return invalidForm("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	components := m.components
	if b.Components != nil {
		components = b.Components
		problems := fieldErrors{}
		if componentLimits("", components, v2, problems); len(problems) > 0 {
			return &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: problems, violation: true}
		}
	}
	if after.content == "" && len(after.embeds) == 0 && len(components) == 0 && len(m.files)+len(b.Attachments)+len(b.files) == 0 {
		return errEmpty()
	}
	return nil
}

func errEmpty() error {
	return &apiError{status: 400, code: 50006, message: "Cannot send an empty message", violation: true}
}

// invalidForm is the error of a body that a rule beyond its own fields forbids.
func invalidForm(path, code, message string) error {
	return &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: fieldErrors{path: {code, message}}, violation: true}
}
