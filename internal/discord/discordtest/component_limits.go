package discordtest

import (
	"fmt"
	"slices"
)

// componentLimits holds the components of a message against Discord's limits.
// Source: https://discord.com/developers/docs/components/reference
func componentLimits(at string, components []Component, v2 bool, problems fieldErrors) {
	at += "components"
	if !v2 && len(components) > maxClassicComponents {
		problems.add(at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	top := []int{componentRow}
	if v2 {
		top = []int{componentRow, componentSection, componentText, componentGallery, componentFile, componentSeparator, componentContainer}
	}
	for i := range components {
		components[i].limits(fmt.Sprintf("%s.%d.", at, i), top, problems)
	}
	wholeLimits(at, components, problems)
}

// wholeLimits is what holds for all components of a message or modal together.
func wholeLimits(at string, components []Component, problems fieldErrors) {
	total, text, ids := 0, 0, make(map[string]bool)
	for c := range walk(components) {
		total++
		text += units(c.Content)
		if c.CustomID != "" && ids[c.CustomID] {
			problems.add(at, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated: %s", c.CustomID)
		}
		ids[c.CustomID] = true
	}
	if total > maxComponents {
		problems.add(at, "BASE_TYPE_MAX_LENGTH", "The total number of components must be 40 or fewer.")
	}
	if text > 4000 {
		problems.add(at, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Displayable text exceeds maximum size of 4000")
	}
}

// limits holds one component against its limits, where only some types are allowed.
func (c *Component) limits(at string, allowed []int, problems fieldErrors) {
	if !slices.Contains(allowed, c.Type) {
		problems.add(at+"type", "BASE_TYPE_CHOICES", "Value must be one of %v.", allowed)
		return
	}
	if c.interactive() {
		filled(problems, at+"custom_id", c.CustomID, 100)
	}
	switch {
	case c.Type == componentRow:
		c.rowLimits(at, problems)
	case c.Type == componentButton:
		c.buttonLimits(at, problems)
	case c.isSelect():
		c.selectLimits(at, problems)
	case c.Type == componentSection:
		c.sectionLimits(at, problems)
	case c.Type == componentText:
		filled(problems, at+"content", c.Content, 4000)
	case c.Type == componentContainer:
		inner := []int{componentRow, componentSection, componentText, componentGallery, componentFile, componentSeparator}
		c.each(at, inner, maxComponents, problems)
	case c.Type == componentInput:
		c.inputLimits(at, problems)
	}
}

func (c *Component) each(at string, allowed []int, most int, problems fieldErrors) {
	if n := len(c.Components); n < 1 || n > most {
		problems.add(at+"components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and %d in length.", most)
	}
	for i := range c.Components {
		c.Components[i].limits(fmt.Sprintf("%scomponents.%d.", at, i), allowed, problems)
	}
}

// rowLimits: an action row holds up to five buttons or one select menu.
func (c *Component) rowLimits(at string, problems fieldErrors) {
	most := 5
	if slices.ContainsFunc(c.Components, func(inner Component) bool { return inner.Type != componentButton }) {
		most = 1
	}
	c.each(at, []int{componentButton, componentSelect, componentUserSelect, 6, 7, componentLastSelect}, most, problems)
}

func (c *Component) sectionLimits(at string, problems fieldErrors) {
	c.each(at, []int{componentText}, 3, problems)
	if c.Accessory == nil {
		problems.add(at+"accessory", "BASE_TYPE_REQUIRED", "This field is required")
		return
	}
	c.Accessory.limits(at+"accessory.", []int{componentButton, componentThumbnail}, problems)
}

func (c *Component) buttonLimits(at string, problems fieldErrors) {
	atMost(problems, at+"label", c.Label, 80)
	switch {
	case c.Style < 1 || c.Style > buttonPremium:
		problems.add(at+"style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
	case c.Style == buttonPremium:
	case c.Label == "" && len(c.Emoji) == 0:
		problems.add(at+"label", "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji")
	case c.Style == buttonLink && c.CustomID != "":
		problems.add(at+"custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case c.Style == buttonLink:
		filled(problems, at+"url", c.URL, 512)
		wellFormed(problems, at+"url", c.URL)
	case c.URL != "":
		problems.add(at+"url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	}
}

func (c *Component) selectLimits(at string, problems fieldErrors) {
	atMost(problems, at+"placeholder", c.Placeholder, 150)
	least, most := orElse(c.MinValues, 1), orElse(c.MaxValues, 1)
	between(problems, at+"min_values", least, 0, 25)
	between(problems, at+"max_values", most, max(1, least), 25)
	if c.Type == componentSelect {
		c.optionLimits(at, most, problems)
	}
}

func (c *Component) optionLimits(at string, most int, problems fieldErrors) {
	if n := len(c.Options); n < 1 || n > 25 {
		problems.add(at+"options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
	}
	values, chosen := make(map[string]bool), 0
	for i, o := range c.Options {
		at := fmt.Sprintf("%soptions.%d.", at, i)
		filled(problems, at+"label", o.Label, 100)
		filled(problems, at+"value", o.Value, 100)
		atMost(problems, at+"description", o.Description, 100)
		if values[o.Value] {
			problems.add(at+"value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[o.Value] = true
		if o.Default {
			chosen++
		}
	}
	if chosen > most {
		problems.add(at+"options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "At most %d options can be default", most)
	}
}

func (c *Component) inputLimits(at string, problems fieldErrors) {
	between(problems, at+"style", c.Style, 1, 2)
	atMost(problems, at+"label", c.Label, 45)
	atMost(problems, at+"placeholder", c.Placeholder, 100)
	least, most := orElse(c.MinLength, 0), orElse(c.MaxLength, 4000)
	between(problems, at+"min_length", least, 0, 4000)
	between(problems, at+"max_length", most, max(1, least), 4000)
	atMost(problems, at+"value", c.Value, 4000)
	if c.Value != "" {
		between(problems, at+"value", units(c.Value), least, most)
	}
}

func between(problems fieldErrors, path string, n, least, most int) {
	if n < least || n > most {
		problems.add(path, "NUMBER_TYPE_RANGE", "int value should be between %d and %d.", least, most)
	}
}

func orElse(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}
