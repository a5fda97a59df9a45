package store

import (
	"context"
	"errors"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// missing names what was looked for when nothing was found.
func missing(err error, what, id string) error {
	if notFound(err) {
		return fmt.Errorf("%w: there is no %s %q", article.ErrNotFound, what, id)
	}
	return err
}

// notFound reports whether a query had no row.
func notFound(err error) bool { return errors.Is(commonClass(err), article.ErrNotFound) }

// Revision implements library.Book.
func (s *Store) Revision(ctx context.Context, guild, hash string) (r library.Revision, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		r, err = readRevision(t.row(`SELECT r.article, r.hash, r.revision, r.title, r.source, x.canonical, r.actor, r.note, r.at
			FROM revisions r JOIN texts x ON x.guild = r.guild AND x.revision = r.revision
			WHERE r.guild = $1 AND r.hash = $2 ORDER BY r.seq LIMIT 1`, guild, hash))
		return missing(err, "revision", hash)
	})
	return r, err
}

// History implements library.Book.
func (s *Store) History(ctx context.Context, guild, key string) (all []library.Revision, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		all, err = collect(t, readRevision, `SELECT article, hash, revision, title, '', '', actor, note, at
			FROM revisions WHERE guild = $1 AND article = $2 ORDER BY seq`, guild, key)
		if err == nil && len(all) == 0 {
			err = fmt.Errorf("%w: there is no article %q", article.ErrNotFound, key)
		}
		return err
	})
	return all, err
}

func readRevision(r scanner) (v library.Revision, err error) {
	var at int64
	err = r.Scan(&v.Article, &v.Hash, &v.Revision, &v.Title, &v.Source, &v.Canonical, &v.By, &v.Note, &at)
	v.At = timeOf(at)
	return v, err
}

// KeepText implements library.Book.
func (s *Store) KeepText(ctx context.Context, guild string, x library.Text) error {
	if err := checkKeys(string(x.Revision)); err != nil {
		return err
	}
	if err := checkTexts(maxText, x.Canonical); err != nil {
		return err
	}
	if kept, err := s.Text(ctx, guild, x.Revision); err == nil && kept == x {
		return nil
	}
	return s.add(ctx, guild, func(t *tx) error { return t.keepText(x) })
}

// keepText keeps a canonical text; the one that is kept for a revision stays.
func (t *tx) keepText(x library.Text) error {
	return t.exec(`INSERT INTO texts (guild, revision, canonical) VALUES ($1, $2, $3) ON CONFLICT (guild, revision) DO NOTHING`,
		t.guild, string(x.Revision), x.Canonical)
}

// Text implements library.Book. A shipped text is what it was, whatever a guild keeps
// under the name of its revision.
func (s *Store) Text(ctx context.Context, guild string, r article.Revision) (x library.Text, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		err := t.row(`SELECT revision, canonical FROM texts WHERE guild IN ($1, $2) AND revision = $3
			ORDER BY CASE WHEN guild = $2 THEN 0 ELSE 1 END LIMIT 1`,
			guild, library.Shipped, string(r)).Scan(&x.Revision, &x.Canonical)
		return missing(err, "revision", string(r))
	})
	return x, err
}

// AddReview implements library.Book.
func (s *Store) AddReview(ctx context.Context, guild string, r library.Review, act library.Act) error {
	if err := checkKeys(r.Article); err != nil {
		return err
	}
	if err := checkTexts(maxKey, r.Hash, r.By); err != nil {
		return err
	}
	return s.write(ctx, guild, func(t *tx) error {
		seq, err := t.tick()
		if err != nil {
			return err
		}
		t.changed(library.ChangedArticle, r.Article)
		err = t.exec(`INSERT INTO reviews (guild, article, seq, hash, actor, on_day, next, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			guild, r.Article, seq, r.Hash, r.By, r.On.String(), r.Next.String(), millis(t.at))
		if err != nil {
			return err
		}
		return t.audit(act, "article.review", r.Article, "", r.Hash)
	})
}

// Reviews implements library.Book.
func (s *Store) Reviews(ctx context.Context, guild, key string) (all []library.Review, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		all, err = collect(t, readReview,
			`SELECT article, hash, actor, on_day, next, at FROM reviews WHERE guild = $1 AND article = $2 ORDER BY seq`, guild, key)
		return err
	})
	return all, err
}

func readReview(r scanner) (v library.Review, err error) {
	var at int64
	var on, next string
	if err := r.Scan(&v.Article, &v.Hash, &v.By, &on, &next, &at); err != nil {
		return v, err
	}
	v.At = timeOf(at)
	if v.On, err = dayOf(on); err != nil {
		return v, err
	}
	v.Next, err = dayOf(next)
	return v, err
}

// dayOf reads a date as it is kept; the empty text is the zero date.
func dayOf(text string) (article.Date, error) {
	if text == "" {
		return article.Date{}, nil
	}
	return article.ParseDate(text)
}
