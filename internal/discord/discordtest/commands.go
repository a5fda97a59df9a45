package discordtest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Command option types.
const (
	optionString  = 3
	optionBoolean = 5
)

// Command is a registered application command.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object
type Command struct {
	ID           string            `json:"id,omitempty"`
	App          string            `json:"application_id,omitempty"`
	GuildID      string            `json:"guild_id,omitempty"`
	Version      string            `json:"version,omitempty"`
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	Permissions  *string           `json:"default_member_permissions"`
	InDM         *bool             `json:"dm_permission,omitempty"`
	NSFW         bool              `json:"nsfw"`
	Integrations []int             `json:"integration_types,omitempty"`
	Contexts     []int             `json:"contexts"`
}

// CommandOption is an option of a command.
type CommandOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Choices      json.RawMessage   `json:"choices,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	MinLength    *int              `json:"min_length,omitempty"`
	MaxLength    *int              `json:"max_length,omitempty"`
	Autocomplete bool              `json:"autocomplete,omitempty"`
}

type commandList []Command

// commandName is Discord's rule for the name of a chat command and of an option.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

func (l *commandList) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	names := make(map[string]bool)
	for i, c := range *l {
		at := fmt.Sprintf("%d.", i)
		if names[fmt.Sprint(c.Type, c.Name)] {
			problems.add(at+"name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[fmt.Sprint(c.Type, c.Name)] = true
		checkNamed(problems, at, c.Name, c.Description)
		checkOptions(problems, at, c.Options)
		if c.length() > 8000 {
			problems.add(at+"name", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
		}
	}
	return problems, nil
}

func checkNamed(problems fieldErrors, at, name, description string) {
	if !commandName.MatchString(name) || strings.ToLower(name) != name {
		problems.add(at+"name", "STRING_TYPE_REGEX", "String value did not match validation regex.")
	}
	filled(problems, at+"description", description, 100)
}

func checkOptions(problems fieldErrors, at string, options []CommandOption) {
	if len(options) > 25 {
		problems.add(at+"options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	names, optional := make(map[string]bool), false
	for i, o := range options {
		at := fmt.Sprintf("%soptions.%d.", at, i)
		checkNamed(problems, at, o.Name, o.Description)
		if names[o.Name] {
			problems.add(at+"name", "APPLICATION_COMMANDS_OPTION_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		if o.Required && optional {
			problems.add(at+"required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		if o.MaxLength != nil && (*o.MaxLength < 1 || *o.MaxLength > 6000 || o.Type != optionString) {
			problems.add(at+"max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 6000.")
		}
		names[o.Name], optional = true, optional || !o.Required
		checkOptions(problems, at, o.Options)
	}
}

// length is what counts towards the 8000 characters of a command.
func (c Command) length() int {
	n := utf8.RuneCountInString(c.Name + c.Description)
	for _, o := range c.Options {
		n += Command{Name: o.Name, Description: o.Description, Options: o.Options}.length()
	}
	return n
}

func (s *Server) listCommands(c *call) (any, error) {
	if c.PathValue("app") != s.appID {
		return nil, unknown(10002, "Application")
	}
	return append([]Command{}, s.commands[c.PathValue("guild")]...), nil
}

// putCommands replaces all commands of a scope. A command keeps its id by its name.
func (s *Server) putCommands(c *call) (any, error) {
	if c.PathValue("app") != s.appID {
		return nil, unknown(10002, "Application")
	}
	scope := c.PathValue("guild")
	registered := []Command{}
	for _, command := range *c.payload.(*commandList) {
		registered = append(registered, s.register(scope, command))
	}
	s.commands[scope] = registered
	return registered, nil
}

func (s *Server) register(scope string, command Command) Command {
	if command.Type == 0 {
		command.Type = 1
	}
	if command.Integrations == nil {
		command.Integrations = []int{0}
	}
	command.App, command.GuildID, command.ID, command.Version = s.appID, scope, "", ""
	for _, old := range s.commands[scope] {
		if old.Name == command.Name && old.Type == command.Type {
			command.ID, command.Version = old.ID, old.Version
			if reflect.DeepEqual(old, command) {
				return old
			}
			command.Version = s.newID()
			return command
		}
	}
	command.ID, command.Version = s.newID(), s.newID()
	return command
}

// Commands returns the registered commands: global ones for "", else a guild's.
func (s *Server) Commands(guildID string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command(nil), s.commands[guildID]...)
}
