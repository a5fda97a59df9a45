package discord

import (
	"context"
	"errors"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// recall returns a place of a recorded answer as it was quoted. When it may not be
// shown here, or is kept no more, the member is told so, and it reports false.
func (b *Bot) recall(ctx context.Context, v visit, p library.Place) (library.Recalled, bool) {
	var found library.Recalled
	err := v.aside(ctx, func(ctx context.Context) (err error) {
		found, err = b.reader.Recall(ctx, v.owner(), p)
		return err
	})
	switch {
	case errors.Is(err, article.ErrNotFound):
		v.tell(ctx, locale.NoticeStale)
	case err != nil:
		v.fail(ctx, "a quoted passage could not be read", err)
	case !b.mayRead(ctx, v, found.Article, found.Quote.Text):
		v.show(ctx, api.Of(b.pointer(v.asked)))
	default:
		return found, true
	}
	return found, false
}

// mayRead reports whether a text of an article may be shown where a member is.
func (b *Bot) mayRead(ctx context.Context, v visit, a *article.Article, text string) bool {
	return b.reader.Reading(v.owner(), b.kindOf(ctx, v.asked), false, a, text) == ""
}

// look is what a passage that is shown later depends on.
func (v visit) look(standing library.Standing) render.Look {
	look := v.b.lookOf(v.asked)
	look.Changed, look.Withdrawn = standing == library.Revised, standing == library.Departed
	return look
}

// pressContext shows a passage within its section.
func (b *Bot) pressContext(ctx context.Context, v visit, p library.Posted) {
	found, ok := b.recall(ctx, v, p.Quoted)
	if !ok {
		return
	}
	text, at := found.Article.Canonical, found.Quote.Span
	before, after := text[found.Around.Start:at.Start], text[at.End:found.Around.End]
	kind := b.kindOf(ctx, v.asked)
	for _, side := range []*string{&before, &after} {
		if b.reader.Reading(v.owner(), kind, false, found.Article, *side) != "" {
			*side = ""
		}
	}
	v.beside(ctx, api.Of(v.renderer().Context(found.Quote, before, after, v.look(found.Standing))))
}

// morePage is how many further passages are shown at once.
const morePage = 3

// pressMore shows further passages, a page of them.
func (b *Bot) pressMore(ctx context.Context, v visit, p library.Posted) {
	first := v.token.page * morePage
	var quotes []answer.Quote
	standing := library.Current
	for _, place := range p.Others[min(first, len(p.Others)):min(first+morePage, len(p.Others))] {
		var found library.Recalled
		err := v.aside(ctx, func(ctx context.Context) (err error) {
			found, err = b.reader.Recall(ctx, v.owner(), place)
			return err
		})
		if err != nil || found.Standing == library.Departed || !b.mayRead(ctx, v, found.Article, found.Quote.Text) {
			continue // the others may still help
		}
		if found.Standing != library.Current {
			standing = found.Standing
		}
		quotes = append(quotes, found.Quote)
	}
	if len(quotes) == 0 {
		v.tell(ctx, locale.NoticeNoMore)
		return
	}
	m := v.renderer().Passages(quotes, v.look(standing))
	if len(p.Others) > first+morePage {
		v.private = true
		m.Rows = rows(b.row(v.asked, button{action: actMore, label: locale.ButtonMore, on: p.ID, page: v.token.page + 1}))
	}
	v.show(ctx, api.Of(m))
}

// mayBeShared reports whether an answer of a tier may be shared: not what came with a
// card, which was for one member.
func mayBeShared(tier string) bool {
	return tier == safety.TierNone.String() || tier == safety.TierSafety.String()
}

// pressShare shows a private answer to all, as it was.
func (b *Bot) pressShare(ctx context.Context, v visit, p library.Posted) {
	switch {
	case !v.isAsker(p):
		v.tell(ctx, locale.NoticeNotYours)
		return
	case v.guild == "" || !mayBeShared(p.Tier):
		v.tell(ctx, locale.NoticeStale)
		return
	}
	found, ok := b.recall(ctx, v, p.Quoted)
	if !ok {
		return
	}
	if found.Standing == library.Departed {
		v.tell(ctx, locale.NoticeWithdrawn)
		return
	}
	a := answer.Answer{Outcome: answer.Answered, Quote: &found.Quote, Confidence: float64(p.Sure) / 1000}
	if p.Tier == safety.TierSafety.String() {
		card := b.reader.Disclaimer(v.owner())
		a.Tier, a.Disclaimer = safety.TierSafety, &card
	}
	v.shared = true
	b.respond(ctx, v, "share", a)
}
