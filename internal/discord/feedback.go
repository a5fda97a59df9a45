package discord

import (
	"context"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/library"
)

// pressHelpful keeps that an answer helped a member.
func (b *Bot) pressHelpful(ctx context.Context, v visit, p library.Posted) {
	if b.vote(ctx, v, p, library.Helpful, "") {
		v.tell(ctx, locale.NoticeThanks)
	}
}

// pressNotHelpful keeps that it did not, and offers to say why.
func (b *Bot) pressNotHelpful(ctx context.Context, v visit, p library.Posted) {
	if !b.vote(ctx, v, p, library.NotHelpful, "") {
		return
	}
	m := v.renderer().Sentence(locale.NoticeThanks)
	private := v.asked
	private.private = true
	m.Rows = rows(b.row(private, button{action: actReason, label: locale.ButtonReason, on: p.ID}))
	v.beside(ctx, api.Of(m))
}

// inputReason is the field of the modal.
const inputReason = "reason"

// pressReason asks for the reason, and keeps it when it comes back.
func (b *Bot) pressReason(ctx context.Context, v visit, p library.Posted) {
	if v.event.Kind == kindModal {
		reason := strings.Join(strings.Fields(v.event.Data.input(inputReason)), " ")
		if b.vote(ctx, v, p, library.NotHelpful, reason) {
			v.show(ctx, api.Of(v.renderer().Sentence(locale.NoticeThanks)))
		}
		return
	}
	ctx, cancel := v.callback(ctx)
	defer cancel()
	v.log("a form", b.rest.Show(ctx, v.ticket, api.Modal{
		ID: v.event.Data.CustomID, Title: v.words.Say(locale.ModalReason, nil),
		Inputs: []api.Input{{
			ID: inputReason, Label: v.words.Say(locale.ModalReasonLabel, nil), Hint: v.words.Say(locale.ModalReasonHint, nil),
			Long: true, Max: library.MaxReason,
		}},
	}))
}

// vote keeps a verdict and reports whether it could.
func (b *Bot) vote(ctx context.Context, v visit, p library.Posted, verdict library.Verdict, reason string) bool {
	if v.asker() == "" {
		v.tell(ctx, locale.NoticeStale)
		return false
	}
	err := v.aside(ctx, func(ctx context.Context) error {
		return b.ledger.Vote(ctx, v.owner(), p.ID, v.asker(), verdict, reason)
	})
	if err != nil {
		v.fail(ctx, "a verdict could not be kept", err)
		return false
	}
	b.tally.voted(v.owner(), p.ID, v.asker(), verdict)
	return true
}
