package discord

import (
	"context"

	"verbatim/internal/discord/desk"
	"verbatim/internal/discord/locale"
)

// onInteraction hands an interaction to the worker that it is for.
func (b *Bot) onInteraction(sh *shard, i *interactionEvent) {
	if i.ID == "" || i.Token == "" || !b.recent.First(i.ID) {
		return
	}
	switch i.Kind {
	case kindCommand:
		b.onCommand(sh, i)
	case kindTyping:
		if b.moderators != nil && desk.Offers(i.Data.Name) {
			sh.run("moderator's typing", func(ctx context.Context) { b.completeForModerator(ctx, b.newVisit(sh, i)) })
			return
		}
		sh.run("typing", func(ctx context.Context) { b.complete(ctx, b.newVisit(sh, i)) })
	case kindComponent, kindModal:
		sh.run("component", func(ctx context.Context) { b.newVisit(sh, i).attend(ctx, b.press) })
	}
}

// onCommand hands a command to its worker. One that is not ours any more is told so.
func (b *Bot) onCommand(sh *shard, i *interactionEvent) {
	v := b.newVisit(sh, i)
	switch i.Data.Name {
	case commandAsk:
		sh.run("ask", func(ctx context.Context) { v.attend(ctx, b.runAsk) })
	case commandAnswer:
		sh.run("answer this", func(ctx context.Context) { v.attend(ctx, b.runAnswer) })
	case commandArticle:
		sh.run("article", func(ctx context.Context) { v.attend(ctx, b.runArticle) })
	case commandCite:
		sh.run("cite", func(ctx context.Context) { v.attend(ctx, b.runCite) })
	case commandPrivacy:
		sh.run("privacy", func(ctx context.Context) { v.attend(ctx, b.runPrivacy) })
	case commandHelp:
		sh.run("help", func(ctx context.Context) { v.attend(ctx, b.runHelp) })
	default:
		if b.moderators != nil && desk.Offers(i.Data.Name) {
			sh.run("moderator's command", func(ctx context.Context) { v.attend(ctx, b.moderate) })
			return
		}
		sh.run("unknown command", func(ctx context.Context) { v.tell(ctx, locale.FailureBroken) })
	}
}
