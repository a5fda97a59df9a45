package discord

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/propagate"
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
	look := v.look(found.Standing)
	look.Retracted = p.Shown == library.Retracted
	then := aroundOf(found.Quote, found.Article, found.Around)
	if found.Standing != library.Revised {
		v.beside(ctx, api.Of(v.renderer().Context(then.Quote, then.Before, then.After, look)))
		return
	}
	now, closed, err := b.readsNow(ctx, v, found)
	switch {
	case err != nil:
		v.unread(ctx, "what a passage reads now could not be read", err)
	case closed:
		v.beside(ctx, api.Of(v.renderer().Context(then.Quote, then.Before, then.After, look)))
	default:
		v.beside(ctx, api.Of(v.renderer().ThenAndNow(then, now, look)))
	}
}

func aroundOf(q answer.Quote, a *article.Article, section article.Range) render.Around {
	return render.Around{Quote: q, Before: a.Canonical[section.Start:q.Span.Start], After: a.Canonical[q.Span.End:section.End]}
}

// readsNow returns what an article that was revised says now in the place of a quote,
// nil when it says nothing like it; closed reports that it may not be shown here.
func (b *Bot) readsNow(ctx context.Context, v visit, then library.Recalled) (now *render.Around, closed bool, err error) {
	articles, err := fetch(ctx, v, func(ctx context.Context) ([]*article.Article, error) { return b.reader.Articles(ctx, v.owner()) })
	if err != nil {
		return nil, false, err
	}
	i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.Slug == then.Quote.Article })
	if i < 0 {
		return nil, false, nil
	}
	q, section, ok := propagate.Counterpart(then.Quote, articles[i])
	switch {
	case !ok:
		return nil, false, nil
	case !b.mayRead(v, v.kind(ctx), articles[i], section.Heading):
		return nil, true, nil
	}
	found := aroundOf(q, articles[i], section.Range)
	return &found, false, nil
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
	switch {
	case p.Shown == library.Retracted:
		v.tell(ctx, locale.NoticeRetracted)
		return
	case found.Standing == library.Departed:
		v.tell(ctx, locale.NoticeWithdrawn)
		return
	}
	b.respondShared(ctx, v, p, found)
}

// respondShared shows to all what a private answer said.
func (b *Bot) respondShared(ctx context.Context, v visit, p library.Posted, found library.Recalled) {
	a := answer.Answer{
		Outcome: answer.Answered, Quote: &found.Quote, Confidence: float64(p.Sure) / 1000,
		Contradicts: b.current(ctx, v, p.Against), More: b.current(ctx, v, p.Others),
	}
	a.Quote.Decisive = p.Decisive
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

// current returns those of the places that stand as they were and may be shown where a
// member is. What cannot be read is left out.
func (b *Bot) current(ctx context.Context, v visit, places []library.Place) (quotes []answer.Quote) {
	kind := v.kind(ctx)
	for _, place := range places {
		found, err := b.recallPlace(ctx, v, place)
		if err == nil && found.Standing == library.Current && b.mayRead(v, kind, found.Article, found.Quote.Section) {
			quotes = append(quotes, found.Quote)
		}
	}
	return quotes
}
