package render

import "encoding/json"

// Row is one row of components: up to five buttons, or one menu.
type Row struct {
	Buttons []Button
	Menu    *Menu
}

// Style is how a button looks.
// Source: https://discord.com/developers/docs/components/reference#button-button-styles
type Style int

// The styles of buttons.
const (
	Primary   Style = 1
	Secondary Style = 2
	Success   Style = 3
	Danger    Style = 4
)

// Button is a button with a custom id. The zero Style is Secondary.
type Button struct {
	Label    string
	ID       string // custom id, 1 to 100 characters, unique in its message
	Style    Style
	Disabled bool
}

// Menu is a menu of which one entry is chosen.
type Menu struct {
	ID      string // custom id
	Hint    string // shown while nothing is chosen
	Entries []Entry
}

// Entry is an entry of a menu.
type Entry struct {
	Label  string `json:"label"`
	Value  string `json:"value"`
	Detail string `json:"description,omitempty"`
	Chosen bool   `json:"default,omitempty"`
}

// Component types of Discord.
// Source: https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	typeRow    = 1
	typeButton = 2
	typeMenu   = 3
)

type wireRow struct {
	Type       int   `json:"type"`
	Components []any `json:"components"`
}

type wireButton struct {
	Type     int    `json:"type"`
	Style    Style  `json:"style"`
	Label    string `json:"label"`
	ID       string `json:"custom_id"`
	Disabled bool   `json:"disabled,omitempty"`
}

type wireMenu struct {
	Type    int     `json:"type"`
	ID      string  `json:"custom_id"`
	Hint    string  `json:"placeholder,omitempty"`
	Entries []Entry `json:"options"`
}

// MarshalJSON renders Discord's action row.
func (r Row) MarshalJSON() ([]byte, error) {
	row := wireRow{Type: typeRow}
	if r.Menu != nil {
		row.Components = append(row.Components, wireMenu{typeMenu, r.Menu.ID, r.Menu.Hint, r.Menu.Entries})
	}
	for _, b := range r.Buttons {
		if b.Style == 0 {
			b.Style = Secondary
		}
		row.Components = append(row.Components, wireButton{typeButton, b.Style, b.Label, b.ID, b.Disabled})
	}
	return json.Marshal(row)
}
