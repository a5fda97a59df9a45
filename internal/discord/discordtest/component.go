package discordtest

import (
	"encoding/json"
	"iter"
)

// Component types.
// Source: https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	componentRow         = 1
	componentButton      = 2
	componentSelect      = 3
	componentInput       = 4
	componentUserSelect  = 5
	componentLastSelect  = 8
	componentSection     = 9
	componentText        = 10
	componentThumbnail   = 11
	componentGallery     = 12
	componentFile        = 13
	componentSeparator   = 14
	componentContainer   = 17
	componentLabel       = 18
	componentUpload      = 19
	buttonLink           = 5
	buttonPremium        = 6
	maxComponents        = 40
	maxClassicComponents = 5
)

// Component is a part of a message or of a modal, as it was sent. Fields that are
// not looked into are kept raw.
type Component struct {
	Type        int             `json:"type"`
	Number      int             `json:"id,omitempty"`
	CustomID    string          `json:"custom_id,omitempty"`
	Style       int             `json:"style,omitempty"`
	Label       string          `json:"label,omitempty"`
	Description string          `json:"description,omitempty"`
	Emoji       json.RawMessage `json:"emoji,omitempty"`
	URL         string          `json:"url,omitempty"`
	SKU         string          `json:"sku_id,omitempty"`
	Disabled    bool            `json:"disabled,omitempty"`
	Options     []SelectOption  `json:"options,omitempty"`
	Placeholder string          `json:"placeholder,omitempty"`
	MinValues   *int            `json:"min_values,omitempty"`
	MaxValues   *int            `json:"max_values,omitempty"`
	Defaults    json.RawMessage `json:"default_values,omitempty"`
	Channels    []int           `json:"channel_types,omitempty"`
	MinLength   *int            `json:"min_length,omitempty"`
	MaxLength   *int            `json:"max_length,omitempty"`
	Required    *bool           `json:"required,omitempty"`
	Value       string          `json:"value,omitempty"`
	Content     string          `json:"content,omitempty"`
	Spoiler     bool            `json:"spoiler,omitempty"`
	Divider     *bool           `json:"divider,omitempty"`
	Spacing     int             `json:"spacing,omitempty"`
	Accent      *int            `json:"accent_color,omitempty"`
	Media       json.RawMessage `json:"media,omitempty"`
	File        json.RawMessage `json:"file,omitempty"`
	Items       json.RawMessage `json:"items,omitempty"`
	Accessory   *Component      `json:"accessory,omitempty"`
	Component   *Component      `json:"component,omitempty"`
	Components  []Component     `json:"components,omitempty"`
}

// SelectOption is a choice of a select menu.
type SelectOption struct {
	Label       string          `json:"label"`
	Value       string          `json:"value"`
	Description string          `json:"description,omitempty"`
	Emoji       json.RawMessage `json:"emoji,omitempty"`
	Default     bool            `json:"default,omitempty"`
}

func (c *Component) isSelect() bool {
	return c.Type == componentSelect || c.Type >= componentUserSelect && c.Type <= componentLastSelect
}

// interactive reports whether a member can use the component and the bot hears of it.
func (c *Component) interactive() bool {
	return c.isSelect() || c.Type == componentInput || c.Type == componentUpload ||
		c.Type == componentButton && c.Style != buttonLink && c.Style != buttonPremium
}

// walk goes through components and those within them, from top to bottom.
func walk(components []Component) iter.Seq[*Component] {
	return func(yield func(*Component) bool) { visit(components, yield) }
}

func visit(components []Component, yield func(*Component) bool) bool {
	for i := range components {
		c := &components[i]
		if !yield(c) || !visit(c.Components, yield) || !visitOne(c.Accessory, yield) || !visitOne(c.Component, yield) {
			return false
		}
	}
	return true
}

func visitOne(c *Component, yield func(*Component) bool) bool {
	return c == nil || yield(c) && visit(c.Components, yield)
}

// numbered gives every component without an id the next free one, as Discord does.
func numbered(components []Component) []Component {
	taken := make(map[int]bool)
	for c := range walk(components) {
		taken[c.Number] = true
	}
	next := 1
	for c := range walk(components) {
		if c.Number != 0 {
			continue
		}
		for taken[next] {
			next++
		}
		c.Number, taken[next] = next, true
	}
	return components
}
