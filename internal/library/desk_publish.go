package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
)

// AnyBase stands for whatever revision is the current one: what is published next
// replaces it unseen.
const AnyBase = "*"

// Receipt is what came of a publication.
type Receipt struct {
	Key      string
	Hash     string // of the revision that is current now
	Changed  bool   // false when it was the current one already
	Article  *article.Article
	Warnings []string // what to look at, a plain sentence each
}

// Publish makes an article the current revision of key, or of its own slug when key
// is empty. base is the hash of the revision that the author started from, or the
// beginning of it; empty for a new article; [AnyBase] for whatever is current.
//
// ErrConflict when the article is at another revision by now, when a new one bears
// the name of one that is there, or of a shipped one; ErrNotFound for a key or base
// that is not there; ErrInvalid or ErrTooLarge for an article that cannot be kept.
// The text that is current already may be published again from any base, and
// changes nothing but a withdrawn article's state.
func (d *Desk) Publish(ctx context.Context, guild, key string, a *article.Article, base string, act Act) (Receipt, error) {
	current, base, err := d.mayPublish(ctx, guild, key, a, base, act)
	if err != nil {
		return Receipt{}, err
	}
	return d.put(ctx, guild, d.revision(current.Article, a, act), a, base, act)
}

// Check refuses what [Desk.Publish] would refuse, and changes nothing. It returns what
// the article is at: a publication of no state when there is none of its name. That is
// returned with a [BaseError] too.
func (d *Desk) Check(ctx context.Context, guild, key string, a *article.Article, base string, act Act) (Publication, error) {
	current, _, err := d.mayPublish(ctx, guild, key, a, base, act)
	return current, err
}

// mayPublish returns what the article is at, and the whole hash of the base that it may
// be published on.
func (d *Desk) mayPublish(ctx context.Context, guild, key string, a *article.Article, base string, act Act) (Publication, string, error) {
	if err := errors.Join(act.check(), d.checkArticle(a)); err != nil {
		return Publication{}, "", err
	}
	all, err := d.book.Publications(ctx, guild)
	if err != nil {
		return Publication{}, "", fmt.Errorf("articles of the server: %w", err)
	}
	name := cmp.Or(key, a.Slug)
	current, found := publicationOf(all, name)
	switch {
	case found && !current.Own, !found && d.shippedArticle(name) != nil:
		return Publication{}, "", fmt.Errorf("%w: %q came with the program and cannot be replaced; give your article another title, and hide that one", article.ErrConflict, name)
	case !found && key != "":
		return Publication{}, "", fmt.Errorf("%w: there is no article %q of your own to revise; leave the name out to publish a new one", article.ErrNotFound, key)
	}
	if err := room(all, current); err != nil {
		return Publication{}, "", err
	}
	current.Article = name
	base, err = baseOf(current, found, HashOf(a.Source), base)
	return current, base, err
}

// checkArticle refuses an article that is larger or newer than it may be.
func (d *Desk) checkArticle(a *article.Article) error {
	today := article.DateOf(d.now().UTC().AddDate(0, 0, 1)) // somewhere it is tomorrow already
	switch {
	case len(a.Source) > MaxArticleSource:
		return fmt.Errorf("%w: the article has %d bytes, and the limit is %d; split it into several", article.ErrTooLarge, len(a.Source), MaxArticleSource)
	case a.Meta.Updated.After(today):
		return fmt.Errorf("%w: updated is %s, which is in the future; correct the date", article.ErrInvalid, a.Meta.Updated)
	case len(a.Passages) == 0:
		return fmt.Errorf("%w: nothing in the article can be quoted; write at least one sentence", article.ErrInvalid)
	}
	return nil
}

func publicationOf(all []Publication, key string) (Publication, bool) {
	i := slices.IndexFunc(all, func(p Publication) bool { return p.Article == key })
	if i < 0 {
		return Publication{}, false
	}
	return all[i], true
}

// room refuses one more article than a guild may have. Two that are published at
// the same moment may both find room, which harms nobody.
func room(all []Publication, next Publication) error {
	if next.Own && next.State == Published {
		return nil
	}
	own := 0
	for _, p := range all {
		if p.Own && p.State == Published {
			own++
		}
	}
	if own >= MaxArticles {
		return fmt.Errorf("%w: this server has %d articles of its own, and the limit is %d; withdraw one first", article.ErrTooLarge, own, MaxArticles)
	}
	return nil
}

// revision is an article as it is kept.
func (d *Desk) revision(key string, a *article.Article, act Act) Revision {
	return Revision{
		Article: key, Hash: HashOf(a.Source), Revision: a.Revision, Source: a.Source, Canonical: a.Canonical,
		Title: a.Meta.Title, By: act.Actor, Note: act.Reason, At: d.now().UTC().Truncate(time.Millisecond),
	}
}

// shortestHash is how much of a hash names a revision, at least.
const shortestHash = 6

// baseOf returns the whole hash of the base that a text of that hash may be published on.
func baseOf(current Publication, found bool, hash, base string) (string, error) {
	switch {
	case !found && (base == "" || base == AnyBase):
		return "", nil
	case !found:
		return "", fmt.Errorf("%w: there is no article %q to change; publish it as a new one, without a base", article.ErrNotFound, current.Article)
	case base == AnyBase, hash == current.Hash:
		return current.Hash, nil
	case len(base) >= shortestHash && strings.HasPrefix(current.Hash, strings.ToLower(base)):
		return current.Hash, nil
	}
	return "", &BaseError{Key: current.Article, Current: current.Hash, Base: base}
}

// BaseError is the conflict of two people who changed one article. It is ErrConflict.
type BaseError struct {
	Key     string
	Current string // hash of the revision that the article is at
	Base    string // what the author started from; empty for a new article
}

// Error says what happened and what to do.
func (e *BaseError) Error() string {
	if e.Base == "" {
		return fmt.Sprintf("there is an article %q already, at revision %s; give this one another title, or publish it as a change of that revision", e.Key, short(e.Current))
	}
	return fmt.Sprintf("%q is at revision %s by now, not at %.12s; look at what changed, and publish again from there", e.Key, short(e.Current), e.Base)
}

// Unwrap returns the error class.
func (*BaseError) Unwrap() error { return article.ErrConflict }

// put publishes a revision.
func (d *Desk) put(ctx context.Context, guild string, r Revision, a *article.Article, base string, act Act) (Receipt, error) {
	changed, err := d.book.Publish(ctx, guild, r, base, act)
	if errors.Is(err, article.ErrConflict) {
		if now, again := d.book.Publication(ctx, guild, r.Article); again == nil {
			return Receipt{}, &BaseError{Key: r.Article, Current: now.Hash, Base: base}
		}
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("publish %q: %w", r.Article, err)
	}
	return Receipt{Key: r.Article, Hash: r.Hash, Changed: changed, Article: a, Warnings: d.Warnings(ctx, guild, r.Article, a)}, nil
}

// Warnings lists what a moderator should look at in an article that can be kept under a
// name, a plain sentence each.
func (d *Desk) Warnings(ctx context.Context, guild, key string, a *article.Article) []string {
	list := slices.Clone(a.Notes)
	if strings.TrimSpace(a.Meta.AuthorBio) == "" {
		list = append(list, "It does not say what the author is (author_bio), so replies cannot either.")
	}
	if a.Slug != key {
		list = append(list, fmt.Sprintf("The article keeps the name %s, although its title now gives %s.", key, a.Slug))
	}
	stored, err := d.settings.Settings(ctx, guild)
	if err != nil {
		return list // the article is published; the settings are only asked for a note
	}
	settings, _ := ParseSettings(stored)
	if limit := article.DateOf(d.now().UTC().AddDate(0, 0, -settings.StaleDays)); settings.StaleDays > 0 && limit.After(a.Meta.Updated) {
		list = append(list, fmt.Sprintf("It was updated on %s, more than %s ago, so check that it still holds.", a.Meta.Updated, daysOrYears(settings.StaleDays)))
	}
	return list
}

// daysOrYears says how long a number of days is.
func daysOrYears(days int) string {
	switch {
	case days == 365:
		return "a year"
	case days%365 == 0:
		return fmt.Sprintf("%d years", days/365)
	}
	return fmt.Sprintf("%d days", days)
}

// Revert publishes an earlier revision of an own article again, as a change of the
// one that is current. hash may be the beginning of a hash. A withdrawn article is
// published again.
func (d *Desk) Revert(ctx context.Context, guild, key, hash string, act Act) (Receipt, error) {
	if err := act.check(); err != nil {
		return Receipt{}, err
	}
	current, err := d.own(ctx, guild, key, "it has no earlier revisions here")
	if err != nil {
		return Receipt{}, err
	}
	old, err := d.Show(ctx, guild, key, hash)
	if err != nil {
		return Receipt{}, err
	}
	a, err := article.Parse([]byte(old.Source), article.Options{File: key})
	if err != nil {
		return Receipt{}, fmt.Errorf("revision %s cannot be read any more: %w", short(old.Hash), err)
	}
	if err := d.roomFor(ctx, guild, current); err != nil {
		return Receipt{}, err
	}
	return d.put(ctx, guild, d.revision(key, a, act), a, current.Hash, act)
}

// roomFor is room for an article that is there.
func (d *Desk) roomFor(ctx context.Context, guild string, next Publication) error {
	all, err := d.book.Publications(ctx, guild)
	if err != nil {
		return fmt.Errorf("articles of the server: %w", err)
	}
	return room(all, next)
}
