package discord

import (
	"context"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
	"verbatim/internal/discord/locale"
)

// Names of the commands, their options and subcommands.
const (
	commandAsk     = "ask"
	commandArticle = "article"
	commandCite    = "cite"
	commandPrivacy = "privacy"
	commandHelp    = "help"
	commandAnswer  = "Answer this" // of a message's menu

	optionQuestion = "question"
	optionPrivate  = "private"
	optionArticle  = "article"
	optionStyle    = "style"

	subShow   = "show"
	subExport = "export"
	subDelete = "delete"
)

// maxQuestion is the length of the longest message that Discord lets anybody write.
const maxQuestion = 4000

// commandSet is every command that the bot offers, in all languages.
func commandSet(words *locale.Catalogue) []api.Command {
	question := option(words, api.OptionString, optionQuestion, locale.CommandAskQuestion)
	question.Required, question.MaxLength, question.Autocomplete = true, maxQuestion, true
	ofArticle := option(words, api.OptionString, optionArticle, locale.CommandArticleArticle)
	ofArticle.Autocomplete = true
	ofCite := option(words, api.OptionString, optionArticle, locale.CommandCiteArticle)
	ofCite.Autocomplete = true
	style := option(words, api.OptionString, optionStyle, locale.CommandCiteStyle)
	for _, s := range article.Styles() {
		id := locale.Style(string(s))
		style.Choices = append(style.Choices, api.Choice{Name: words.For().Say(id, nil), Names: words.Choice(id), Value: string(s)})
	}
	return []api.Command{
		chatCommand(words, commandAsk, locale.CommandAsk, question, option(words, api.OptionBoolean, optionPrivate, locale.CommandAskPrivate)),
		chatCommand(words, commandArticle, locale.CommandArticle, ofArticle),
		chatCommand(words, commandCite, locale.CommandCite, ofCite, style),
		chatCommand(words, commandPrivacy, locale.CommandPrivacy,
			option(words, api.OptionSub, subShow, locale.CommandPrivacyShow),
			option(words, api.OptionSub, subExport, locale.CommandPrivacyExport),
			option(words, api.OptionSub, subDelete, locale.CommandPrivacyDelete)),
		chatCommand(words, commandHelp, locale.CommandHelp),
		{Name: commandAnswer, Names: words.Native(locale.CommandAnswer).Names, Type: api.MessageCommand},
	}
}

func chatCommand(words *locale.Catalogue, name string, id locale.ID, options ...api.CommandOption) api.Command {
	native := words.Native(id)
	return api.Command{
		Name: name, Names: native.Names, Type: api.ChatCommand,
		Description: words.For().Say(id, nil), Descriptions: native.Descriptions, Options: options,
	}
}

func option(words *locale.Catalogue, kind int, name string, id locale.ID) api.CommandOption {
	native := words.Native(id)
	return api.CommandOption{
		Type: kind, Name: name, Names: native.Names, Description: words.For().Say(id, nil), Descriptions: native.Descriptions,
	}
}

// offered are the commands that can be carried out: those of members where articles can
// be shown, else /ask, and those of moderators where there is somebody to do them.
func (b *Bot) offered() []api.Command {
	all := commandSet(b.words)
	if b.reader == nil {
		all = all[:1]
	}
	if b.moderators != nil {
		all = append(all, desk.Commands()...)
	}
	return all
}

// register makes Discord offer our commands. Nothing is written when it does so
// already, as a day has room for only so many changes.
func (b *Bot) register(ctx context.Context) error {
	wanted := b.offered()
	registered, err := b.rest.Commands(ctx, b.app.ID)
	if err != nil {
		return err
	}
	changes := api.Diff(registered, wanted)
	if len(changes) == 0 {
		b.log.Info("commands are registered already")
		return nil
	}
	if err := b.rest.PutCommands(ctx, b.app.ID, wanted); err != nil {
		return err
	}
	for _, change := range changes {
		b.log.Info("a command changed", "change", change)
	}
	b.log.Info("commands registered", "before", len(registered), "now", len(wanted))
	return nil
}
