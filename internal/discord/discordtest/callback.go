package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Callback types.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
const (
	callbackMessage        = 4
	callbackDeferred       = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackChoices        = 8
	callbackModal          = 9
)

// callback is the body of an interaction callback. What its data is depends on its
// type.
type callback struct {
	Type    int
	Data    *body    // of a message, a promise of one, or an update
	Choices []Choice // of an autocomplete result
	Modal   *modal
}

// Choice is a completion that a bot offers, or a fixed choice of an option.
type Choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value any               `json:"value"`
}

// UnmarshalJSON reads the data by the type, and fails on unknown fields.
func (c *callback) UnmarshalJSON(raw []byte) error {
	var outer struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := strictly(raw, &outer); err != nil {
		return err
	}
	c.Type = outer.Type
	if len(outer.Data) == 0 || string(outer.Data) == "null" {
		return nil
	}
	switch c.Type {
	case callbackChoices:
		var data struct {
			Choices []Choice `json:"choices"`
		}
		err := strictly(outer.Data, &data)
		c.Choices = data.Choices
		return err
	case callbackModal:
		c.Modal = new(modal)
		return strictly(outer.Data, c.Modal)
	}
	c.Data = &body{patch: c.Type == callbackUpdate}
	return strictly(outer.Data, c.Data)
}

// take gives the message of a callback the files that came beside it.
func (c *callback) take(files map[string]*Attachment) {
	if c.Data != nil {
		c.Data.take(files)
	}
}

func strictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func (c *callback) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	switch {
	case c.Type == callbackChoices:
		choiceLimits("data.choices", c.Choices, problems)
	case c.Type == callbackModal && c.Modal == nil:
		problems.add("data", "BASE_TYPE_REQUIRED", "This field is required")
	case c.Type == callbackModal:
		c.Modal.limits(problems)
	case c.Data == nil:
	case c.Type == callbackDeferred || c.Type == callbackDeferredUpdate:
		c.flagLimits(problems)
	default:
		c.Data.limits("data.", problems)
		c.flagLimits(problems)
		return problems, c.Data.loud()
	}
	return problems, nil
}

func (c *callback) flagLimits(problems fieldErrors) {
	if c.Data.Flags != nil && *c.Data.Flags&^(flagSuppressEmbeds|flagEphemeral|flagSuppressNotifications|flagComponentsV2) != 0 {
		problems.add("data.flags", "BASE_TYPE_CHOICES", "Flags that a callback cannot set: %d", *c.Data.Flags)
	}
}

func choiceLimits(at string, choices []Choice, problems fieldErrors) {
	if len(choices) > 25 {
		problems.add(at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	for i, c := range choices {
		filled(problems, fmt.Sprintf("%s.%d.name", at, i), c.Name, 100)
		if value, ok := c.Value.(string); ok {
			filled(problems, fmt.Sprintf("%s.%d.value", at, i), value, 100)
		}
	}
}

// allows returns the callback types that the interaction takes: choices for what is
// typed and nothing else; no modal from a modal; an update only where there is a
// message to update.
func (i *interaction) allows() []int {
	types := []int{callbackMessage, callbackDeferred}
	if i.kind == kindTyping {
		return []int{callbackChoices}
	}
	if i.message != nil {
		types = append(types, callbackDeferredUpdate, callbackUpdate)
	}
	if i.kind != kindModal {
		types = append(types, callbackModal)
	}
	return types
}

func (s *Server) postCallback(c *call) (any, error) {
	i := s.calls[c.PathValue("token")]
	if i == nil || i.id != c.PathValue("id") {
		return nil, unknown(10062, "interaction")
	}
	if i.callback != 0 {
		knew := !i.unheard
		i.unheard = false
		return nil, &apiError{status: 400, code: 40060, message: "Interaction has already been acknowledged.", violation: knew}
	}
	if c.arrived.Sub(i.sent) > s.cfg.window {
		i.late = true
		// After a repetition it may have been too late when the bot heard of it.
		return nil, &apiError{status: 404, code: 10062, message: "Unknown interaction", violation: !i.repeated}
	}
	cb := c.payload.(*callback)
	if allowed := i.allows(); !slices.Contains(allowed, cb.Type) {
		list := strings.Trim(strings.ReplaceAll(fmt.Sprint(allowed), " ", ", "), "[]")
		return nil, invalidForm("type", "BASE_TYPE_CHOICES", "Value must be one of {"+list+"}.")
	}
	if cb.Type == callbackMessage && (cb.Data == nil || cb.Data.empty()) {
		return nil, errEmpty()
	}
	if cb.Type == callbackUpdate && cb.Data != nil {
		if err := i.message.editable(cb.Data); err != nil {
			return nil, err
		}
	}
	i.callback, i.answered, i.unheard = cb.Type, c.arrived, false
	if cb.Type != callbackDeferred && cb.Type != callbackDeferredUpdate {
		i.finish(c.arrived)
	}
	s.apply(i, cb)
	if c.URL.Query().Get("with_response") == "true" {
		return i.response(s), nil
	}
	return nil, nil
}

// apply does what a callback says.
func (s *Server) apply(i *interaction, cb *callback) {
	switch cb.Type {
	case callbackMessage:
		i.original, i.settled = s.interactionMessage(i, cb.Data), true
		s.dispatchMessage(i.original)
	case callbackDeferred:
		i.original = s.interactionMessage(i, cb.Data)
		i.original.loading = true
	case callbackDeferredUpdate:
		i.original = i.message
	case callbackUpdate:
		i.original = i.message
		s.edit(i, cb.Data)
	case callbackChoices:
		i.choices = cb.Choices
	case callbackModal:
		i.modal = cb.Modal
	}
}

// response is what a callback returns when it is asked for.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object
func (i *interaction) response(s *Server) map[string]any {
	about := map[string]any{"id": i.id, "type": i.kind}
	resource := map[string]any{"type": i.callback}
	if i.original != nil {
		about["response_message_id"], about["response_message_loading"] = i.original.id, i.original.loading
		about["response_message_ephemeral"] = i.original.viewer != nil
		resource["message"] = i.original.wire(s)
	}
	return map[string]any{"interaction": about, "resource": resource}
}
