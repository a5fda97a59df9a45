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
