package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Command is an application command, in the fields that this program sets.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object
type Command struct {
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Type         int               `json:"type,omitempty"` // 0 is ChatCommand
	Description  string            `json:"description"`    // empty in menus
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	// Permissions are those that a member needs to be offered the command, as a bit set
	// in decimal digits. Empty offers it to everybody, "0" to administrators.
	Permissions string `json:"default_member_permissions,omitempty"`
	// Contexts are where it is offered, Integrations what the application must be
	// installed to. Empty leaves either to Discord, and is not compared.
	Contexts     []int `json:"contexts,omitempty"`
	Integrations []int `json:"integration_types,omitempty"`
	NSFW         bool  `json:"nsfw,omitempty"`
}

// Command types.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-types
const (
	ChatCommand    = 1
	UserCommand    = 2
	MessageCommand = 3
)

// Contexts in which a command is offered.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types
const (
	InGuild   = 0
	InBotDM   = 1
	InPrivate = 2
)

// CommandOption is an option of a command, or a command within it.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
type CommandOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Autocomplete bool              `json:"autocomplete,omitempty"`
	Choices      []Choice          `json:"choices,omitempty"`
	Options      []CommandOption   `json:"options,omitempty"`
	MinLength    int               `json:"min_length,omitempty"`
	MaxLength    int               `json:"max_length,omitempty"`
}

// Option types.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
const (
	OptionSub        = 1
	OptionGroup      = 2
	OptionString     = 3
	OptionInteger    = 4
	OptionBoolean    = 5
	OptionUser       = 6
	OptionChannel    = 7
	OptionRole       = 8
	OptionMentioned  = 9
	OptionNumber     = 10
	OptionAttachment = 11
)

// Choice is a value that an option can have, or a completion of one.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
type Choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// UnmarshalJSON also takes values that are numbers, as commands of others have.
func (c *Choice) UnmarshalJSON(raw []byte) error {
	var w struct {
		Name  string            `json:"name"`
		Names map[string]string `json:"name_localizations"`
		Value json.RawMessage   `json:"value"`
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		return err
	}
	c.Name, c.Names, c.Value = w.Name, w.Names, strings.TrimSpace(string(w.Value))
	if !strings.HasPrefix(c.Value, `"`) {
		return nil
	}
	return json.Unmarshal(w.Value, &c.Value)
}

const applicationCommands = "/applications/{app}/commands"

// Commands returns the global commands that are registered, in all languages.
// Source: https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands
func (c *Client) Commands(ctx context.Context, app string) ([]Command, error) {
	var registered []Command
	err := c.do(ctx, request{
		method: http.MethodGet, route: applicationCommands, ids: []string{app}, query: "?with_localizations=true", into: &registered,
	})
	return registered, err
}

// PutCommands replaces all global commands. A day has room for 200 new ones, so that
// [Diff] is asked first.
// Source: https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
func (c *Client) PutCommands(ctx context.Context, app string, wanted []Command) error {
	encoded, err := jsonBody(append([]Command{}, wanted...))
	if err != nil {
		return err
	}
	return c.do(ctx, request{method: http.MethodPut, route: applicationCommands, ids: []string{app}, body: encoded})
}
