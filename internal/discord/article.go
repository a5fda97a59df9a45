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
	"verbatim/internal/library"
)

// runArticle answers /article: with the list, or the first page of the one named.
func (b *Bot) runArticle(ctx context.Context, v visit) {
	if !b.letsRead(ctx, v) {
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
		if err != nil {
			key = nil
		}
		if a, ok := b.articleKeyed(ctx, v, string(key)); ok {
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

// pressHeading shows the page of an article on which a section begins. The reply with
// the button stays, as it may have another one.
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
	v.beside(ctx, b.pageOf(ctx, v, a, pages, page))
}

// readable lists the articles that may be read where a member is.
func (b *Bot) readable(ctx context.Context, v visit) ([]*article.Article, error) {
	all, err := fetch(ctx, v, func(ctx context.Context) ([]*article.Article, error) { return b.reader.Articles(ctx, v.owner()) })
	if err != nil {
		return nil, err
	}
	return b.openIn(v, v.kind(ctx), all), nil
}

// shelved is readable for whoever needs an article. When there is none to be read the
// member is told so, and it reports false.
func (b *Bot) shelved(ctx context.Context, v visit) ([]*article.Article, bool) {
	if b.reader == nil {
		v.tell(ctx, locale.NoticeNoArticles)
		return nil, false
	}
	all, err := b.readable(ctx, v)
	switch {
	case err != nil:
		v.unread(ctx, "the articles could not be read", err)
	case len(all) == 0:
		v.tell(ctx, locale.NoticeNoArticles)
	}
	return all, len(all) > 0
}

// articleKeyed finds an article by what stands for it in a token. When it is there no
// more, the member is told so, and it reports false.
func (b *Bot) articleKeyed(ctx context.Context, v visit, key string) (*article.Article, bool) {
	all, ok := b.shelved(ctx, v)
	if !ok {
		return nil, false
	}
	if at := slices.IndexFunc(all, func(a *article.Article) bool { return key != "" && keyOf(a.Slug) == key }); at >= 0 {
		return all[at], true
	}
	v.tell(ctx, locale.NoticeStale)
	return nil, false
}

// articleNamed finds an article by what a member typed or chose: what stands for it,
// its title or slug, or the only one whose title has the text in it. Without a text
// it is the only article that there is, and where there are several they are listed.
// When there is none of that name, the member is told so. It reports whether one was
// found.
func (b *Bot) articleNamed(ctx context.Context, v visit, name string) (*article.Article, bool) {
	all, ok := b.shelved(ctx, v)
	if !ok {
		return nil, false
	}
	name = folded(name)
	if name == "" && len(all) > 1 {
		b.showList(ctx, v, all, 0)
		return nil, false
	}
	exactly := func(a *article.Article) bool {
		return valueOf(a) == name || folded(a.Slug) == name || folded(a.Meta.Title) == name
	}
	partly := func(a *article.Article) bool { return strings.Contains(folded(a.Meta.Title), name) }
	for _, holds := range []func(*article.Article) bool{exactly, partly} {
		fit := slices.DeleteFunc(slices.Clone(all), func(a *article.Article) bool { return !holds(a) })
		if len(fit) == 1 {
			return fit[0], true
		}
	}
	b.missing(ctx, v, exactly)
	return nil, false
}

// missing says that an article cannot be read where a member is: because there is none
// of that name, or only for elsewhere.
func (b *Bot) missing(ctx context.Context, v visit, named func(*article.Article) bool) {
	all, err := fetch(ctx, v, func(ctx context.Context) ([]*article.Article, error) { return b.reader.Articles(ctx, v.owner()) })
	switch {
	case err != nil || !slices.ContainsFunc(all, named):
		v.tell(ctx, locale.NoticeNoArticle)
	case b.canAgree(v.asked):
		m := v.renderer().Confirm()
		v.private = true
		m.Rows = b.restrictedButtons(v.asked, render.Row{})
		v.beside(ctx, api.Of(m))
	case v.settings.AgePolicy == library.AgeNever:
		v.tell(ctx, locale.NoticeNever)
	default:
		v.tell(ctx, locale.NoticeRestricted)
	}
}

// folded is a text as it is compared: without capitals and superfluous white space.
func folded(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), " ") }

// valueOf stands for an article in a menu or a completion.
func valueOf(a *article.Article) string { return hex.EncodeToString([]byte(keyOf(a.Slug))) }

// labelOf is what an article is called there.
func labelOf(a *article.Article) string { return render.Label(a.Meta.Title, a.Slug) }

// listArticles shows a page of the list of articles, with a menu of them.
func (b *Bot) listArticles(ctx context.Context, v visit, page int) {
	if all, ok := b.shelved(ctx, v); ok {
		b.showList(ctx, v, all, page)
	}
}

// listed is how many articles a page of the list has.
const listed = 10

func (b *Bot) showList(ctx context.Context, v visit, all []*article.Article, page int) {
	last := (len(all) - 1) / listed
	page = min(max(page, 0), last)
	var metas []article.Meta
	var entries []render.Entry
	for _, a := range all[page*listed : min((page+1)*listed, len(all))] {
		metas = append(metas, a.Meta)
		entries = append(entries, render.Entry{Label: labelOf(a), Value: valueOf(a)})
	}
	m := v.renderer().Articles(metas, b.lookOf(v.asked))
	m.Rows = rows(b.menu(v, token{action: actArticles, page: page}, locale.MenuArticle, entries), b.turning(v, actArticles, "", page, last))
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

// pageOf makes a page of an article, with what leads to others. Where a page may not
// be shown its heading may give away as much, and is judged as well.
func (b *Bot) pageOf(ctx context.Context, v visit, a *article.Article, pages []render.PageRange, page int) api.Message {
	if len(pages) == 0 {
		return api.Of(v.renderer().Sentence(locale.NoticeNoArticle))
	}
	page = min(max(page, 0), len(pages)-1)
	at, kind := pages[page], v.kind(ctx)
	text := a.Canonical[at.Range.Start:at.Range.End]
	heading := headingAt(a, at.Section)
	hidden := !b.mayRead(v, kind, a, heading)
	if hidden {
		heading = ""
	}
	m := v.renderer().Page(render.Page{
		Article: a.Meta, Slug: a.Slug, Section: heading, Text: text, Number: page + 1, Of: len(pages), Hidden: hidden,
	}, b.lookOf(v.asked))
	on := keyOf(a.Slug)
	buttons := b.turning(v, actPage, on, page, len(pages)-1)
	v.private = true
	buttons.Buttons = append(buttons.Buttons, b.row(v.asked, button{action: actCiteArticle, label: locale.ButtonCite, on: on}).Buttons...)
	sections := contents(a, pages, at.Section, func(heading string) bool { return b.mayRead(v, kind, a, heading) })
	m.Rows = rows(b.menu(v, token{action: actContents, on: on}, locale.MenuContents, sections), buttons)
	return api.Of(m)
}

func headingAt(a *article.Article, section int) string {
	if section < 0 || section >= len(a.Sections) {
		return ""
	}
	return a.Sections[section].Heading
}

// contents lists the sections of an article for a menu, each with the page on which it
// begins, without those whose headings may not be shown. Of too many it is those
// around the present one. Each is judged, as what is left out takes no room among them.
func contents(a *article.Article, pages []render.PageRange, present int, shown func(heading string) bool) []render.Entry {
	var entries []render.Entry
	at, last := 0, -1
	for n, p := range pages { // in the order of the sections
		if p.Section == last {
			continue
		}
		last = p.Section
		heading := headingAt(a, p.Section)
		label := render.Label(heading)
		if label == "" || !shown(heading) {
			continue
		}
		if p.Section <= present {
			at = len(entries)
		}
		entries = append(entries, render.Entry{Label: label, Value: strconv.Itoa(n)})
	}
	first := min(max(0, at-maxEntries/2), max(0, len(entries)-maxEntries))
	return entries[first:min(len(entries), first+maxEntries)]
}
