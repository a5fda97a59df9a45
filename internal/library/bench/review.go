package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Review records that the actor read the current revision of an article today, and when
// it is to be read next, if that was agreed. It never changes the article. ErrInvalid
// when next is not after today.
func (b *Bench) Review(ctx context.Context, guild, key string, next article.Date, act library.Act) (library.Review, error) {
	today := article.DateOf(b.Now().UTC())
	if !next.IsZero() && !next.After(today) {
		return library.Review{}, fmt.Errorf("%w: the next review is on %s, which is not after today; give a later day, or none", article.ErrInvalid, next)
	}
	r, err := b.Desk.Show(ctx, guild, key, "")
	if err != nil {
		return library.Review{}, err
	}
	review := library.Review{Article: key, Hash: r.Hash, By: act.Actor, On: today, Next: next, At: b.Now().UTC()}
	if err := b.Book.AddReview(ctx, guild, review, act); err != nil {
		return library.Review{}, fmt.Errorf("review of %q: %w", key, err)
	}
	return review, nil
}

// Due lists the articles that the guild is answered from and that are to be reviewed by
// a day: those whose next review was agreed for that day or before, the longest overdue
// first, and after them those that were reviewed and have changed since, the longest
// unread first. An article that nobody ever reviewed is due on no day. A review in an
// article's own front matter counts as one of the revision that it stands in.
func (b *Bench) Due(ctx context.Context, guild string, by article.Date) ([]Due, error) {
	shelf, err := b.Book.Shelf(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reviews: %w", err)
	}
	list, err := b.Desk.List(ctx, guild)
	if err != nil {
		return nil, err
	}
	last := map[string]library.Review{}
	for _, r := range shelf.Reviews {
		last[r.Article] = r
	}
	var due []Due
	for _, p := range list {
		if p.State != library.Published {
			continue
		}
		source, ok := shelf.Sources[p.Hash]
		if !p.Own || !ok {
			r, err := b.Desk.Show(ctx, guild, p.Article, "")
			if err != nil {
				return nil, err
			}
			p.Hash, source = r.Hash, r.Source
		}
		review := latestReview(p, source, last[p.Article])
		d := Due{Key: p.Article, Title: p.Title, Last: review, Next: review.Next, Changed: review.Hash != p.Hash}
		if review.Article != "" && (d.Changed || d.overdue(by)) {
			due = append(due, d)
		}
	}
	slices.SortStableFunc(due, func(a, c Due) int { return a.compare(c, by) })
	return due, nil
}

// overdue reports whether the next review was agreed for that day or before.
func (d Due) overdue(by article.Date) bool { return !d.Next.IsZero() && !d.Next.After(by) }

// compare orders what is due.
func (d Due) compare(other Due, by article.Date) int {
	switch mine, theirs := d.overdue(by), other.overdue(by); {
	case mine && !theirs:
		return -1
	case theirs && !mine:
		return 1
	case mine:
		return cmp.Or(compareDays(d.Next, other.Next), strings.Compare(d.Key, other.Key))
	}
	return cmp.Or(compareDays(d.Last.On, other.Last.On), strings.Compare(d.Key, other.Key))
}

func compareDays(a, b article.Date) int {
	switch {
	case b.After(a):
		return -1
	case a.After(b):
		return 1
	}
	return 0
}

// latestReview returns the later one of the last review that a moderator recorded and
// that of an article's front matter; the zero Review for none. Of two on one day, the
// one of what is published now counts.
func latestReview(p library.Publication, source string, recorded library.Review) library.Review {
	if !strings.Contains(source, "\nreviewed:") {
		return recorded
	}
	a, err := article.Parse([]byte(source), article.Options{})
	if err != nil || a.Meta.Reviewed == nil {
		return recorded // what cannot be read is not answered from
	}
	m := a.Meta.Reviewed
	if recorded.Article != "" && (recorded.On.After(m.On) || recorded.On == m.On && recorded.Hash == p.Hash) {
		return recorded
	}
	return library.Review{Article: p.Article, Hash: p.Hash, By: m.By, On: m.On, Next: m.Next}
}
