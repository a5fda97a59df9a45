package desk

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library/bench"
)

// review lists what is due, shows when an article was reviewed, or records a review.
func (d *Desk) review(ctx context.Context, u Use) (Reply, error) {
	if u.Texts[optArticle] == "" {
		return d.listDue(ctx, u)
	}
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	if u.Texts[optNext] == "" {
		return d.askReview(ctx, u, p.Article)
	}
	next, err := d.nextReview(u.Texts[optNext])
	if err != nil {
		return Reply{}, err
	}
	return d.record(ctx, u, p.Article, next)
}

// listDue lists the articles that are to be reviewed.
func (d *Desk) listDue(ctx context.Context, u Use) (Reply, error) {
	due, err := d.Bench.Due(ctx, u.Guild, d.today())
	if err != nil {
		return Reply{}, err
	}
	if len(due) == 0 {
		return say("No review is due. /kb review with “article” records one at any time."), nil
	}
	var entries []render.Entry
	items := make([]item, len(due))
	for i, one := range due {
		items[i] = item{text: one.Title + ": " + whyDue(one)}
		entries = append(entries, render.Entry{Label: inMenu(one.Title), Value: keyDigest(one.Key), Detail: inMenu(whyDue(one))})
	}
	s := newSheet("Reviews that are due", counted(len(due), "article is", "articles are")+" to be read by somebody who knows the matter. Whoever did so records it here.")
	s.add("The longest overdue first", items, 20)
	return with(s.done("reviews.txt"), u.menu(actDue, "", "Review one of them", entries)), nil
}

// whyDue says why an article is to be reviewed, in plain text.
func whyDue(one bench.Due) string {
	switch {
	case one.Last.On.IsZero():
		return "never reviewed"
	case one.Changed:
		return "changed since it was reviewed on " + one.Last.On.Long()
	case one.Next.IsZero():
		return "reviewed on " + one.Last.On.Long()
	}
	return "due since " + one.Next.Long() + ", reviewed on " + one.Last.On.Long()
}

// pickDue asks for the review of an article that was chosen.
func (d *Desk) pickDue(ctx context.Context, u Use) (Reply, error) {
	if len(u.Values) == 0 {
		return say("Nothing was chosen."), nil
	}
	p, err := d.publicationOf(ctx, u.Guild, u.Values[0])
	if err != nil {
		return Reply{}, err
	}
	r, err := d.askReview(ctx, u, p.Article)
	r.Beside = true
	return r, err
}

// askReview shows an article to whoever reviews it.
func (d *Desk) askReview(ctx context.Context, u Use, key string) (Reply, error) {
	r, err := d.Articles.Show(ctx, u.Guild, key, "")
	if err != nil {
		return Reply{}, err
	}
	name, digest := fileName(r), keyDigest(key)
	m := panel("Review of "+cut(r.Title, 100), "**Reviewed:** "+d.lastReview(ctx, u.Guild, key),
		"Read the attached text. If it holds, say so here; your name and today's date are recorded, and the article stays as it is. If it does not hold, use /kb edit.")
	return with(attached(m, name, []byte(r.Source)), row(
		styled(u.button("It holds: again in 6 months", actReviewed, digest, 6), render.Success),
		u.button("In a year", actReviewed, digest, 12), u.button("In two years", actReviewed, digest, 24), u.button("It holds, without a date", actReviewed, digest, 0),
	)), nil
}

// lastReview says who reviewed an article last, as Markdown.
func (d *Desk) lastReview(ctx context.Context, guild, key string) string {
	if a := d.inForce(ctx, guild)[key]; a != nil && a.Meta.Reviewed != nil {
		return reviewed(a.Meta.Reviewed)
	}
	due, err := d.Bench.Due(ctx, guild, article.Date{Year: 9999, Month: time.December, Day: 31})
	if err != nil {
		d.Log.WarnContext(ctx, "reviews could not be read", "error", err)
	}
	for _, one := range due {
		if one.Key == key && !one.Last.On.IsZero() {
			text := reviewed(&article.Review{By: one.Last.By, On: one.Last.On, Next: one.Last.Next})
			if one.Changed {
				text += "; it was changed since then"
			}
			return text
		}
	}
	return "not yet"
}

// recordReview records a review by a button.
func (d *Desk) recordReview(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, err
	}
	var next article.Date
	if u.Page > 0 {
		next = article.DateOf(d.Now().UTC().AddDate(0, u.Page, 0))
	}
	return d.record(ctx, u, p.Article, next)
}

func (d *Desk) record(ctx context.Context, u Use, key string, next article.Date) (Reply, error) {
	before := d.lastReview(ctx, u.Guild, key)
	done, err := d.Bench.Review(ctx, u.Guild, key, next, u.Act(""))
	if err != nil {
		return Reply{}, err
	}
	text := byWhom(done.By) + " read " + render.Escape(key) + " at revision " + short(done.Hash) + " on " + done.On.Long() + "."
	when := "No next review was agreed."
	if !done.Next.IsZero() {
		when = "The next review is on " + done.Next.Long() + "; it will be listed by /kb review then."
	}
	return with(panel("Review recorded", text, "**Before that:** "+before, when)), nil
}

// nextReview reads when an article is to be reviewed next: a date, "6 months", or "none".
func (d *Desk) nextReview(text string) (article.Date, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "none" || text == "never" {
		return article.Date{}, nil
	}
	next, ok := d.fromNow(text)
	if !ok {
		var err error
		if next, err = dateOf(text); err != nil {
			return article.Date{}, fmt.Errorf("%w: %q is neither a date such as 2027-03-01 nor a time such as “6 months”; “none” agrees on nothing", article.ErrInvalid, cut(text, 40))
		}
	}
	if !next.After(d.today()) {
		return article.Date{}, fmt.Errorf("%w: the next review is to be after today, and %s is not; give a later date", article.ErrInvalid, next)
	}
	return next, nil
}

// fromNow reads "6 months", "in 2 years", "90 days".
func (d *Desk) fromNow(text string) (article.Date, bool) {
	found := regexp.MustCompile(`^(?:in )?([0-9]{1,3}) *(day|week|month|year)s?$`).FindStringSubmatch(text)
	if found == nil {
		return article.Date{}, false
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return article.Date{}, false
	}
	years, months, days := 0, 0, 0
	switch found[2] {
	case "day":
		days = n
	case "week":
		days = 7 * n
	case "month":
		months = n
	case "year":
		years = n
	}
	return article.DateOf(d.Now().UTC().AddDate(years, months, days)), true
}
