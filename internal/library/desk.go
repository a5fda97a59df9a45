package library

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/internal/article"
)

// Limits of what a guild may keep. An article longer than a request to Discord can
// carry is better read on its own page, and a guild's index is held in memory.
const (
	MaxArticleSource = 1 << 20  // bytes of Markdown
	MaxArticles      = 2000     // own articles that are answered from
	MaxShelf         = 32 << 20 // bytes of their Markdown together
	maxReasonRunes   = 500
)

// Desk is what the moderators' commands do to a guild's library, wherever they are
// given: in Discord or on the command line. Its errors say what to do. It keeps
// nothing itself and is safe for concurrent use when its ports are.
type Desk struct {
	book     Book
	trail    Trail
	settings SettingsTable
	shipped  []*article.Article
	now      func() time.Time
}

// NewDesk returns a desk over what is kept. shipped are the articles that every
// guild has as long as it does not hide them.
func NewDesk(book Book, trail Trail, settings SettingsTable, shipped []*article.Article, now func() time.Time) *Desk {
	return &Desk{book: book, trail: trail, settings: settings, shipped: shipped, now: now}
}

// shippedArticle returns the shipped article of that name, or nil.
func (d *Desk) shippedArticle(key string) *article.Article {
	for _, a := range d.shipped {
		if a.Slug == key {
			return a
		}
	}
	return nil
}

// find returns what the guild does with an article, shipped or own. ErrNotFound when
// it has none of that name.
func (d *Desk) find(ctx context.Context, guild, key string) (Publication, error) {
	p, err := d.book.Publication(ctx, guild, key)
	switch {
	case err == nil:
		return p, nil
	case !errors.Is(err, article.ErrNotFound):
		return Publication{}, fmt.Errorf("article %q: %w", key, err)
	case d.shippedArticle(key) != nil:
		return Publication{Article: key, State: Published}, nil
	}
	return Publication{}, fmt.Errorf("%w: there is no article %q here; take a name from the list of articles", article.ErrNotFound, key)
}

// own returns what the guild does with an article of its own; instead says what to
// do with a shipped one.
func (d *Desk) own(ctx context.Context, guild, key, instead string) (Publication, error) {
	p, err := d.find(ctx, guild, key)
	if err == nil && !p.Own {
		err = fmt.Errorf("%w: %q came with the program; %s", article.ErrInvalid, key, instead)
	}
	return p, err
}

// check refuses an act that cannot be kept in the audit trail.
func (a Act) check() error {
	switch {
	case a.Actor != Host && !IsID(a.Actor):
		return fmt.Errorf("%w: %.40q is not somebody who can be named in the audit trail; give a Discord id", article.ErrInvalid, a.Actor)
	case !utf8.ValidString(a.Reason) || strings.ContainsRune(a.Reason, 0):
		return fmt.Errorf("%w: the reason is no plain text; type it anew", article.ErrInvalid)
	case utf8.RuneCountInString(a.Reason) > maxReasonRunes:
		return fmt.Errorf("%w: the reason has %d characters, and the limit is %d; shorten it",
			article.ErrTooLarge, utf8.RuneCountInString(a.Reason), maxReasonRunes)
	}
	return nil
}

// short is as much of a hash as people compare.
func short(hash string) string { return hash[:min(len(hash), 12)] }
