package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// showArticle shows an article, or an earlier revision of it.
func (d *Desk) showArticle(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	m, _, err := d.shown(ctx, u, p, u.Texts[optRevision])
	if err != nil {
		return Reply{}, err
	}
	return with(m, row(u.button("History", actHistory, keyDigest(p.Article), 0))), nil
}

// shown is a revision of an article, with its Markdown attached.
func (d *Desk) shown(ctx context.Context, u Use, p library.Publication, hash string) (api.Message, library.Revision, error) {
	r, err := d.Articles.Show(ctx, u.Guild, p.Article, hash)
	if err != nil {
		return api.Message{}, library.Revision{}, err
	}
	which := upperFirst(stateOf(p)) + ", at revision " + short(r.Hash) + "."
	if p.Own {
		which = "Revision " + short(r.Hash) + ", published by " + byWhom(r.By) + when(r.At, " on ") + ". " + upperFirst(stateOf(p)) + "."
	}
	if p.Own && r.Hash != p.Hash {
		which += " **This revision is not the current one.**"
	}
	name := fileName(r)
	a, unread := article.Parse([]byte(r.Source), article.Options{File: name})
	if unread != nil {
		d.Log.WarnContext(ctx, "a revision cannot be read any more", "article", p.Article, "revision", r.Hash, "error", unread)
		m := panel(titleOf(p), which, "Its text cannot be read by this version of the program. It is attached as it was published.")
		return attached(m, name, []byte(r.Source)), r, nil
	}
	if now := d.inForce(ctx, u.Guild)[p.Article]; now != nil && now.Revision == a.Revision {
		a.Meta.Reviewed = now.Meta.Reviewed
	}
	s := newSheet(cut(a.Meta.Title, 100), which, facts(p.Article, a), note(r.Note))
	s.add("Sections", itemsOf(sizes(a)), 25)
	s.write("The text is attached as " + render.Escape(name) + ".")
	s.attach(name, r.Source)
	return s.done("article.txt"), r, nil
}

// note is what the moderator who published a revision said about it.
func note(text string) string {
	if text == "" {
		return ""
	}
	return "**Reason given:** " + plain(text, 300)
}

// versions are the revisions of the article that a use is about, newest first.
func (d *Desk) versions(ctx context.Context, u Use) (library.Publication, []library.Version, error) {
	p, err := d.publicationOf(ctx, u.Guild, cmp.Or(u.On, u.Texts[optArticle]))
	if err != nil {
		return p, nil, err
	}
	all, err := d.Articles.History(ctx, u.Guild, p.Article)
	slices.Reverse(all)
	return p, all, err
}

// showHistory lists the revisions of an article.
func (d *Desk) showHistory(ctx context.Context, u Use) (Reply, error) {
	p, all, err := d.versions(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	if !p.Own {
		return with(panel("History of "+cut(titleOf(p), 100), "It came with the program and has the one revision "+short(all[0].Hash)+". "+upperFirst(stateOf(p))+".")), nil
	}
	shown, at, pages := pageAmong(all, u.Page)
	rows, entries := make([]string, len(shown)), make([]render.Entry, len(shown))
	for i, v := range shown {
		rows[i] = version(v)
		entries[i] = render.Entry{Label: inMenu(revisionLabel(v)), Value: v.Hash[:min(len(v.Hash), 16)], Detail: inMenu(v.Note)}
	}
	m := panel("History of "+cut(titleOf(p), 100), upperFirst(stateOf(p))+", with "+counted(len(all), "revision", "revisions")+", the newest first.",
		strings.Join(rows, "\n"), ofPages(at, pages))
	digest := keyDigest(p.Article)
	return with(m, u.menu(actRevision, digest, "Look at one of them, or go back to it", entries), u.pager(actHistory, digest, at, pages)), nil
}

// version is a line of a history.
func version(v library.Version) string {
	text := "- " + short(v.Hash) + when(v.At, " · ") + " · " + byWhom(v.By) + " · " + plain(v.Title, 60)
	if v.Current {
		text += " · **current**"
	}
	if v.Note != "" {
		text += " · " + plain(v.Note, 60)
	}
	return text
}

// revisionLabel is a revision in one line of plain text.
func revisionLabel(v library.Version) string {
	text := short(v.Hash)
	if !v.At.IsZero() {
		text = v.At.UTC().Format("2006-01-02 15:04") + " · " + text
	}
	if v.Current {
		text += " (current)"
	}
	return text + " · " + strings.Join(strings.Fields(v.Title), " ")
}

// pickRevision shows a revision that was chosen in a history, with what leads back to it.
func (d *Desk) pickRevision(ctx context.Context, u Use) (Reply, error) {
	p, all, err := d.versions(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	if len(u.Values) == 0 {
		return say("Nothing was chosen."), nil
	}
	m, r, err := d.shown(ctx, u, p, u.Values[0])
	if err != nil {
		return Reply{}, err
	}
	i := slices.IndexFunc(all, func(v library.Version) bool { return v.Hash == r.Hash })
	if i < 0 || r.Hash == p.Hash {
		return beside(m), nil
	}
	n := len(all) - 1 - i // from the oldest, which later revisions do not change
	return beside(m, row(u.button("What changed since", actChanges, u.On, n), u.button("Go back to this one…", actRevert, u.On, n))), nil
}

// numbered returns the revision that a button is about.
func (d *Desk) numbered(ctx context.Context, u Use) (library.Publication, string, error) {
	p, all, err := d.versions(ctx, u)
	if err != nil {
		return p, "", err
	}
	if i := len(all) - 1 - u.Page; i >= 0 && i < len(all) {
		return p, all[i].Hash, nil
	}
	return p, "", fmt.Errorf("%w: there is no such revision any more; look at /kb history", article.ErrNotFound)
}

// showDiff compares two revisions.
func (d *Desk) showDiff(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	return d.differences(ctx, u, p, u.Texts[optFrom], u.Texts[optTo])
}

// changesSince shows what changed since a revision.
func (d *Desk) changesSince(ctx context.Context, u Use) (Reply, error) {
	p, hash, err := d.numbered(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	r, err := d.differences(ctx, u, p, hash, "")
	r.Beside = true
	return r, err
}

func (d *Desk) differences(ctx context.Context, u Use, p library.Publication, from, to string) (Reply, error) {
	diff, err := d.Bench.Diff(ctx, u.Guild, p.Article, from, to)
	if err != nil {
		return Reply{}, err
	}
	what := "From " + cmp.Or(short(from), "the revision before") + " to " + cmp.Or(short(to), "the current one") + "."
	m := panel("Changes of "+cut(titleOf(p), 100), render.Escape(what))
	if diff == "" {
		m.Embeds[0].Description += " They do not differ."
		return with(m), nil
	}
	added, removed := diffSize(diff)
	e := &m.Embeds[0]
	e.Description += fmt.Sprintf(" %s added, %s taken out.", counted(added, "line", "lines"), counted(removed, "line", "lines"))
	if code := diffBlock(diff); units(e.Description)+units(code)+2 <= maxPanel {
		e.Description += "\n\n" + code
		return with(m), nil
	}
	name := p.Article + ".diff"
	e.Description += "\n\nThat is too long for a message, so it is attached as " + render.Escape(name) + "."
	return with(attached(m, name, []byte(diff))), nil
}

// revertArticle shows what going back to a revision would do.
func (d *Desk) revertArticle(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	return d.revertPreview(ctx, u, p, u.Texts[optRevision])
}

// revertTo is revertArticle for a revision of a history.
func (d *Desk) revertTo(ctx context.Context, u Use) (Reply, error) {
	p, hash, err := d.numbered(ctx, u)
	if err != nil {
		return Reply{}, err
	}
	return d.revertPreview(ctx, u, p, hash)
}

func (d *Desk) revertPreview(ctx context.Context, u Use, p library.Publication, hash string) (Reply, error) {
	if !p.Own {
		return Reply{}, fmt.Errorf("%w: %q came with the program and has no earlier revisions here", article.ErrInvalid, p.Article)
	}
	if hash == "" {
		return Reply{}, fmt.Errorf("%w: say which revision; they are offered while you type, and /kb history lists them", article.ErrInvalid)
	}
	old, err := d.Articles.Show(ctx, u.Guild, p.Article, hash)
	if err != nil {
		return Reply{}, err
	}
	s := bench.Submission{Source: old.Source, File: p.Article + ".md", Key: p.Article, Base: p.Hash}
	return d.previewed(ctx, u, s, "This goes back to revision "+short(old.Hash)+". What was published since stays in the history."), nil
}
