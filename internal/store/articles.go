package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Publish implements library.Book.
func (s *Store) Publish(ctx context.Context, guild string, r library.Revision, base string, act library.Act) (changed bool, err error) {
	if err := checkRevision(r); err != nil {
		return false, err
	}
	err = s.write(ctx, guild, func(t *tx) error {
		before, err := t.publication(r.Article)
		if err != nil && !notFound(err) {
			return err
		}
		changed = false
		switch {
		case before.Hash == r.Hash && before.State == library.Published:
			return nil
		case before.Article != "" && !before.Own:
			return fmt.Errorf("%w: %q is the name of a shipped article that is hidden here", article.ErrConflict, r.Article)
		case before.Hash != base:
			return fmt.Errorf("%w: the article %q was changed meanwhile: it is at revision %.12s", article.ErrConflict, r.Article, before.Hash)
		}
		changed = true
		return t.propagating(r.Article, func() error { return t.publishRevision(r, before.Hash, act) })
	})
	return changed && err == nil, err
}

// publishRevision makes a revision the current one in place of the one with hash before.
func (t *tx) publishRevision(r library.Revision, before string, act library.Act) error {
	if err := t.keepRevision(r); err != nil {
		return err
	}
	t.changed(library.ChangedArticle, r.Article)
	if err := t.publish(library.Publication{Article: r.Article, State: library.Published, Own: true, Hash: r.Hash, By: act.Actor}); err != nil {
		return err
	}
	if err := t.shelfFits(); err != nil {
		return err
	}
	return t.audit(act, "article.publish", r.Article, before, r.Hash)
}

func checkRevision(r library.Revision) error {
	if err := checkKeys(r.Article, r.Hash, string(r.Revision)); err != nil {
		return err
	}
	if r.Hash != library.HashOf(r.Source) {
		return fmt.Errorf("%w: the hash of the revision is not that of its source", article.ErrInvalid)
	}
	return checkTexts(maxText, r.Source, r.Canonical, r.Title, r.By, r.Note)
}

// keepRevision adds a revision unless it is there already.
func (t *tx) keepRevision(r library.Revision) error {
	if err := t.keepText(library.Text{Revision: r.Revision, Canonical: r.Canonical}); err != nil {
		return err
	}
	at := r.At
	if at.IsZero() {
		at = t.at
	}
	// The clock's row is locked from here on; nothing below waits for anybody but
	// writers of this guild, who wait already.
	seq, err := t.tick()
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO revisions (guild, hash, article, revision, title, source, actor, note, at, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (guild, article, hash) DO NOTHING`,
		t.guild, r.Hash, r.Article, string(r.Revision), r.Title, r.Source, r.By, r.Note, millis(at), seq)
}

func (t *tx) publish(p library.Publication) error {
	return t.exec(`INSERT INTO publications (guild, article, state, own, hash, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (guild, article) DO UPDATE SET
			state = excluded.state, own = excluded.own, hash = excluded.hash, actor = excluded.actor, at = excluded.at`,
		t.guild, p.Article, string(p.State), p.Own, p.Hash, p.By, millis(t.at))
}

// SetState implements library.Book.
func (s *Store) SetState(ctx context.Context, guild, key string, own bool, to library.State, act library.Act) (changed bool, err error) {
	if err := checkKeys(key); err != nil {
		return false, err
	}
	if err := checkState(own, to); err != nil {
		return false, err
	}
	err = s.write(ctx, guild, func(t *tx) error {
		before, err := t.publication(key)
		switch {
		case notFound(err) && !own:
			before, err = library.Publication{State: library.Published}, nil // shipped, and never touched
		case err == nil && own && !before.Own:
			err = fmt.Errorf("%w: the guild has no article of its own called %q", article.ErrNotFound, key)
		case err == nil && before.Own && !own:
			err = fmt.Errorf("%w: the guild has an article of its own called %q", article.ErrConflict, key)
		}
		if err != nil {
			return err
		}
		if changed = before.State != to; !changed {
			return nil
		}
		return t.propagating(key, func() error {
			t.changed(library.ChangedArticle, key)
			if err := t.setState(key, own, before.Hash, to, act); err != nil {
				return err
			}
			return t.audit(act, "article."+string(to), key, string(before.State)+" "+before.Hash, string(to)+" "+before.Hash)
		})
	})
	return changed && err == nil, err
}

func checkState(own bool, to library.State) error {
	if to == library.Published || (own && to == library.Withdrawn) || (!own && to == library.Hidden) {
		return nil
	}
	if own {
		return fmt.Errorf("%w: an own article is published or withdrawn, not %q", article.ErrInvalid, to)
	}
	return fmt.Errorf("%w: a shipped article is published or hidden, not %q", article.ErrInvalid, to)
}

// setState writes a state. A shipped article that is shown again needs no row.
func (t *tx) setState(key string, own bool, hash string, to library.State, act library.Act) error {
	if !own && to == library.Published {
		return t.exec(`DELETE FROM publications WHERE guild = $1 AND article = $2`, t.guild, key)
	}
	if err := t.publish(library.Publication{Article: key, State: to, Own: own, Hash: hash, By: act.Actor}); err != nil || to != library.Published {
		return err
	}
	return t.shelfFits()
}

// shelfFits refuses more to answer from than a guild may have: each process that
// answers holds all of it in memory while it builds the guild's index.
func (t *tx) shelfFits() error {
	var size int64
	err := t.row(`SELECT CAST(coalesce(sum(octet_length(r.source)), 0) AS BIGINT) FROM publications p
		JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash
		WHERE p.guild = $1 AND p.own AND p.state = $2`, t.guild, string(library.Published)).Scan(&size)
	if err == nil && size > library.MaxShelf {
		err = fmt.Errorf("%w: the articles of the server would have %.1f MiB together, and the limit is %d; withdraw one first",
			article.ErrTooLarge, float64(size)/(1<<20), library.MaxShelf>>20)
	}
	return err
}

const publicationColumns = `SELECT p.article, p.state, p.own, p.hash, coalesce(r.title, ''), p.actor, p.at FROM publications p
	LEFT JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash WHERE p.guild = $1`

func readPublication(r scanner) (p library.Publication, err error) {
	var at int64
	err = r.Scan(&p.Article, &p.State, &p.Own, &p.Hash, &p.Title, &p.By, &at)
	p.At = timeOf(at)
	return p, err
}

func (t *tx) publication(key string) (library.Publication, error) {
	p, err := readPublication(t.row(publicationColumns+` AND p.article = $2`, t.guild, key))
	return p, missing(err, "article", key)
}

// Publication implements library.Book.
func (s *Store) Publication(ctx context.Context, guild, key string) (p library.Publication, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		p, err = t.publication(key)
		return err
	})
	return p, err
}

// Publications implements library.Book.
func (s *Store) Publications(ctx context.Context, guild string) (all []library.Publication, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		all, err = t.publications()
		return err
	})
	return all, err
}

func (t *tx) publications() ([]library.Publication, error) {
	all, err := collect(t, readPublication, publicationColumns, t.guild)
	slices.SortFunc(all, func(a, b library.Publication) int { return strings.Compare(a.Article, b.Article) })
	return all, err
}
