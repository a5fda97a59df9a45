package discord

import (
	"context"
	"errors"
	"strings"
	"unicode/utf16"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// complete offers what a member may be about to type. What is typed is kept nowhere
// and not logged. When it fails there is nothing to choose from.
func (b *Bot) complete(ctx context.Context, v visit) {
	var choices []api.Choice
	if _, silent := b.silenced(ctx, v.asked); !silent && b.reader != nil {
		choices = b.choices(ctx, v)
	}
	ctx, cancel := v.callback(ctx)
	defer cancel()
	v.log("a list of suggestions", b.rest.Complete(ctx, v.ticket, choices))
}

// choices returns what is offered. The error of a port is not logged here: it may hold
// what was typed.
func (b *Bot) choices(ctx context.Context, v visit) []api.Choice {
	option, typed := v.event.Data.focused()
	choices, err := fetch(ctx, v, func(ctx context.Context) ([]api.Choice, error) {
		if option == optionArticle {
			return b.titleChoices(ctx, v, typed)
		}
		return b.questionChoices(ctx, v, typed)
	})
	if err != nil {
		b.log.Warn("nothing could be suggested", "late", errors.Is(err, context.DeadlineExceeded), "unavailable", errors.Is(err, article.ErrUnavailable))
	}
	return choices
}

func (b *Bot) questionChoices(ctx context.Context, v visit, typed string) ([]api.Choice, error) {
	found, err := b.reader.Suggest(ctx, v.owner(), b.kindOf(ctx, v.asked), typed, maxEntries)
	var choices []api.Choice
	for _, question := range found {
		if fitsChoice(question) && len(choices) < maxEntries {
			choices = append(choices, api.Choice{Name: question, Value: question})
		}
	}
	return choices, err
}

// maxChoice is how many characters a choice may have, counted as UTF-16.
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
const maxChoice = 100

func fitsChoice(text string) bool {
	return strings.TrimSpace(text) != "" && len(utf16.Encode([]rune(text))) <= maxChoice
}

// titleChoices offers the articles whose titles have what is typed in them.
func (b *Bot) titleChoices(ctx context.Context, v visit, typed string) ([]api.Choice, error) {
	all, err := b.reader.Articles(ctx, v.owner())
	if err != nil {
		return nil, err
	}
	kind, typed := b.kindOf(ctx, v.asked), folded(typed)
	var choices []api.Choice
	for _, a := range b.openIn(v, kind, all) {
		if strings.Contains(folded(a.Meta.Title), typed) && len(choices) < maxEntries {
			choices = append(choices, api.Choice{Name: labelOf(a), Value: valueOf(a)})
		}
	}
	return choices, nil
}

// openIn leaves out the articles that may not be shown in a kind of channel.
func (b *Bot) openIn(v visit, kind answer.Channel, all []*article.Article) []*article.Article {
	var open []*article.Article
	for _, a := range all {
		if b.mayRead(v, kind, a, "") {
			open = append(open, a)
		}
	}
	return open
}
