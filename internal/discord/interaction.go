package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/internal/answer"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// onInteraction hands an interaction to a worker.
func (b *Bot) onInteraction(sh *shard, i *discordgo.Interaction) {
	if i == nil || i.Type != discordgo.InteractionApplicationCommand || !b.recent.first(i.ID) {
		return
	}
	t := ticket{i.ID, i.Token}
	if i.ApplicationCommandData().Name != commandAsk {
		sh.run("unknown command", func(ctx context.Context) {
			b.tell(ctx, t, b.words.For(string(i.Locale)), locale.FailureBroken)
		})
		return
	}
	o := optionsOf(i)
	q := b.askedByInteraction(sh, i, o.question)
	q.private = q.settings.Private
	if o.private != nil {
		q.private = *o.private
	}
	sh.run("ask", func(ctx context.Context) { b.ask(ctx, t, q) })
}

// askOptions are the options of /ask.
type askOptions struct {
	question string
	private  *bool // nil when the member did not say
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
				found.private = &value
			}
		}
	}
	return found
}

// ask answers /ask: with a card as the callback itself when triage says so, with
// the answer as the callback when it is quick, and else with a promise that is
// kept later. The promise already has the visibility of the answer.
func (b *Bot) ask(ctx context.Context, t ticket, q asked) {
	known, whole := b.screen(q)
	if whole {
		b.respond(ctx, t, q, known)
		return
	}
	if notice, silent := b.silenced(ctx, q); silent {
		b.decline(ctx, t, q, known, notice)
		return
	}
	a := b.begin(ctx, q, known)
	defer a.cancel()
	if found, ok := a.awaitFast(b.timing.Fast - time.Since(q.received)); ok {
		b.respond(ctx, t, q, found)
		return
	}
	if err := b.promise(ctx, t, q); err != nil {
		b.log.Error("no promise sent", "via", "/ask", "error", err)
		return
	}
	b.fulfil(ctx, t, q, a.await())
}

// callbackWindow is how long after it was received an interaction may get its
// callback: Discord's three seconds, less the way there.
const callbackWindow = 2900 * time.Millisecond

// promise sends the callback that says that an answer follows.
func (b *Bot) promise(ctx context.Context, t ticket, q asked) error {
	ctx, cancel := context.WithDeadline(ctx, q.received.Add(callbackWindow))
	defer cancel()
	return b.rest.promise(ctx, t, q.private)
}

// respond sends an answer as the callback.
func (b *Bot) respond(ctx context.Context, t ticket, q asked, a answer.Answer) {
	b.deliver(ctx, q, a, delivery{via: "/ask", by: q.received.Add(callbackWindow), once: true, send: func(ctx context.Context, a answer.Answer) (string, error) {
		return b.rest.respond(ctx, t, b.show(q, a))
	}})
}

// fulfil sends an answer that was promised.
func (b *Bot) fulfil(ctx context.Context, t ticket, q asked, a answer.Answer) {
	b.deliver(ctx, q, a, delivery{via: "/ask, promised", owed: true, send: func(ctx context.Context, a answer.Answer) (string, error) {
		return b.rest.fulfil(ctx, b.app.ID, t, b.show(q, a))
	}})
}

// decline says in private that the guild's moderators want no answer here, or shows
// the cards that are shown all the same.
func (b *Bot) decline(ctx context.Context, t ticket, q asked, known answer.Answer, notice locale.ID) {
	if cards, ok := cardsOf(known); ok {
		b.respond(ctx, t, q, cards)
		return
	}
	b.tell(ctx, t, b.words.For(q.language, q.settings.Language), notice)
}

// tell sends one sentence, in private, as the callback.
func (b *Bot) tell(ctx context.Context, t ticket, words *locale.Words, sentence locale.ID) {
	ctx, cancel := sending(ctx)
	defer cancel()
	m := render.New(words).Sentence(sentence)
	m.Ephemeral = true
	if _, err := b.rest.respond(ctx, t, m); err != nil {
		b.log.Error("notice not sent", "notice", sentence, "error", err)
	}
}
