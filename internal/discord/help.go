package discord

import (
	"context"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
)

// runHelp answers /help. Without the titles it still says how to ask.
func (b *Bot) runHelp(ctx context.Context, v visit) {
	var titles []string
	if b.reader != nil {
		all, err := b.readable(ctx, v)
		if err != nil {
			b.log.Warn("the help names no articles", "error", err)
		}
		titles = titlesOf(all)
	}
	v.beside(ctx, api.Of(v.renderer().Help(titles, b.content, b.keepsGaps(v.asked))))
}

func titlesOf(articles []*article.Article) []string {
	titles := make([]string, len(articles))
	for i, a := range articles {
		titles[i] = a.Meta.Title
	}
	return titles
}
