package desk

import (
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// onPage is how many articles or revisions a page lists.
const onPage = 10

// pageAmong cuts a list to the page that is asked for, or the last one.
func pageAmong[T any](all []T, page int) (shown []T, at, pages int) {
	pages = max(1, (len(all)+onPage-1)/onPage)
	at = min(max(page, 0), pages-1)
	return all[at*onPage : min((at+1)*onPage, len(all))], at, pages
}

// pager is a row that leads to the pages before and after.
func (u Use) pager(a Action, on string, at, pages int) render.Row {
	var r render.Row
	if at > 0 {
		r = row(u.button("Back", a, on, at-1))
	}
	if at < pages-1 {
		r.Buttons = append(r.Buttons, row(u.button("Next page", a, on, at+1)).Buttons...)
	}
	return r
}

// ofPages says which page it is, where there are several.
func ofPages(at, pages int) string {
	if pages == 1 {
		return ""
	}
	return fmt.Sprintf("Page %d of %d.", at+1, pages)
}

// listArticles lists the articles by title.
func (d *Desk) listArticles(ctx context.Context, u Use) (Reply, error) {
	all, err := d.Articles.List(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	if len(all) == 0 {
		return say("There are no articles yet. Add one with /kb add, or from a file with /kb import."), nil
	}
	inForce := d.inForce(ctx, u.Guild)
	shown, at, pages := pageAmong(all, u.Page)
	rows, entries := make([]string, len(shown)), make([]render.Entry, len(shown))
	for i, p := range shown {
		rows[i] = listed(p, inForce[p.Article])
		entries[i] = render.Entry{Label: inMenu(titleOf(p)), Value: keyDigest(p.Article), Detail: inMenu(stateOf(p))}
	}
	m := panel("Articles", summary(all), strings.Join(rows, "\n"), ofPages(at, pages))
	return with(m, u.menu(actPick, "", "Look at one of them", entries), u.pager(actList, "", at, pages)), nil
}

// inForce are the articles that members are answered from, by name. Without them a
// list says less.
func (d *Desk) inForce(ctx context.Context, guild string) map[string]*article.Article {
	all, err := d.Reader.Articles(ctx, guild)
	if err != nil {
		d.Log.WarnContext(ctx, "articles could not be read", "error", err)
	}
	named := make(map[string]*article.Article, len(all))
	for _, a := range all {
		named[a.Slug] = a
	}
	return named
}

// summary counts articles by what is done with them.
func summary(all []library.Publication) string {
	own, shipped, out := 0, 0, 0
	for _, p := range all {
		switch {
		case p.State != library.Published:
			out++
		case p.Own:
			own++
		default:
			shipped++
		}
	}
	text := fmt.Sprintf("Members are answered from %s of your own and %s that came with the program.", counted(own, "article", "articles"), counted(shipped, "article", "articles"))
	switch out {
	case 0:
		return text
	case 1:
		return text + " 1 is out of use."
	}
	return text + fmt.Sprintf(" %d are out of use.", out)
}

// listed is a line of the list.
func listed(p library.Publication, a *article.Article) string {
	text := "- **" + plain(titleOf(p), 100) + "** · " + stateOf(p) + when(p.At, " · changed ")
	if a == nil {
		return text
	}
	text += " · updated by its author " + a.Meta.Updated.String()
	if a.Meta.Reviewed == nil {
		return text + " · not reviewed"
	}
	return text + " · reviewed " + a.Meta.Reviewed.On.String()
}

// titleOf is what an article is called in a list.
func titleOf(p library.Publication) string {
	if p.Title == "" {
		return p.Article
	}
	return p.Title
}

// stateOf says in a few words what is done with an article.
func stateOf(p library.Publication) string {
	switch p.State {
	case library.Hidden:
		return "came with the program, hidden"
	case library.Withdrawn:
		return "your own, withdrawn"
	case library.Published:
	}
	if p.Own {
		return "your own"
	}
	return "came with the program"
}

// pickArticle shows the article that was chosen in a list.
func (d *Desk) pickArticle(ctx context.Context, u Use) (Reply, error) {
	if len(u.Values) == 0 {
		return say("Nothing was chosen."), nil
	}
	u.Texts = map[string]string{optArticle: u.Values[0]}
	r, err := d.showArticle(ctx, u)
	r.Beside = true
	return r, err
}
