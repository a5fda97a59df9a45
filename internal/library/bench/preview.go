package bench

import (
	"context"
	"errors"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Preview says what a submission is, what is to be looked at in it, and what publishing
// it would do to answers. It changes nothing. A submission that starts from another
// revision than the current one is previewed all the same: Conflict says so, and Theirs
// what others changed since. ErrInvalid, ErrTooLarge and ErrConflict for one that cannot
// be read or published at all.
func (b *Bench) Preview(ctx context.Context, guild string, s Submission) (Preview, error) {
	r, err := b.read(s)
	if err != nil {
		return Preview{}, err
	}
	current, err := b.Desk.Check(ctx, guild, s.Key, r.article, s.Base, library.Act{Actor: library.Host})
	conflict, moved := errors.AsType[*library.BaseError](err)
	if err != nil && !moved {
		return Preview{}, err
	}
	p := Preview{
		Key: current.Article, New: current.State == "", Same: current.State == library.Published && current.Hash == r.hash,
		Article: named(r.article, current.Article), Markdown: r.article.Source, Dropped: r.dropped, Conflict: conflict,
	}
	if err := b.compare(ctx, guild, &p, current); err != nil {
		return Preview{}, err
	}
	if err := b.settled(ctx, guild); err != nil {
		return Preview{}, err
	}
	if p.Warnings, err = b.warnings(ctx, guild, p, r); err != nil {
		return Preview{}, err
	}
	if !p.Same {
		p.Impact, err = b.Impact(ctx, guild, Change{Key: p.Key, Article: p.Article})
	}
	return p, err
}

// compare fills in what differs from what is published, and in a conflict what others
// changed. Of a base that is no revision of the article, that cannot be told.
func (b *Bench) compare(ctx context.Context, guild string, p *Preview, current library.Publication) error {
	if p.New {
		return nil
	}
	now, err := b.Book.Revision(ctx, guild, current.Hash)
	if err != nil {
		return fmt.Errorf("the revision that %q is at: %w", p.Key, err)
	}
	p.Diff = unified(now.Hash, now.Source, library.HashOf(p.Markdown), p.Markdown)
	if p.Conflict == nil || p.Conflict.Base == "" {
		return nil
	}
	base, err := b.Desk.Show(ctx, guild, p.Key, p.Conflict.Base)
	switch {
	case errors.Is(err, article.ErrNotFound), errors.Is(err, article.ErrInvalid):
		return nil
	case err != nil:
		return err
	}
	p.Theirs = unified(base.Hash, base.Source, now.Hash, now.Source)
	return nil
}
