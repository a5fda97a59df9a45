package desk

import (
	"slices"

	"verbatim/internal/discord/api"
)

// Names of the moderators' commands.
const (
	CommandKB       = "kb"
	CommandSafety   = "safety"
	CommandSettings = "settings"
	CommandCorrect  = "Correct this answer" // of a message's menu
)

// manageGuild is the permission that Discord asks for before it offers these commands.
// What decides is checked when they are used; a server can offer them to other roles as
// well in its settings of integrations.
// Source: https://discord.com/developers/docs/topics/permissions
const manageGuild = "32"

// Offers reports whether a command is one of the moderators'.
func Offers(name string) bool {
	return slices.Contains([]string{CommandKB, CommandSafety, CommandSettings, CommandCorrect}, name)
}

// Commands is every command of the moderators. They are offered in servers alone.
func Commands() []api.Command {
	return []api.Command{
		moderators(CommandKB, "The articles that the bot answers from, and its answers", slices.Concat(articleOptions(), answerOptions())),
		moderators(CommandSafety, "What the bot treats as dangerous, and whom it says to call", safetyOptions()),
		moderators(CommandSettings, "How the bot behaves in this server", settingsOptions()),
		{Name: CommandCorrect, Type: api.MessageCommand, Permissions: manageGuild, Contexts: []int{api.InGuild}},
	}
}

func moderators(name, description string, options []api.CommandOption) api.Command {
	return api.Command{Name: name, Type: api.ChatCommand, Description: description, Options: options, Permissions: manageGuild, Contexts: []int{api.InGuild}}
}

// sub is a subcommand.
func sub(name, description string, options ...api.CommandOption) api.CommandOption {
	return api.CommandOption{Type: api.OptionSub, Name: name, Description: description, Options: options}
}
