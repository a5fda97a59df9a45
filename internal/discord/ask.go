package discord

import (
	"context"
	"slices"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
)

// runAsk answers /ask.
func (b *Bot) runAsk(ctx context.Context, v visit) {
	v.text, v.private = v.event.Data.text(optionQuestion), v.settings.Private
	if wish := v.event.Data.yes(optionPrivate); wish != nil {
		v.private = *wish
	}
	b.ask(ctx, v, "/ask")
}

// runAnswer answers the message whose menu was opened, for whoever opened it: they
// can share what it says. What the bot itself wrote is no question.
func (b *Bot) runAnswer(ctx context.Context, v visit) {
	m := v.event.Data.Resolved.Messages[v.event.Data.Target]
	if v.text = b.withoutMention(m.Content); v.text == "" || b.toUs(&m) {
		v.tell(ctx, locale.NoticeNoText)
		return
	}
	v.private, v.lent = true, true
	b.ask(ctx, v, "menu")
}

// ask answers a question that came by an interaction: with a card as the callback
// itself when triage says so, with the answer as the callback when it is quick, and
// else with a promise that is kept later. The promise already has the visibility of
// the answer.
func (b *Bot) ask(ctx context.Context, v visit, via string) {
	known, whole := b.screen(v.asked)
	v.private = v.private || isPersonal(known)
	if whole {
		b.respond(ctx, v, via, known)
		return
	}
	if why, away := b.turnedAway(ctx, v.asked); away {
		if cards, ok := cardsOf(known); ok {
			b.respond(ctx, v, via, cards)
			return
		}
		v.refuse(ctx, why)
		return
	}
	a := b.begin(ctx, v.asked, known)
	defer a.cancel()
	if found, ok := a.awaitFast(b.timing.Fast - time.Since(v.received)); ok {
		v.private = v.private || isRestricted(found) || isPersonal(found)
		b.respond(ctx, v, via, found)
		return
	}
	if err := b.promise(ctx, v); err != nil {
		b.log.Error("no promise sent", "via", via, "error", err)
		if !api.Unsure(err) {
			return
		}
	}
	b.fulfil(ctx, v, via, a.await())
}

// isPersonal reports whether an answer is for the asker alone, where Discord can: it
// has a card, or says where else to ask, or goes by an age that the asker gave.
func isPersonal(a answer.Answer) bool {
	personal := func(one answer.Answer) bool {
		return len(one.Cards) > 0 || one.Minor || one.Reason == answer.Restricted
	}
	return personal(a) || slices.ContainsFunc(a.Parts, personal)
}

// callbackWindow is how long after it was received an interaction may get its
// callback: Discord's three seconds, less the way there.
const callbackWindow = 2900 * time.Millisecond

// promise sends the callback that says that an answer follows.
func (b *Bot) promise(ctx context.Context, v visit) error {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	return b.rest.Promise(ctx, v.ticket, v.private)
}

// respond sends an answer as the callback.
func (b *Bot) respond(ctx context.Context, v visit, via string, a answer.Answer) {
	b.deliver(ctx, v.asked, a, delivery{
		via: via, by: v.received.Add(callbackWindow), once: true,
		send: func(ctx context.Context, m api.Message) (string, error) {
			v.said.Store(true)
			return b.rest.Respond(ctx, v.ticket, m)
		},
	})
}

// fulfil sends an answer that was promised.
func (b *Bot) fulfil(ctx context.Context, v visit, via string, a answer.Answer) {
	b.deliver(ctx, v.asked, a, delivery{
		via: via + ", promised", owed: true,
		send: func(ctx context.Context, m api.Message) (string, error) {
			return b.rest.Fulfil(ctx, b.app.ID, v.ticket, m)
		},
	})
}
