package discordtest

import "time"

// Callback types.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
const (
	callbackMessage  = 4
	callbackDeferred = 5
)

// tokenLife is how long an interaction's token can be used.
const tokenLife = 15 * time.Minute

// interaction is one use of a command and the state of its reply.
type interaction struct {
	id, token string
	by        *Member
	channel   *Channel
	sent      time.Time
	event     map[string]any // INTERACTION_CREATE
	callback  int            // type of the first callback, 0 before it
	answered  time.Time      // when the first callback came
	original  *message
	followUps []*message
	late      bool
}

// callback is the body of an interaction callback.
type callback struct {
	Type int   `json:"type"`
	Data *body `json:"data"`
}

func (c *callback) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	var violations []string
	if c.Type != callbackMessage && c.Type != callbackDeferred {
		problems.add("type", "BASE_TYPE_CHOICES", "Value must be one of {4, 5}.")
	}
	if c.Data == nil {
		return problems, nil
	}
	c.Data.limits("data.", problems)
	if c.Data.Flags != nil && *c.Data.Flags&^(flagSuppressEmbeds|flagEphemeral|flagSuppressNotifications) != 0 {
		problems.add("data.flags", "BASE_TYPE_CHOICES", "Flags that a callback cannot set: %d", *c.Data.Flags)
	}
	if c.Type == callbackMessage {
		violations = c.Data.pings()
	}
	return problems, violations
}

func (s *Server) postCallback(c *call) (any, error) {
	i := s.calls[c.PathValue("token")]
	if i == nil || i.id != c.PathValue("id") {
		return nil, unknown(10062, "interaction")
	}
	if i.callback != 0 {
		return nil, &apiError{status: 400, code: 40060, message: "Interaction has already been acknowledged.", violation: true}
	}
	if c.arrived.Sub(i.sent) > s.cfg.window {
		i.late = true
		return nil, unknown(10062, "interaction")
	}
	cb := c.payload.(*callback)
	if cb.Type == callbackMessage && (cb.Data == nil || cb.Data.empty()) {
		return nil, &apiError{status: 400, code: 50006, message: "Cannot send an empty message", violation: true}
	}
	i.callback, i.answered = cb.Type, c.arrived
	i.original = s.interactionMessage(i, cb.Data)
	i.original.loading = cb.Type == callbackDeferred
	if cb.Type == callbackMessage {
		s.publish(i.original)
	}
	if c.URL.Query().Get("with_response") == "true" {
		return i.response(s), nil
	}
	return nil, nil
}

// response is what a callback returns when it is asked for.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object
func (i *interaction) response(s *Server) map[string]any {
	return map[string]any{
		"interaction": map[string]any{
			"id": i.id, "type": 2, "response_message_id": i.original.id,
			"response_message_loading": i.original.loading, "response_message_ephemeral": i.original.viewer != nil,
		},
		"resource": map[string]any{"type": i.callback, "message": i.original.wire(s)},
	}
}

// interactionMessage makes a message in reply to an interaction.
func (s *Server) interactionMessage(i *interaction, b *body) *message {
	m := &message{id: s.newID(), channel: i.channel, author: s.bot, made: time.Now()}
	if b != nil {
		m.fill(b)
		if b.Flags != nil && *b.Flags&flagEphemeral != 0 {
			m.flags, m.viewer = flagEphemeral, i.by
		}
	}
	s.messages[m.id] = m
	return m
}

// publish tells the gateway of a message, unless only one member sees it.
func (s *Server) publish(m *message) {
	if m.viewer == nil {
		s.dispatchMessage(m)
	}
}

// responded returns the interaction behind a token that may be used for edits
// and follow-ups.
func (s *Server) responded(c *call) (*interaction, error) {
	i := s.calls[c.PathValue("token")]
	switch {
	case i == nil || c.PathValue("app") != s.appID:
		return nil, unknown(10015, "Webhook")
	case c.arrived.Sub(i.sent) > tokenLife:
		return nil, &apiError{status: 401, code: 50027, message: "Invalid Webhook Token", violation: true}
	case i.original == nil:
		return nil, unknown(10008, "Message")
	}
	return i, nil
}

func (s *Server) getOriginal(c *call) (any, error) {
	i, err := s.responded(c)
	if err != nil {
		return nil, err
	}
	return i.original.wire(s), nil
}

func (s *Server) patchOriginal(c *call) (any, error) {
	i, err := s.responded(c)
	if err != nil {
		return nil, err
	}
	return s.edit(i, c.payload.(*body)), nil
}

// edit fills the original. What was deferred becomes a message by it.
func (s *Server) edit(i *interaction, b *body) map[string]any {
	m := i.original
	m.fill(b)
	if m.loading {
		m.loading = false
		s.publish(m)
	} else {
		m.edits++
	}
	return m.wire(s)
}

// postFollowUp adds a message, or fills the deferred original, which is what the
// first follow-up does. Its visibility is then that of the deferral.
func (s *Server) postFollowUp(c *call) (any, error) {
	i, err := s.responded(c)
	if err != nil {
		return nil, err
	}
	b := c.payload.(*body)
	if b.empty() {
		return nil, &apiError{status: 400, code: 50006, message: "Cannot send an empty message", violation: true}
	}
	if i.original.loading {
		return s.edit(i, b), nil
	}
	m := s.interactionMessage(i, b)
	i.followUps = append(i.followUps, m)
	s.publish(m)
	return m.wire(s), nil
}
