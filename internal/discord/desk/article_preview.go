package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// previewed shows what a submission is and would do; one that cannot be read is given
// back with what is wrong with it. notes come first.
func (d *Desk) previewed(ctx context.Context, u Use, s bench.Submission, notes ...string) Reply {
	p, err := d.Bench.Preview(ctx, u.Guild, s)
	if err != nil {
		m := d.unread(ctx, err)
		if s.Source != "" { // Discord takes no empty file
			m = attached(m, textName(s), []byte(s.Source))
		}
		return with(m)
	}
	return d.preview(ctx, u, s, p, notes...)
}

// unread says why there is no preview. The text is attached to it.
func (d *Desk) unread(ctx context.Context, err error) api.Message {
	switch {
	case unexpected(err) != nil:
		return d.failed(ctx, "There is no preview just now", err, "Your text is attached, so that nothing of it is lost.")
	case len(problems(err)) > 0:
		return d.failed(ctx, "The article cannot be read", err, "Nothing was published. Correct the attached file, and give it to the same command again.")
	}
	return d.failed(ctx, "It cannot be published like this", err, "Nothing was published. Your text is attached, so that nothing of it is lost.")
}

// textName is what the text of a submission is called when it is given back.
func textName(s bench.Submission) string {
	if s.File != "" && isText(s.File) {
		return s.File
	}
	return cmp.Or(s.Key, "article") + ".md"
}

// openPreview shows a submission that is kept.
func (d *Desk) openPreview(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, lost(err)
	}
	return d.previewed(ctx, u, s), nil
}

// preview shows a submission with what can be done with it.
func (d *Desk) preview(ctx context.Context, u Use, s bench.Submission, p bench.Preview, notes ...string) Reply {
	if p.Conflict != nil {
		return d.conflict(ctx, u, s, p)
	}
	if p.Same {
		return with(panel("Nothing to publish: "+cut(p.Article.Meta.Title, 100), append(escaped(notes),
			"This is what "+render.Escape(p.Key)+" says already, word for word. If it was withdrawn, /kb restore brings it back.")...))
	}
	name, err := d.Bench.Keep(ctx, u.Guild, s)
	if err != nil {
		m := d.failed(ctx, "The article could not be kept", err, "Nothing was published. Your text is attached; try again in a minute.")
		return with(attached(m, textName(s), []byte(s.Source)))
	}
	sheet := newSheet("Preview: "+cut(p.Article.Meta.Title, 100), append(escaped(notes), intent(p), facts(p.Key, p.Article))...)
	sheet.add("Look at these before you publish", itemsOf(p.Warnings), 8)
	sheet.impact(u.Guild, p.Impact)
	if !p.New {
		sheet.diff("What changes in the text:", p.Key+".diff", p.Diff)
	}
	sheet.add("Left out of your text", itemsOf(p.Dropped), 5)
	sheet.add("Sections", itemsOf(sizes(p.Article)), 12)
	if p.Markdown != s.Source {
		sheet.write("The article was made of your text. It is attached as " + render.Escape(p.Key) + ".md, as it would be kept.")
		sheet.attach(p.Key+".md", p.Markdown)
	}
	return with(sheet.done("preview.txt"), u.decisions(name, s, p))
}

func escaped(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = render.Escape(text)
	}
	return out
}

// intent says in a sentence or two what publishing would be.
func intent(p bench.Preview) string {
	what := "This changes the article " + render.Escape(p.Key) + "."
	if p.New {
		what = "This is a new article; here it will be called " + render.Escape(p.Key) + "."
	}
	if p.Impact.Breaks() {
		return what + " **It would break tests**: questions whose answers your moderators have fixed, and that are answered so now. Look at them below."
	}
	return what + " Nothing is published yet."
}

// facts are what the front matter of an article says, a line of Markdown each.
func facts(key string, a *article.Article) string {
	m := a.Meta
	bio := ""
	if m.AuthorBio != "" {
		bio = "**About the author:** " + plain(m.AuthorBio, 250)
	}
	dates := []string{"**Updated by the author:** " + m.Updated.Long()}
	if !m.Published.IsZero() {
		dates = append(dates, "**first published:** "+m.Published.Long())
	}
	audience := "everyone"
	if m.Audience == article.AgeRestricted {
		audience = "age-restricted channels only"
	}
	rows := []string{
		"**Name here:** " + render.Escape(key), "**Author:** " + plain(m.Author, 200), bio, strings.Join(dates, " · "),
		"**For:** " + audience + " · **language:** " + plain(m.Language, 30) + " · **license:** " + plain(cmp.Or(m.License, "none given"), 80),
		"**Reviewed:** " + reviewed(m.Reviewed),
	}
	if o := m.AdaptedFrom; o != nil {
		rows = append(rows, "**Adapted from:** "+plain(o.Title, 150)+" by "+plain(o.Author, 100))
	}
	if m.SourceURL != "" {
		rows = append(rows, "**Source:** "+plain(m.SourceURL, 200))
	}
	return strings.Join(notEmpty(rows), "\n")
}

// reviewed says who reviewed an article, and when.
func reviewed(r *article.Review) string {
	if r == nil {
		return "not yet"
	}
	text := "on " + r.On.Long()
	if r.By != "" {
		text += " by " + byWhom(r.By)
	}
	if !r.Next.IsZero() {
		text += ", next on " + r.Next.Long()
	}
	return text
}

// byWhom names who did something, as Markdown.
func byWhom(by string) string {
	switch {
	case by == library.Host:
		return "whoever runs the bot"
	case by == library.Shipped:
		return "the program"
	case library.IsID(by):
		return "<@" + by + ">"
	}
	return plain(by, 80)
}

// sizes are the sections of an article with how long each is.
func sizes(a *article.Article) []string {
	var texts []string
	for _, s := range a.Sections {
		name := cmp.Or(s.Heading, "(before the first heading)")
		n := len(strings.Fields(a.Canonical[s.Start:s.End]))
		texts = append(texts, fmt.Sprintf("%s: %s", cut(name, 120), counted(n, "word", "words")))
	}
	return texts
}

// decisions are the buttons below a preview.
func (u Use) decisions(name string, s bench.Submission, p bench.Preview) render.Row {
	publish := styled(u.button("Publish", actPublish, name, reached(p.Impact)), render.Success)
	if p.Impact.Breaks() {
		publish = styled(u.button("Publish anyway…", actOverride, name, reached(p.Impact)), render.Danger)
	}
	save, discard := "Save draft", "Discard"
	if s.Draft != "" {
		save, discard = "Save draft again", "Close"
	}
	return row(publish, u.button(save, actSave, name, 0), u.button(discard, actDiscard, name, 0))
}

// conflict says that the article was changed meanwhile, and gives back what was written.
func (d *Desk) conflict(ctx context.Context, u Use, s bench.Submission, p bench.Preview) Reply {
	key, current := p.Conflict.Key, p.Conflict.Current
	title, text := "Somebody changed "+key+" meanwhile", d.whoChanged(ctx, u.Guild, key, current)+
		" You started from revision "+short(p.Conflict.Base)+"."
	compare := "Compare with the current version"
	if p.Conflict.Base == "" {
		title = "There is an article called " + key + " already"
		text = d.whoChanged(ctx, u.Guild, key, current) + " To publish yours beside it, give yours another title. To replace that one by yours, compare the two first."
		compare = "Compare, to replace that one"
	}
	m := panel(title, text, "Nothing was published, and nothing of yours is lost: your version is attached, and you can keep it as a draft.")
	sheet := &sheet{m: m}
	sheet.diff("What they changed:", key+".theirs.diff", p.Theirs)
	sheet.attach(key+".mine.md", cmp.Or(p.Markdown, s.Source))
	name, err := d.Bench.Keep(ctx, u.Guild, s)
	if err != nil {
		d.Log.WarnContext(ctx, "a submission could not be kept", "error", err)
		return with(sheet.m)
	}
	return with(sheet.m, row(styled(u.button(compare, actCompare, name, 0), render.Primary),
		u.button("Save draft", actSave, name, 0), u.button("Discard", actDiscard, name, 0)))
}

// whoChanged says who published a revision, and when.
func (d *Desk) whoChanged(ctx context.Context, guild, key, hash string) string {
	r, err := d.Articles.Show(ctx, guild, key, hash)
	if err != nil {
		return "It is at revision " + short(hash) + " by now."
	}
	return byWhom(r.By) + " published revision " + short(hash) + when(r.At, " on ") + "."
}

// compare shows a submission against what is current by now.
func (d *Desk) compare(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, lost(err)
	}
	p, err := d.Bench.Preview(ctx, u.Guild, s)
	if err != nil {
		return Reply{}, err
	}
	if p.Conflict == nil {
		return d.preview(ctx, u, s, p), nil
	}
	s.Key, s.Base = p.Conflict.Key, p.Conflict.Current
	return d.previewed(ctx, u, s, "This is your version against the current one. What others wrote meanwhile would be lost where it has a minus below: put it into your version first if it should stay."), nil
}
