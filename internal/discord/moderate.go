package discord

import (
	"context"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
	"verbatim/internal/discord/locale"
)

// How long what a moderator asked for may take: until it is shown, and while it is
// watched. An interaction can be replied to for fifteen minutes.
const (
	moderateLimit = 5 * time.Minute
	watchLimit    = 14 * time.Minute
)

// moderate does what a moderator asked for by a command, a component or a form, and
// shows in private what came of it. This is the one way to all of it: whoever does not
// moderate the guild now is told so, and nothing else happens.
func (b *Bot) moderate(ctx context.Context, v visit) {
	if !b.mayModerate(v) {
		v.tell(ctx, locale.NoticeModerators)
		return
	}
	ctx, cancel := context.WithDeadline(ctx, v.received.Add(moderateLimit))
	defer cancel()
	u := b.useOf(v)
	found := make(chan desk.Reply, 1)
	go func() { found <- b.runDesk(ctx, v, u) }()
	fast := time.NewTimer(b.timing.Fast - time.Since(v.received))
	defer fast.Stop()
	select {
	case reply := <-found:
		b.showDesk(ctx, v, reply)
	case <-fast.C:
		b.promiseDesk(ctx, v)
		b.showDeskLate(ctx, v, b.awaitDesk(ctx, v, found))
	}
}

// mayModerate reports whether a member moderates the guild in which they are, by what
// Discord says with this very event. In direct messages nobody does.
func (b *Bot) mayModerate(v visit) bool {
	return b.moderators != nil && v.guild != "" && v.moderator && v.user != ""
}

// runDesk hands a use over. What panics is told as something that went wrong.
func (b *Bot) runDesk(ctx context.Context, v visit, u desk.Use) (reply desk.Reply) {
	broken := api.Of(v.renderer().Sentence(locale.FailureBroken))
	reply = desk.Reply{Show: &broken}
	b.work.guard("moderators", func() {
		found, err := b.moderators.Run(ctx, u)
		if err != nil {
			b.log.Error("what a moderator asked for failed", "command", u.Command, "sub", u.Sub, "action", string(u.Action), "error", err)
		}
		reply = found
	})
	return reply
}

// awaitDesk waits for a reply that is late.
func (b *Bot) awaitDesk(ctx context.Context, v visit, found <-chan desk.Reply) desk.Reply {
	select {
	case reply := <-found:
		return reply
	case <-ctx.Done():
		late := api.Of(v.renderer().Sentence(locale.FailureLate))
		return desk.Reply{Show: &late}
	}
}

// showDesk shows a reply as the callback.
func (b *Bot) showDesk(ctx context.Context, v visit, reply desk.Reply) {
	switch {
	case reply.Form != nil:
		b.showForm(ctx, v, *reply.Form)
		return
	case reply.Show == nil:
		v.tell(ctx, locale.FailureBroken)
		return
	case reply.Beside:
		v.beside(ctx, *reply.Show)
	default:
		reply.Show.NoFiles = true
		v.show(ctx, *reply.Show)
	}
	b.follow(v, reply) //nolint:contextcheck // it outlasts the reply
}

func (b *Bot) showForm(ctx context.Context, v visit, form api.Modal) {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	v.log("a form", b.rest.Show(ctx, v.ticket, form))
}

// promiseDesk is the callback that says that a reply follows: in private, or in the
// place of the private message whose component was used.
func (b *Bot) promiseDesk(ctx context.Context, v visit) {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	var err error
	if v.inPrivate() {
		err = b.rest.Accept(ctx, v.ticket)
	} else {
		err = b.rest.Promise(ctx, v.ticket, true)
	}
	v.log("a promise", err)
}

// showDeskLate shows a reply that was promised. A form comes too late for that.
func (b *Bot) showDeskLate(ctx context.Context, v visit, reply desk.Reply) {
	if reply.Show == nil {
		late := api.Of(v.renderer().Sentence(locale.FailureLate))
		reply.Show = &late
	}
	m := *reply.Show
	m.Ephemeral, m.NoFiles = true, true
	within, cancel := sending(ctx)
	defer cancel()
	var err error
	if reply.Beside && v.inPrivate() {
		_, err = b.rest.FollowUp(within, b.app.ID, v.ticket, m)
	} else {
		_, err = b.rest.Fulfil(within, b.app.ID, v.ticket, m)
	}
	v.log("a private reply", err)
	b.follow(v, reply) //nolint:contextcheck // it outlasts the reply
}

// follow shows how long work goes on, in the place of the reply.
func (b *Bot) follow(v visit, reply desk.Reply) {
	if reply.Follow == nil {
		return
	}
	ctx, cancel := context.WithDeadline(b.work.ctx, v.received.Add(watchLimit))
	defer cancel()
	reply.Follow(ctx, func(m api.Message) {
		within, cancel := sending(ctx)
		defer cancel()
		m.Ephemeral, m.NoFiles = true, true
		_, err := b.rest.Fulfil(within, b.app.ID, v.ticket, m)
		v.log("how far long work is", err)
	})
}

// completeForModerator completes what a moderator types, and nothing for others.
func (b *Bot) completeForModerator(ctx context.Context, v visit) {
	var choices []api.Choice
	if b.mayModerate(v) {
		var err error
		choices, err = fetch(ctx, v, func(ctx context.Context) ([]api.Choice, error) { return b.moderators.Complete(ctx, b.useOf(v)) })
		if err != nil {
			b.log.Warn("nothing could be completed for a moderator", "error", err)
		}
	}
	ctx, cancel := v.callback(ctx)
	defer cancel()
	v.log("a list of completions", b.rest.Complete(ctx, v.ticket, choices))
}
