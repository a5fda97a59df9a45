package api

// Modal is a form.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
type Modal struct {
	ID     string // custom id, 1 to 100 characters
	Title  string // 1 to 45 characters
	Inputs []Input
}

// Input is a field of a form, at most five in one.
// Source: https://discord.com/developers/docs/components/reference#text-input
type Input struct {
	ID       string // custom id, unique in its form
	Label    string // 1 to 45 characters, above the field
	Hint     string // shown while the field is empty, at most 100 characters
	Value    string // what is in it already
	Long     bool   // more than one line
	Required bool
	Min, Max int // characters, 0 for Discord's own bounds (0 and 4000)
}

// Component types and the styles of text inputs.
// Source: https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	typeInput  = 4
	typeLabel  = 18
	styleShort = 1
	styleLong  = 2
)

type wireModal struct {
	ID         string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []wireLabel `json:"components"`
}

type wireLabel struct {
	Type      int       `json:"type"`
	Label     string    `json:"label"`
	Component wireInput `json:"component"`
}

type wireInput struct {
	Type     int    `json:"type"`
	ID       string `json:"custom_id"`
	Style    int    `json:"style"`
	Required bool   `json:"required"` // true when it is absent
	Hint     string `json:"placeholder,omitempty"`
	Value    string `json:"value,omitempty"`
	Min      int    `json:"min_length,omitempty"`
	Max      int    `json:"max_length,omitempty"`
}

func (m Modal) wire() wireModal {
	w := wireModal{ID: m.ID, Title: m.Title, Components: []wireLabel{}}
	for _, in := range m.Inputs {
		style := styleShort
		if in.Long {
			style = styleLong
		}
		w.Components = append(w.Components, wireLabel{typeLabel, in.Label, wireInput{
			Type: typeInput, ID: in.ID, Style: style, Required: in.Required, Hint: in.Hint, Value: in.Value, Min: in.Min, Max: in.Max,
		}})
	}
	return w
}
