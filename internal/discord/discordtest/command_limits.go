package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

type commandList []Command

// commandEdit is the body that changes some fields of a command. It is held against
// the limits together with the fields that stay.
type commandEdit struct {
	Command
	raw []byte
}

// UnmarshalJSON keeps what was sent, and fails on unknown fields.
func (e *commandEdit) UnmarshalJSON(raw []byte) error {
	e.raw = append([]byte(nil), raw...)
	return strictly(raw, &e.Command)
}

func (e *commandEdit) validate() (fieldErrors, []string) { return nil, nil }

// commandName is Discord's rule for the name of a chat command and of an option.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// permissionBits is how permissions are written.
var permissionBits = regexp.MustCompile(`^\d{1,20}$`)

// Most commands of each type in a scope.
// Source: https://discord.com/developers/docs/interactions/application-commands#registering-a-command
const (
	maxChat  = 100
	maxMenus = 15
)

func (l *commandList) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	names, kinds := make(map[string]bool), make(map[int]int)
	for i, c := range *l {
		at := fmt.Sprintf("%d.", i)
		key := fmt.Sprint(c.kind(), c.Name)
		if names[key] {
			problems.add(at+"name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[key] = true
		kinds[c.kind()]++
		c.limits(at, problems)
	}
	if kinds[commandChat] > maxChat || kinds[commandUser] > maxMenus || kinds[commandMessage] > maxMenus {
		problems.add("_", "APPLICATION_COMMANDS_LIMIT_REACHED", "Maximum number of application commands reached (%v)", kinds)
	}
	return problems, nil
}

func (c *Command) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	c.limits("", problems)
	return problems, nil
}

func (c *Command) kind() int { return max(c.Type, commandChat) }

func (c *Command) limits(at string, problems fieldErrors) {
	if c.kind() == commandChat {
		checkNamed(problems, at, c.Name, c.Description)
	} else {
		filled(problems, at+"name", c.Name, 32)
		if c.Description != "" || len(c.Options) > 0 {
			problems.add(at+"description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menu commands cannot have description or options")
		}
	}
	localised(problems, at, c.kind() == commandChat, c.Names, c.Descriptions)
	checkOptions(problems, at, c.Options)
	if c.Permissions != nil && !permissionBits.MatchString(*c.Permissions) {
		problems.add(at+"default_member_permissions", "NUMBER_TYPE_COERCE", "Value %q is not a bit set.", *c.Permissions)
	}
	if c.length() > 8000 {
		problems.add(at+"name", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
	}
}

func checkNamed(problems fieldErrors, at, name, description string) {
	checkName(problems, at+"name", name)
	filled(problems, at+"description", description, 100)
}

func checkName(problems fieldErrors, path, name string) {
	if !commandName.MatchString(name) || strings.ToLower(name) != name {
		problems.add(path, "STRING_TYPE_REGEX", "String value did not match validation regex.")
	}
}

// locales are those that Discord has.
// Source: https://discord.com/developers/docs/reference#locales
const locales = " id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko "

func localised(problems fieldErrors, at string, chat bool, names, descriptions map[string]string) {
	for locale, name := range names {
		checkLocale(problems, at+"name_localizations", locale)
		if chat {
			checkName(problems, at+"name_localizations."+locale, name)
		} else {
			filled(problems, at+"name_localizations."+locale, name, 32)
		}
	}
	for locale, description := range descriptions {
		checkLocale(problems, at+"description_localizations", locale)
		filled(problems, at+"description_localizations."+locale, description, 100)
	}
}

func checkLocale(problems fieldErrors, path, locale string) {
	if !strings.Contains(locales, " "+locale+" ") {
		problems.add(path, "ENUM_TYPE_COERCE", "Value %q is not a locale.", locale)
	}
}

func checkOptions(problems fieldErrors, at string, options []CommandOption) {
	if len(options) > 25 {
		problems.add(at+"options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	names, optional := make(map[string]bool), false
	for i, o := range options {
		at := fmt.Sprintf("%soptions.%d.", at, i)
		if names[o.Name] {
			problems.add(at+"name", "APPLICATION_COMMANDS_OPTION_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		if o.Required && optional {
			problems.add(at+"required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		if (o.Type <= optionGroup) != (options[0].Type <= optionGroup) {
			problems.add(at+"type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands cannot be mixed with other options")
		}
		names[o.Name], optional = true, optional || !o.Required
		o.limits(at, problems)
	}
}

func (o CommandOption) limits(at string, problems fieldErrors) {
	checkNamed(problems, at, o.Name, o.Description)
	localised(problems, at, true, o.Names, o.Descriptions)
	if o.Type < optionSub || o.Type > 11 {
		problems.add(at+"type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.")
	}
	if o.MinLength != nil && (*o.MinLength < 0 || *o.MinLength > 6000 || o.Type != optionString) {
		problems.add(at+"min_length", "NUMBER_TYPE_MAX", "int value should be between 0 and 6000.")
	}
	if o.MaxLength != nil && (*o.MaxLength < 1 || *o.MaxLength > 6000 || o.Type != optionString) {
		problems.add(at+"max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 6000.")
	}
	completes := []int{optionString, optionInteger, optionNumber}
	if (o.Autocomplete || len(o.Choices) > 0) && !slices.Contains(completes, o.Type) {
		problems.add(at+"type", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Options of this type have neither choices nor autocomplete")
	}
	if o.Autocomplete && len(o.Choices) > 0 {
		problems.add(at+"autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID_WITH_CHOICES", "Autocomplete and choices are mutually exclusive")
	}
	choiceLimits(at+"choices", o.Choices, problems)
	checkOptions(problems, at, o.Options)
}

// length is what counts towards the 8000 characters of a command: of each text its
// longest translation.
// Source: https://discord.com/developers/docs/interactions/application-commands#slash-commands
func (c *Command) length() int {
	n := longest(c.Name, c.Names) + longest(c.Description, c.Descriptions)
	for _, o := range c.Options {
		inner := Command{Name: o.Name, Names: o.Names, Description: o.Description, Descriptions: o.Descriptions, Options: o.Options}
		n += inner.length()
		for _, choice := range o.Choices {
			n += longest(choice.Name, choice.Names) + utf8.RuneCountInString(choice.text())
		}
	}
	return n
}

func (c Choice) text() string {
	if text, ok := c.Value.(string); ok {
		return text
	}
	raw, _ := json.Marshal(c.Value)
	return string(raw)
}

func longest(text string, translations map[string]string) int {
	n := utf8.RuneCountInString(text)
	for _, other := range translations {
		n = max(n, utf8.RuneCountInString(other))
	}
	return n
}
