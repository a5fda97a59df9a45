package discord

import (
	"cmp"
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
// shown here, or is kept no more, the member is told so, and it reports false. heading
// gives what is judged beside the article itself.
func (b *Bot) recall(ctx context.Context, v visit, p library.Place, heading func(answer.Quote) string) (library.Recalled, bool) {
	found, err := b.recallPlace(ctx, v, p)
	switch {
	case errors.Is(err, article.ErrNotFound):
		v.tell(ctx, locale.NoticeStale)
	case err != nil:
		v.unread(ctx, "a quoted passage could not be read", err)
	case !b.mayRead(v, v.kind(ctx), found.Article, heading(found.Quote)):
		v.beside(ctx, api.Of(b.pointer(v.asked)))
	default:
		return found, true
	}
	return library.Recalled{}, false
}

func (b *Bot) recallPlace(ctx context.Context, v visit, p library.Place) (library.Recalled, error) {
	return fetch(ctx, v, func(ctx context.Context) (library.Recalled, error) { return b.reader.Recall(ctx, v.owner(), p) })
}

// section is the heading above a quote, and unheaded judges by the article alone.
func section(q answer.Quote) string { return q.Section }
func unheaded(answer.Quote) string  { return "" }

// mayRead reports whether what an article says under a heading may be shown in a kind
// of channel.
func (b *Bot) mayRead(v visit, kind answer.Channel, a *article.Article, heading string) bool {
	return b.reader.Reading(v.owner(), kind, a, heading) == ""
}

// look is what a passage that is shown later depends on.
func (v visit) look(standing library.Standing) render.Look {
	look := v.b.lookOf(v.asked)
	look.Changed, look.Withdrawn = standing == library.Revised, standing == library.Departed
	return look
}

// pressContext shows a passage within its section.
func (b *Bot) pressContext(ctx context.Context, v visit, p library.Posted) {
	found, ok := b.recall(ctx, v, p.Quoted, section)
	if !ok {
		return
	}
	text, at := found.Article.Canonical, found.Quote.Span
	before, after := text[found.Around.Start:at.Start], text[at.End:found.Around.End]
	v.beside(ctx, api.Of(v.renderer().Context(found.Quote, before, after, v.look(found.Standing))))
}

// morePage is how many further passages are shown at once.
const morePage = 3

// pressMore shows further passages, a page of them. The page in the token is the
// place from which to go on. What comes after the first page takes its place.
func (b *Bot) pressMore(ctx context.Context, v visit, p library.Posted) {
	quotes, look, next, err := b.further(ctx, v, p.Others[min(v.token.page, len(p.Others)):])
	switch {
	case len(quotes) == 0 && errors.Is(err, errClosed):
		v.beside(ctx, api.Of(b.pointer(v.asked)))
		return
	case len(quotes) == 0 && err != nil:
		v.unread(ctx, "further passages could not be read", err)
		return
	case len(quotes) == 0:
		v.tell(ctx, locale.NoticeNoMore)
		return
	}
	m := v.renderer().Passages(quotes, look)
	if next > 0 {
		v.private = true
		m.Rows = rows(b.row(v.asked, button{action: actMore, label: locale.ButtonMore, on: p.ID, page: v.token.page + next}))
	}
	if v.token.page == 0 {
		v.beside(ctx, api.Of(m)) // the answer stays
		return
	}
	v.show(ctx, api.Of(m))
}

// errClosed stands for a passage that is not shown where a member is.
var errClosed = errors.New("it is shown only in age-restricted channels")

// further returns the first of the places that can be shown where a member is, at most
// [morePage], and the index of the next one after those, 0 for none. What cannot be
// read is passed over: the others may still help. The error is errClosed when nothing
// failed and some may not be shown there.
func (b *Bot) further(ctx context.Context, v visit, places []library.Place) (quotes []answer.Quote, look render.Look, next int, failure error) {
	kind := v.kind(ctx)
	standing := library.Current
	for i, place := range places {
		found, err := b.recallPlace(ctx, v, place)
		if err != nil && !errors.Is(err, article.ErrNotFound) {
			failure = err
		}
		if err != nil || found.Standing == library.Departed {
			continue
		}
		if !b.mayRead(v, kind, found.Article, found.Quote.Section) {
			failure = cmp.Or(failure, errClosed)
			continue
		}
		if len(quotes) == morePage {
			next = i
			break
		}
		if found.Standing != library.Current {
			standing = found.Standing
		}
		quotes = append(quotes, found.Quote)
	}
	return quotes, v.look(standing), next, failure
}

// mayBeShared reports whether an answer of a tier may be shared: not what came with a
// card, which was for one member.
func mayBeShared(tier string) bool {
	return tier == safety.TierNone.String() || tier == safety.TierSafety.String()
}

// pressShare shows a private answer to all, as it was, and only once.
func (b *Bot) pressShare(ctx context.Context, v visit, p library.Posted) {
	switch {
	case !v.isAsker(p):
		v.tell(ctx, locale.NoticeNotYours)
		return
	case v.guild == "" || !v.inPrivate() || !mayBeShared(p.Tier):
		v.tell(ctx, locale.NoticeStale)
		return
	}
	found, ok := b.recall(ctx, v, p.Quoted, section)
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
	v.outdated = found.Standing == library.Revised
	v.shared, v.id = true, "share/"+p.ID // so that the ledger takes one of them
	b.respond(ctx, v, "share", a)
	if !v.said.Load() {
		v.tell(ctx, locale.NoticeStale)
	}
}
