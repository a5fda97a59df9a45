package discordtest

import "fmt"

// modal is a form that a bot shows.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
type modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// maxModal is how many components a modal has at the top.
const maxModal = 5

func (m *modal) limits(problems fieldErrors) {
	filled(problems, "data.custom_id", m.CustomID, 100)
	filled(problems, "data.title", m.Title, 45)
	if n := len(m.Components); n < 1 || n > maxModal {
		problems.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	for i := range m.Components {
		m.Components[i].modalLimits(fmt.Sprintf("data.components.%d.", i), problems)
	}
	wholeLimits("data.components", m.Components, problems)
}

// modalLimits: a modal has labels with one field each, text, and rows with one text
// input, which is the older form of a label.
func (c *Component) modalLimits(at string, problems fieldErrors) {
	switch c.Type {
	case componentRow:
		c.each(at, []int{componentInput}, 1, problems)
		for i := range c.Components {
			filled(problems, fmt.Sprintf("%scomponents.%d.label", at, i), c.Components[i].Label, 45)
		}
	case componentText:
		filled(problems, at+"content", c.Content, 4000)
	case componentLabel:
		filled(problems, at+"label", c.Label, 45)
		atMost(problems, at+"description", c.Description, 100)
		if c.Component == nil {
			problems.add(at+"component", "BASE_TYPE_REQUIRED", "This field is required")
			return
		}
		c.Component.limits(at+"component.", []int{componentSelect, componentInput, componentUserSelect, 6, 7, componentLastSelect, componentUpload}, problems)
	default:
		problems.add(at+"type", "BASE_TYPE_CHOICES", "Value must be one of {1, 10, 18}.")
	}
}

// Modal is a form as the member sees it.
type Modal struct {
	Title    string
	CustomID string
	Fields   []ModalField
	Texts    []string
}

// ModalField is what a member can fill in.
type ModalField struct {
	Label, CustomID, Value string
	Placeholder            string
	Required               bool
	Paragraph              bool
	Options                []SelectOption // of a select menu
}

func (m *modal) seen() Modal {
	v := Modal{Title: m.Title, CustomID: m.CustomID}
	label := ""
	for c := range walk(m.Components) {
		switch {
		case c.Type == componentLabel:
			label = c.Label
		case c.Type == componentText:
			v.Texts = append(v.Texts, c.Content)
		case c.interactive():
			v.Fields = append(v.Fields, ModalField{
				Label: c.Label + label, CustomID: c.CustomID, Value: c.Value, Placeholder: c.Placeholder,
				Required: c.Required == nil || *c.Required, Paragraph: c.Style == 2, Options: c.Options,
			})
			label = ""
		}
	}
	return v
}

// submitted returns the modal's components as Discord sends them with what a member
// filled in, by custom id.
func (m *modal) submitted(values map[string]string) []any {
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

func (c *Component) submitted(values map[string]string) map[string]any {
	w := map[string]any{"type": c.Type, "custom_id": c.CustomID}
	value, given := values[c.CustomID]
	switch {
	case c.Type == componentInput:
		w["value"] = value
	case given && value != "":
		w["values"] = []string{value}
	default:
		w["values"] = []string{}
	}
	return w
}

// check is what Discord's client holds against a field before it sends the modal.
func (c *Component) check(value string) error {
	required := c.Required == nil || *c.Required
	switch {
	case value == "" && required:
		return fmt.Errorf("the field %s is required", c.CustomID)
	case value == "" || c.Type != componentInput:
		return nil
	case units(value) < orElse(c.MinLength, 0) || units(value) > orElse(c.MaxLength, 4000):
		return fmt.Errorf("the field %s does not take %d characters", c.CustomID, units(value))
	}
	return nil
}
