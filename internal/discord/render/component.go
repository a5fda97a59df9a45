package render

import (
	"cmp"
	"encoding/json"
)

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

// Menu is a menu: of entries of our own, or of what the guild has. Of one whose Most is
// 0 one entry is chosen.
type Menu struct {
	Kind     MenuKind // of our own entries when zero
	ID       string   // custom id
	Hint     string   // shown while nothing is chosen
	Entries  []Entry  // of our own
	Least    int      // how many are chosen at least, when Most is set
	Most     int      // and at most, up to 25
	Chosen   []string // ids that are chosen already, of what the guild has
	Channels []int    // the types of channels that are offered; all when empty
}

// MenuKind is what a menu offers.
// Source: https://discord.com/developers/docs/components/reference#component-object-component-types
type MenuKind int

// The kinds of menu.
const (
	MenuOwn      MenuKind = 3
	MenuUsers    MenuKind = 5
	MenuRoles    MenuKind = 6
	MenuChannels MenuKind = 8
)

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
	Type     MenuKind `json:"type"`
	ID       string   `json:"custom_id"`
	Hint     string   `json:"placeholder,omitempty"`
	Entries  []Entry  `json:"options,omitempty"`
	Least    *int     `json:"min_values,omitempty"`
	Most     int      `json:"max_values,omitempty"`
	Chosen   []chosen `json:"default_values,omitempty"`
	Channels []int    `json:"channel_types,omitempty"`
}

// chosen is something of the guild's that is chosen already.
type chosen struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

func (m Menu) wire() wireMenu {
	w := wireMenu{Type: cmp.Or(m.Kind, MenuOwn), ID: m.ID, Hint: m.Hint, Entries: m.Entries, Most: m.Most, Channels: m.Channels}
	if m.Most > 0 {
		w.Least = &m.Least
	}
	for _, id := range m.Chosen {
		w.Chosen = append(w.Chosen, chosen{id, map[MenuKind]string{MenuUsers: "user", MenuRoles: "role", MenuChannels: "channel"}[w.Type]})
	}
	return w
}

// MarshalJSON renders Discord's action row.
func (r Row) MarshalJSON() ([]byte, error) {
	row := wireRow{Type: typeRow}
	if r.Menu != nil {
		row.Components = append(row.Components, r.Menu.wire())
	}
	for _, b := range r.Buttons {
		if b.Style == 0 {
			b.Style = Secondary
		}
		row.Components = append(row.Components, wireButton{typeButton, b.Style, b.Label, b.ID, b.Disabled})
	}
	return json.Marshal(row)
}
