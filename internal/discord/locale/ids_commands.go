package locale

// Commands and their options. The message is the description; the name is the
// message of [ID.Name].
const (
	CommandAsk            ID = "command.ask"
	CommandAskQuestion    ID = "command.ask.question"
	CommandAskPrivate     ID = "command.ask.private"
	CommandArticle        ID = "command.article"
	CommandArticleArticle ID = "command.article.article"
	CommandCite           ID = "command.cite"
	CommandCiteArticle    ID = "command.cite.article"
	CommandCiteStyle      ID = "command.cite.style"
	CommandPrivacy        ID = "command.privacy"
	CommandPrivacyShow    ID = "command.privacy.show"
	CommandPrivacyExport  ID = "command.privacy.export"
	CommandPrivacyDelete  ID = "command.privacy.delete"
	CommandHelp           ID = "command.help"

	// CommandAnswer is of a message's menu and has no description.
	CommandAnswer ID = "command.answer"
)

// Name returns the id of the name of a command or an option.
func (id ID) Name() ID { return id + ".name" }

// Commands returns the ids of all commands and options that have a description.
func Commands() []ID {
	return []ID{
		CommandAsk, CommandAskQuestion, CommandAskPrivate,
		CommandArticle, CommandArticleArticle, CommandCite, CommandCiteArticle, CommandCiteStyle,
		CommandPrivacy, CommandPrivacyShow, CommandPrivacyExport, CommandPrivacyDelete,
		CommandHelp,
	}
}

// commandIDs are the messages of the commands: descriptions and names.
func commandIDs() []ID {
	ids := []ID{CommandAnswer.Name()}
	for _, id := range Commands() {
		ids = append(ids, id, id.Name())
	}
	return ids
}
