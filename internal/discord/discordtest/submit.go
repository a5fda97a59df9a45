package discordtest

import (
	"fmt"
	"strings"
)

// Submit lets the member who got a modal fill it in, by label or custom id, and send
// it. What is not given keeps the value that the modal came with.
func (s *Server) Submit(shown *Reply, values map[string]string) *Reply {
	s.t.Helper()
	return s.SubmitFiles(shown, values, nil)
}

// SubmitFiles is [Server.Submit] for a modal that takes files, by custom id.
func (s *Server) SubmitFiles(shown *Reply, values map[string]string, files map[string][]Attachment) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	from := shown.call
	if from == nil || from.modal == nil {
		s.t.Fatalf("%s cannot submit: no modal was shown", shown.by.Name)
	}
	found, uploaded := make(resolved), make(map[string][]string)
	for field, some := range files {
		for _, file := range some {
			kept := s.upload(file)
			found.put("attachments", kept.ID, kept.wire())
			uploaded[field] = append(uploaded[field], kept.ID)
		}
	}
	filled, err := from.modal.fill(values, uploaded)
	if err != nil {
		s.t.Fatalf("%s cannot submit: %v", shown.by.Name, err)
	}
	data := map[string]any{"custom_id": from.modal.CustomID, "components": from.modal.submitted(filled)}
	return s.interact(&interaction{kind: kindModal, by: shown.by, channel: from.channel, message: from.message}, found.into(data))
}

// fill returns the values by custom id; of an upload they are ids.
func (m *modal) fill(values map[string]string, uploaded map[string][]string) (map[string][]string, error) {
	filled, left := make(map[string][]string), len(values)+len(uploaded)
	for c := range walk(m.Components) {
		if c.Type == componentUpload && len(uploaded[c.CustomID]) > 0 {
			filled[c.CustomID] = uploaded[c.CustomID]
			left--
		}
	}
	for _, field := range m.seen().Fields {
		value, given := values[field.CustomID]
		if !given {
			value, given = values[field.Label]
		}
		if given {
			left--
		} else {
			value = field.Value
		}
		if value != "" {
			filled[field.CustomID] = []string{value}
		}
	}
	if left > 0 {
		return nil, fmt.Errorf("a field in %v or %v does not exist", values, uploaded)
	}
	for c := range walk(m.Components) {
		if !c.interactive() {
			continue
		}
		if err := c.check(filled[c.CustomID]); err != nil {
			return nil, err
		}
	}
	return filled, nil
}

// submitted returns the modal's components as Discord sends them with what a member
// filled in, by custom id.
func (m *modal) submitted(values map[string][]string) []any {
	sent := []any{}
	for _, c := range m.Components {
		switch c.Type {
		case componentRow:
			sent = append(sent, map[string]any{"type": c.Type, "components": []any{c.Components[0].submitted(values)}})
		case componentLabel:
			sent = append(sent, map[string]any{"type": c.Type, "component": c.Component.submitted(values)})
		}
	}
	return sent
}

func (c *Component) submitted(values map[string][]string) map[string]any {
	w := map[string]any{"type": c.Type, "custom_id": c.CustomID}
	if c.Type == componentInput {
		w["value"] = strings.Join(values[c.CustomID], "")
		return w
	}
	w["values"] = append([]string{}, values[c.CustomID]...)
	return w
}

// check is what Discord's client holds against a field before it sends the modal.
func (c *Component) check(values []string) error {
	required, value := c.Required == nil || *c.Required, strings.Join(values, "")
	switch {
	case value == "" && required:
		return fmt.Errorf("the field %s is required", c.CustomID)
	case value == "":
		return nil
	case c.Type == componentUpload && len(values) > orElse(c.MaxValues, 1):
		return fmt.Errorf("the field %s does not take %d files", c.CustomID, len(values))
	case c.Type != componentInput:
		return nil
	case units(value) < orElse(c.MinLength, 0) || units(value) > orElse(c.MaxLength, 4000):
		return fmt.Errorf("the field %s does not take %d characters", c.CustomID, units(value))
	}
	return nil
}
