package discord

import (
	"context"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// runCite answers /cite.
func (b *Bot) runCite(ctx context.Context, v visit) {
	if !b.letsRead(ctx, v) {
		return
	}
	if a, ok := b.articleNamed(ctx, v, v.event.Data.text(optionArticle)); ok {
		b.cite(ctx, v, a, article.Style(v.event.Data.text(optionStyle)), token{action: actCiteAs, on: keyOf(a.Slug)})
	}
}

// pressCite cites the article that an answer quotes, in the revision that was quoted.
func (b *Bot) pressCite(ctx context.Context, v visit, p library.Posted) {
	if found, ok := b.recall(ctx, v, p.Quoted, unheaded); ok {
		b.cite(ctx, v, found.Article, v.chosenStyle(), token{action: actCiteStyle, on: p.ID})
	}
}

// pressCiteArticle cites an article as it reads now.
func (b *Bot) pressCiteArticle(ctx context.Context, v visit) {
	if a, ok := b.articleKeyed(ctx, v, v.token.on); ok {
		b.cite(ctx, v, a, v.chosenStyle(), token{action: actCiteAs, on: v.token.on})
	}
}

func (v visit) chosenStyle() article.Style {
	if len(v.event.Data.Values) == 1 {
		return article.Style(v.event.Data.Values[0])
	}
	return ""
}

// cite shows a citation in private, with a menu of the styles. Another style takes the
// place of the first one; the answer or the page that is cited stays.
func (b *Bot) cite(ctx context.Context, v visit, a *article.Article, style article.Style, menu token) {
	if !slices.Contains(article.Styles(), style) {
		style = article.Styles()[0]
	}
	text, err := article.WorkOf(a.Meta).Cite(style)
	if err != nil {
		v.fail(ctx, "an article could not be cited", err)
		return
	}
	m := v.renderer().Citation(style, text, a.Meta.Title)
	entries := make([]render.Entry, 0, len(article.Styles()))
	for _, s := range article.Styles() {
		entries = append(entries, render.Entry{Label: v.renderer().StyleName(s), Value: string(s), Chosen: s == style})
	}
	m.Rows = rows(b.menu(v, menu, locale.MenuStyle, entries))
	if v.token.action == actCiteStyle || v.token.action == actCiteAs {
		v.show(ctx, api.Of(m))
		return
	}
	v.beside(ctx, api.Of(m))
}

// maxEntries is how many entries a menu has room for.
const maxEntries = 25

// menu makes a menu, or an empty row when it cannot be made.
func (b *Bot) menu(v visit, t token, hint locale.ID, entries []render.Entry) render.Row {
	id := b.customID(v.owner(), t)
	if id == "" || len(entries) == 0 {
		return render.Row{}
	}
	return render.Row{Menu: &render.Menu{ID: id, Hint: v.words.Say(hint, nil), Entries: entries[:min(len(entries), maxEntries)]}}
}
