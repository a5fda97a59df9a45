package desk

import "verbatim/internal/discord/api"

// safetyOptions are the subcommands of /safety.
func safetyOptions() []api.CommandOption {
	topic := func(text string) api.CommandOption {
		return api.CommandOption{Type: api.OptionString, Name: "topic", Description: text, Autocomplete: true, MaxLength: 100}
	}
	text := api.CommandOption{Type: api.OptionString, Name: "text", Description: "A message in your own words", Required: true, MaxLength: 2000}
	do := api.CommandOption{Type: api.OptionString, Name: "do", Description: "What is to be done with the topic", Choices: []api.Choice{
		{Name: "Add or change it", Value: "add"}, {Name: "Remove it", Value: "remove"},
	}}
	file := api.CommandOption{Type: api.OptionAttachment, Name: "file", Description: "The topic as a YAML file, instead of the form"}
	return []api.CommandOption{
		sub("topics", "What the bot treats as dangerous", topic("Look at one topic")),
		sub("test", "What a message would be treated as, and why", text),
		sub("resources", "Whom the cards say to call, and your own helplines"),
		sub("propose", "Adds, changes or removes a safety topic of this server", do, topic("The topic that changes; none for a new one"), file, reason()),
		sub("approve", "Decides what waits for a second moderator"),
		sub("log", "What was proposed, and what became of it"),
	}
}

// settingsOptions are the subcommands of /settings.
func settingsOptions() []api.CommandOption {
	member := api.CommandOption{Type: api.OptionUser, Name: "member", Description: "The member", Required: true}
	long := api.CommandOption{Type: api.OptionString, Name: "for", Description: "For how long; for good when left out", Choices: []api.Choice{
		{Name: "an hour", Value: "1h"}, {Name: "a day", Value: "1d"}, {Name: "a week", Value: "7d"}, {Name: "30 days", Value: "30d"},
	}}
	return []api.CommandOption{
		sub("show", "All settings, and how to change them"),
		sub("setup", "The first checklist: channels, roles, helplines, a test question"),
		sub("pause", "Only safety cards are shown until you resume", reason()),
		sub("resume", "Answers again after a pause", reason()),
		sub("block", "A member gets nothing but safety cards, for a while or for good", member, long, reason()),
		sub("unblock", "A member is answered again", member, reason()),
	}
}

// reason is the option that says why.
func reason() api.CommandOption {
	return api.CommandOption{Type: api.OptionString, Name: "reason", Description: "Why, for the audit trail", MaxLength: 400}
}
