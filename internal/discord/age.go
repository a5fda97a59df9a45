package discord

import (
	"context"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// Where age-restricted articles are quoted: in channels that are age-restricted
// themselves, in threads of such, in guilds that are as a whole, and in direct
// messages with somebody who agreed. What is not known counts as not restricted.

// kindFor is what a channel is under a guild's age policy.
func (b *Bot) kindFor(p place, info channelInfo, s library.Settings) answer.Channel {
	if s.AgePolicy != library.AgeNever && (info.restricted || b.guilds.restricted(p.guild)) {
		return answer.AgeRestricted
	}
	return answer.General
}

// kindKnown is kindOf by what is known without asking anybody.
func (b *Bot) kindKnown(q asked) answer.Channel {
	if q.guild == "" {
		return answer.General
	}
	info, _ := b.channels.find(q.channel)
	return b.kindFor(q.place, info, q.settings)
}

// kindOf says what may be quoted where something was asked.
func (b *Bot) kindOf(ctx context.Context, q asked) answer.Channel {
	if q.guild != "" {
		if kind := b.kindKnown(q); kind == answer.AgeRestricted {
			return kind
		}
		return b.kindFor(q.place, b.findChannel(ctx, q.channel), q.settings)
	}
	if b.agreed(ctx, q) {
		return answer.AgeRestricted
	}
	return answer.General
}

// agreed reports whether a member agreed to age-restricted quotes in direct messages.
// What cannot be found out is no.
func (b *Bot) agreed(ctx context.Context, q asked) bool {
	if b.optIns == nil || q.settings.AgePolicy == library.AgeNever {
		return false
	}
	for _, who := range q.who {
		in, err := b.optedIn(ctx, who)
		if err != nil {
			b.log.Error("it could not be found out whether somebody agreed", "error", err)
			return false
		}
		if in {
			return true
		}
	}
	return false
}

// consentWait is how long an answer waits for what a member agreed to.
const consentWait = time.Second

// optedIn asks whether a member agreed under one of their keys.
func (b *Bot) optedIn(ctx context.Context, who string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, consentWait)
	defer cancel()
	return askAside(ctx, b, "opt-in", func(ctx context.Context) (bool, error) {
		return b.optIns.OptedIn(ctx, library.Direct, who)
	})
}

// isRestricted reports whether an answer is nothing but that it may not be given here.
func isRestricted(a answer.Answer) bool {
	return a.Outcome == answer.Abstained && a.Reason == answer.Restricted && len(a.Cards) == 0 && len(a.Parts) == 0
}

// maxPointed is how many channels a pointer names.
const maxPointed = 5

// pointer says in private where an age-restricted question may be asked, or that it
// is not answered anywhere in the guild.
func (b *Bot) pointer(q asked) render.Message {
	r := render.New(b.words.For(q.language, q.settings.Language))
	if q.settings.AgePolicy == library.AgeNever {
		return r.Sentence(locale.NoticeNever)
	}
	var open []string
	for _, id := range b.channels.restrictedIn(q.guild) {
		if len(open) < maxPointed && isChosen(q.settings, id) {
			open = append(open, id)
		}
	}
	return r.Pointer(open)
}

// pressPointer shows the pointer to whoever asks for it.
func (b *Bot) pressPointer(ctx context.Context, v visit) {
	v.show(ctx, api.Of(b.pointer(v.asked)))
}

// canAgree reports whether a member may agree to age-restricted quotes where they are.
func (b *Bot) canAgree(q asked) bool {
	return q.guild == "" && b.optIns != nil && len(q.who) > 0 && q.settings.AgePolicy != library.AgeNever
}

// pressOptIn keeps that a member agrees, and pressOptOut that they do not any more.
func (b *Bot) pressOptIn(ctx context.Context, v visit) {
	if !b.canAgree(v.asked) {
		v.tell(ctx, locale.NoticeStale)
		return
	}
	v.keep(ctx, func(ctx context.Context) error { return b.optIns.OptIn(ctx, library.Direct, v.asker()) },
		locale.NoticeOptedIn, b.row(v.asked, button{action: actOptOut, label: locale.ButtonOptOut}))
}

func (b *Bot) pressOptOut(ctx context.Context, v visit) {
	if b.optIns == nil || v.guild != "" {
		v.tell(ctx, locale.NoticeStale)
		return
	}
	v.keep(ctx, func(ctx context.Context) error { return b.optOut(ctx, v.who) }, locale.NoticeOptedOut)
}

// optOut removes an agreement, under whichever key it was made.
func (b *Bot) optOut(ctx context.Context, who []string) error {
	for _, w := range who {
		if err := b.optIns.OptOut(ctx, library.Direct, w); err != nil {
			return err
		}
	}
	return nil
}
