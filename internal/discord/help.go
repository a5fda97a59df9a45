package discord

import (
	"context"

	"verbatim/internal/discord/api"
)

// runHelp answers /help.
func (b *Bot) runHelp(ctx context.Context, v visit) {
	var titles []string
	if b.reader != nil {
		if all, err := b.reader.Articles(ctx, v.owner()); err == nil {
			for _, a := range all {
				titles = append(titles, a.Meta.Title)
			}
		}
	}
	v.beside(ctx, api.Of(v.renderer().Help(titles, b.content)))
}
