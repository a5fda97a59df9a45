package discord

import (
	"context"
	"encoding/hex"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
)

// complete offers what a member may be about to type. What is typed is kept nowhere
// and not logged. When it fails there is nothing to choose from.
func (b *Bot) complete(ctx context.Context, v visit) {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	var choices []api.Choice
	if _, silent := b.silenced(ctx, v.asked); !silent && b.reader != nil {
		name, typed := v.event.Data.focused()
		b.work.guard("typing", func() { choices = b.choices(ctx, v, name, typed) })
	}
	v.log("a list of suggestions", b.rest.Complete(ctx, v.ticket, choices))
}

func (b *Bot) choices(ctx context.Context, v visit, option, typed string) []api.Choice {
	if option == optionArticle {
		return b.titleChoices(ctx, v, typed)
	}
	var choices []api.Choice
	found, err := b.reader.Suggest(ctx, v.owner(), b.kindOf(ctx, v.asked), typed, maxEntries)
	if err != nil {
		b.log.Warn("no suggestions", "error", err)
	}
	for _, question := range found {
		choices = append(choices, api.Choice{Name: question, Value: question})
	}
	return choices
}

// titleChoices offers the articles whose titles have what is typed in them.
func (b *Bot) titleChoices(ctx context.Context, v visit, typed string) []api.Choice {
	all, err := b.reader.Articles(ctx, v.owner())
	if err != nil {
		b.log.Warn("no suggestions", "error", err)
	}
	kind, typed := b.kindOf(ctx, v.asked), strings.ToLower(strings.TrimSpace(typed))
	var choices []api.Choice
	for _, a := range all {
		fits := strings.Contains(strings.ToLower(a.Meta.Title), typed)
		if fits && len(choices) < maxEntries && b.reader.Reading(v.owner(), kind, false, a, "") == "" {
			choices = append(choices, api.Choice{Name: render.Label(a.Meta.Title), Value: hex.EncodeToString([]byte(keyOf(a.Slug)))})
		}
	}
	return choices
}
