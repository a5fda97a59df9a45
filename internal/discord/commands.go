package discord

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"verbatim/internal/discord/locale"
)

// Names of the command and its options.
const (
	commandAsk     = "ask"
	optionQuestion = "question"
	optionPrivate  = "private"
)

// command is an application command, in the fields that we set.
// Source: https://discord.com/developers/docs/interactions/application-commands
type command struct {
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Type         int               `json:"type"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []commandOption   `json:"options,omitempty"`
}

type commandOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	MaxLength    int               `json:"max_length,omitempty"`
}

// Command and option types.
const (
	chatCommand   = 1
	optionString  = 3
	optionBoolean = 5
)

// maxQuestion is the length of the longest message that Discord lets anybody write.
const maxQuestion = 4000

// commandSet is every command that the bot offers, in all languages.
func commandSet(words *locale.Catalogue) []command {
	question := option(words, optionString, optionQuestion, locale.CommandAskQuestion)
	question.Required, question.MaxLength = true, maxQuestion
	native := words.Native(locale.CommandAsk)
	return []command{{
		Name: commandAsk, Names: native.Names, Type: chatCommand,
		Description: words.For().Say(locale.CommandAsk, nil), Descriptions: native.Descriptions,
		Options: []commandOption{question, option(words, optionBoolean, optionPrivate, locale.CommandAskPrivate)},
	}}
}

func option(words *locale.Catalogue, kind int, name string, id locale.ID) commandOption {
	native := words.Native(id)
	return commandOption{
		Type: kind, Name: name, Names: native.Names, Description: words.For().Say(id, nil), Descriptions: native.Descriptions,
	}
}

// register makes Discord offer our commands. Nothing is written when it does so
// already, as a day has room for only so many changes.
func (b *Bot) register(ctx context.Context) error {
	wanted := commandSet(b.words)
	registered, err := b.rest.commands(ctx, b.app.ID)
	if err != nil {
		return err
	}
	if sameCommands(registered, wanted) {
		b.log.Info("commands are registered already")
		return nil
	}
	if err := b.rest.putCommands(ctx, b.app.ID, wanted); err != nil {
		return err
	}
	b.log.Info("commands registered", "before", len(registered), "now", len(wanted))
	return nil
}

func sameCommands(a, b []command) bool {
	byName := func(x, y command) int { return cmp.Compare(x.Name, y.Name) }
	return reflect.DeepEqual(slices.SortedFunc(slices.Values(a), byName), slices.SortedFunc(slices.Values(b), byName))
}
