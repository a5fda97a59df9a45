package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
)

// onInteraction hands an interaction to a worker.
func (b *Bot) onInteraction(i *discordgo.Interaction) {
	if i == nil || i.Type != discordgo.InteractionApplicationCommand {
		return
	}
	received := time.Now()
	t := ticket{i.ID, i.Token}
	if i.ApplicationCommandData().Name != commandAsk {
		b.work.run("unknown command", func(ctx context.Context) { b.unknownCommand(ctx, t) })
		return
	}
	b.work.run("ask", func(ctx context.Context) { b.ask(ctx, t, placeOf(i), optionsOf(i), received) })
}

func placeOf(i *discordgo.Interaction) place { return place{i.GuildID, i.ChannelID} }

// askOptions are the options of /ask.
type askOptions struct {
	question string
	private  bool
}

func optionsOf(i *discordgo.Interaction) askOptions {
	var found askOptions
	for _, o := range i.ApplicationCommandData().Options {
		switch value := o.Value.(type) {
		case string:
			if o.Name == optionQuestion {
				found.question = value
			}
		case bool:
			if o.Name == optionPrivate {
				found.private = value
			}
		}
	}
	return found
}

// ask answers /ask: with a card as the callback itself when triage says so, with
// the answer as the callback when it is quick, and else with a promise that is
// kept later. The promise already has the visibility of the answer.
func (b *Bot) ask(ctx context.Context, t ticket, at place, o askOptions, received time.Time) {
	q, known, whole := b.screen(at, o.question)
	if whole {
		b.respond(ctx, t, known, o.private, received)
		return
	}
	a := b.begin(ctx, at, q, known)
	defer a.cancel()
	if found, ok := a.awaitFast(b.timing.Fast - time.Since(received)); ok {
		b.respond(ctx, t, found, o.private, received)
		return
	}
	if err := b.promise(ctx, t, o.private, received); err != nil {
		b.log.Error("no promise sent", "via", "/ask", "error", err)
		return
	}
	b.fulfil(ctx, t, a.await(), received)
}

// callbackWindow is how long after it was received an interaction may get its
// callback: Discord's three seconds, less the way there.
const callbackWindow = 2900 * time.Millisecond

// promise sends the callback that says that an answer follows.
func (b *Bot) promise(ctx context.Context, t ticket, private bool, received time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, received.Add(callbackWindow))
	defer cancel()
	return b.rest.promise(ctx, t, private)
}

// respond sends an answer as the callback.
func (b *Bot) respond(ctx context.Context, t ticket, a answer.Answer, private bool, received time.Time) {
	ctx, cancel := sending(ctx)
	defer cancel()
	ctx, cancel = context.WithDeadline(ctx, received.Add(callbackWindow))
	defer cancel()
	m := b.show(a)
	m.Ephemeral = m.Ephemeral || private
	b.report("/ask", a, received, b.rest.respond(ctx, t, m))
}

// fulfil sends an answer that was promised.
func (b *Bot) fulfil(ctx context.Context, t ticket, a answer.Answer, received time.Time) {
	ctx, cancel := sending(ctx)
	defer cancel()
	b.report("/ask, promised", a, received, b.rest.fulfil(ctx, b.app.ID, t, b.show(a)))
}

// report logs what became of a question: nothing of its text and nobody's name.
func (b *Bot) report(via string, a answer.Answer, received time.Time, err error) {
	took := time.Since(received).Round(time.Millisecond)
	if err != nil {
		b.log.Error("reply not sent", "via", via, "outcome", a.Outcome, "tier", a.Tier, "took", took, "error", err)
		return
	}
	b.log.Info("replied", "via", via, "outcome", a.Outcome, "tier", a.Tier, "took", took)
}

// unknownCommand replies to a command of an older or newer version of the bot.
func (b *Bot) unknownCommand(ctx context.Context, t ticket) {
	m := b.render.Sentence(locale.FailureBroken)
	m.Ephemeral = true
	if err := b.rest.respond(ctx, t, m); err != nil {
		b.log.Error("reply not sent", "via", "unknown command", "error", err)
	}
}
