package discord

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// runArticle answers /article: with the list, or the first page of the one named.
func (b *Bot) runArticle(ctx context.Context, v visit) {
	if why, away := b.readingAway(ctx, v); away {
		v.refuse(ctx, why)
		return
	}
	name := v.event.Data.text(optionArticle)
	if name == "" {
		b.listArticles(ctx, v, 0)
		return
	}
	if a, ok := b.articleNamed(ctx, v, name); ok {
		b.showPage(ctx, v, a, 0)
	}
}

// pressArticle goes to another page, of an article or of the list of articles.
func (b *Bot) pressArticle(ctx context.Context, v visit) {
	values := v.event.Data.Values
	switch {
	case v.token.action == actArticles && len(values) == 1:
		key, err := hex.DecodeString(values[0])
		if a, ok := b.articleKeyed(ctx, v, string(key)); ok && err == nil {
			b.showPage(ctx, v, a, 0)
		}
	case v.token.action == actArticles:
		b.listArticles(ctx, v, v.token.page)
	default:
		page := v.token.page
		if len(values) == 1 {
			page, _ = strconv.Atoi(values[0])
		}
		if a, ok := b.articleKeyed(ctx, v, v.token.on); ok {
			b.showPage(ctx, v, a, page)
		}
	}
}

// pressHeading shows the page of an article on which a section begins.
func (b *Bot) pressHeading(ctx context.Context, v visit) {
	a, ok := b.articleKeyed(ctx, v, keyAt(v.token.on, 0))
	if !ok {
		return
	}
	heading, page := keyAt(v.token.on, 1), 0
	pages := render.Paginate(a)
	if at := slices.IndexFunc(a.Sections, func(s article.Section) bool { return keyOf(s.Heading) == heading }); at >= 0 {
		page = max(0, slices.IndexFunc(pages, func(p render.PageRange) bool { return p.Section == at }))
	}
	if v.inPrivate() {
		b.showPage(ctx, v, a, page)
		return
	}
	v.beside(ctx, b.pageOf(ctx, v, a, pages, page))
}

// readable lists the articles that may be read where a member is.
func (b *Bot) readable(ctx context.Context, v visit) ([]*article.Article, bool) {
	var all []*article.Article
	err := v.aside(ctx, func(ctx context.Context) (err error) {
		all, err = b.reader.Articles(ctx, v.owner())
		return err
	})
	if err != nil {
		v.fail(ctx, "the articles could not be read", err)
		return nil, false
	}
	kind := b.kindOf(ctx, v.asked)
	return slices.DeleteFunc(slices.Clone(all), func(a *article.Article) bool {
		return b.reader.Reading(v.owner(), kind, false, a, "") != ""
	}), true
}

// articleKeyed finds an article by what stands for it in a token.
func (b *Bot) articleKeyed(ctx context.Context, v visit, key string) (*article.Article, bool) {
	return b.articleWhere(ctx, v, locale.NoticeStale, func(a *article.Article) bool { return key != "" && keyOf(a.Slug) == key })
}

// articleNamed finds an article by what a member typed or chose: what stands for it,
// its title or slug, or the only one whose title has the text in it. Without a text
// it is the only article that there is.
func (b *Bot) articleNamed(ctx context.Context, v visit, name string) (*article.Article, bool) {
	folded := strings.ToLower(strings.TrimSpace(name))
	exactly := func(a *article.Article) bool {
		return hex.EncodeToString([]byte(keyOf(a.Slug))) == folded || a.Slug == folded || strings.ToLower(a.Meta.Title) == folded
	}
	partly := func(a *article.Article) bool { return strings.Contains(strings.ToLower(a.Meta.Title), folded) }
	return b.articleWhere(ctx, v, locale.NoticeNoArticle, exactly, partly)
}

// articleWhere finds the article that the first of the conditions to hold for any
// holds for alone. When there is none, the member is told so, and it reports false.
func (b *Bot) articleWhere(ctx context.Context, v visit, none locale.ID, conditions ...func(*article.Article) bool) (*article.Article, bool) {
	if b.reader == nil {
		v.tell(ctx, locale.NoticeNoArticles)
		return nil, false
	}
	all, ok := b.readable(ctx, v)
	if !ok {
		return nil, false
	}
	for _, holds := range conditions {
		fit := slices.DeleteFunc(slices.Clone(all), func(a *article.Article) bool { return !holds(a) })
		if len(fit) == 1 {
			return fit[0], true
		}
	}
	v.tell(ctx, none)
	return nil, false
}

// listArticles shows a page of the list of articles, with a menu of them.
func (b *Bot) listArticles(ctx context.Context, v visit, page int) {
	if b.reader == nil {
		v.tell(ctx, locale.NoticeNoArticles)
		return
	}
	all, ok := b.readable(ctx, v)
	switch {
	case !ok:
		return
	case len(all) == 0:
		v.tell(ctx, locale.NoticeNoArticles)
		return
	}
	const perPage = 10
	page = min(max(page, 0), (len(all)-1)/perPage)
	shown := all[page*perPage : min((page+1)*perPage, len(all))]
	metas, entries := make([]article.Meta, len(shown)), make([]render.Entry, len(shown))
	for i, a := range shown {
		metas[i] = a.Meta
		entries[i] = render.Entry{Label: render.Label(a.Meta.Title), Value: hex.EncodeToString([]byte(keyOf(a.Slug)))}
	}
	m := v.renderer().Articles(metas, b.lookOf(v.asked))
	m.Rows = rows(b.menu(v, token{action: actArticles}, locale.MenuArticle, entries), b.turning(v, actArticles, "", page, (len(all)-1)/perPage))
	v.show(ctx, api.Of(m))
}

// turning makes the buttons that lead to the page before and the page after.
func (b *Bot) turning(v visit, act action, on string, page, last int) render.Row {
	v.private = true
	var buttons []button
	if page > 0 {
		buttons = append(buttons, button{action: act, label: locale.ButtonPrevious, on: on, page: page - 1})
	}
	if page < last {
		buttons = append(buttons, button{action: act, label: locale.ButtonNext, on: on, page: page + 1})
	}
	return b.row(v.asked, buttons...)
}

// showPage shows a page of an article, in private.
func (b *Bot) showPage(ctx context.Context, v visit, a *article.Article, page int) {
	v.show(ctx, b.pageOf(ctx, v, a, render.Paginate(a), page))
}

// pageOf makes a page of an article, with what leads to others.
func (b *Bot) pageOf(ctx context.Context, v visit, a *article.Article, pages []render.PageRange, page int) api.Message {
	if len(pages) == 0 {
		return api.Of(v.renderer().Sentence(locale.NoticeNoArticle))
	}
	page = min(max(page, 0), len(pages)-1)
	at := pages[page]
	text := a.Canonical[at.Range.Start:at.Range.End]
	m := v.renderer().Page(render.Page{
		Article: a.Meta, Slug: a.Slug, Section: headingAt(a, at.Section), Text: text, Number: page + 1, Of: len(pages),
		Hidden: !b.mayRead(ctx, v, a, text),
	}, b.lookOf(v.asked))
	on := keyOf(a.Slug)
	buttons := b.turning(v, actPage, on, page, len(pages)-1)
	v.private = true
	buttons.Buttons = append(buttons.Buttons, b.row(v.asked, button{action: actCiteArticle, label: locale.ButtonCite, on: on}).Buttons...)
	m.Rows = rows(b.menu(v, token{action: actContents, on: on}, locale.MenuContents, contents(a, pages, at.Section)), buttons)
	return api.Of(m)
}

func headingAt(a *article.Article, section int) string {
	if section < 0 || section >= len(a.Sections) {
		return ""
	}
	return a.Sections[section].Heading
}

// contents lists the sections of an article for a menu, each with the page on which it
// begins. Of too many it is those around the present one.
func contents(a *article.Article, pages []render.PageRange, present int) []render.Entry {
	var entries []render.Entry
	at := 0
	for i, s := range a.Sections {
		page := slices.IndexFunc(pages, func(p render.PageRange) bool { return p.Section == i })
		label := render.Label(s.Heading)
		if page < 0 || label == "" {
			continue
		}
		if i <= present {
			at = len(entries)
		}
		entries = append(entries, render.Entry{Label: label, Value: strconv.Itoa(page)})
	}
	first := min(max(0, at-maxEntries/2), max(0, len(entries)-maxEntries))
	return entries[first:min(len(entries), first+maxEntries)]
}
