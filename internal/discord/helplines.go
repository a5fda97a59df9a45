package discord

import (
	"context"

	"verbatim/internal/discord/api"
)

// pressHelplines shows the whole of a card to whoever asks for it. It needs no record
// and no database.
func (b *Bot) pressHelplines(ctx context.Context, v visit) {
	keys := v.token.on
	found, ok := b.reader.CardsFor(v.owner(), func(topic string) bool { return hasKey(keys, topic) })
	if !ok { // the topics have changed since: all of the cards are better than none
		found, _ = b.reader.CardsFor(v.owner(), func(string) bool { return true })
	}
	v.beside(ctx, api.Of(v.renderer().Cards(found)))
}
