package discordtest

import (
	"encoding/json"
	"reflect"
	"slices"
)

// Command types and option types.
const (
	commandChat    = 1
	commandUser    = 2
	commandMessage = 3

	optionSub     = 1
	optionGroup   = 2
	optionString  = 3
	optionInteger = 4
	optionBoolean = 5
	optionNumber  = 10
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
	Handler      int               `json:"handler,omitempty"`
}

// CommandOption is an option of a command.
type CommandOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Choices      []Choice          `json:"choices,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	MinLength    *int              `json:"min_length,omitempty"`
	MaxLength    *int              `json:"max_length,omitempty"`
	MinValue     *float64          `json:"min_value,omitempty"`
	MaxValue     *float64          `json:"max_value,omitempty"`
	Channels     []int             `json:"channel_types,omitempty"`
	Autocomplete bool              `json:"autocomplete,omitempty"`
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
	before := s.commands[scope]
	for _, command := range *c.payload.(*commandList) {
		registered = append(registered, s.register(scope, command))
	}
	for _, command := range registered {
		if !slices.ContainsFunc(before, func(old Command) bool { return old.ID == command.ID }) {
			s.creates++
		}
	}
	s.commands[scope] = registered
	return registered, nil
}

// postCommand adds a command, or replaces the one of the same name and type.
func (s *Server) postCommand(c *call) (any, error) {
	if c.PathValue("app") != s.appID {
		return nil, unknown(10002, "Application")
	}
	scope := c.PathValue("guild")
	made := s.register(scope, *c.payload.(*Command))
	for i, old := range s.commands[scope] {
		if old.ID == made.ID {
			s.commands[scope][i] = made
			return made, nil
		}
	}
	s.creates++
	s.commands[scope] = append(s.commands[scope], made)
	return made, nil
}

// registered returns the place of the command that a request names.
func (s *Server) registered(c *call) (string, int, error) {
	scope := c.PathValue("guild")
	for i, command := range s.commands[scope] {
		if c.PathValue("app") == s.appID && command.ID == c.PathValue("command") {
			return scope, i, nil
		}
	}
	return "", 0, unknown(10063, "application command")
}

func (s *Server) patchCommand(c *call) (any, error) {
	scope, i, err := s.registered(c)
	if err != nil {
		return nil, err
	}
	changed := s.commands[scope][i]
	if err := json.Unmarshal(c.payload.(*commandEdit).raw, &changed); err != nil {
		return nil, err
	}
	if problems, _ := changed.validate(); len(problems) > 0 {
		return nil, &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: problems, violation: true}
	}
	changed.Version = s.newID()
	s.commands[scope][i] = changed
	return changed, nil
}

func (s *Server) deleteCommand(c *call) (any, error) {
	scope, i, err := s.registered(c)
	if err != nil {
		return nil, err
	}
	s.commands[scope] = slices.Delete(s.commands[scope], i, i+1)
	return nil, nil
}

// CommandCreates counts the commands that were new when they were registered, of
// which Discord allows 200 a day.
func (s *Server) CommandCreates() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.creates
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
