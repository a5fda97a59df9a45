package store

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Head implements library.Feed.
func (s *Store) Head(ctx context.Context) (seq int64, err error) {
	err = s.read(ctx, library.Host, func(t *tx) error {
		seq, err = t.head()
		return err
	})
	return seq, err
}

// head is the sequence number of the last transaction that can be seen.
func (t *tx) head() (seq int64, err error) {
	err = t.row(`SELECT seq FROM clock WHERE id = 1`).Scan(&seq)
	return seq, err
}

// Changes implements library.Feed.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (all []library.Change, err error) {
	err = s.read(ctx, library.Host, func(t *tx) error {
		var horizon int64
		if err := t.row(`SELECT horizon FROM clock WHERE id = 1`).Scan(&horizon); err != nil {
			return err
		}
		if after < horizon {
			return fmt.Errorf("%w: the changes after %d are no longer kept", article.ErrNotFound, after)
		}
		all, err = collect(t, readChange,
			`SELECT seq, guild, kind, subject, at FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2`, after, max(limit, 0))
		return err
	})
	return all, err
}

func readChange(r scanner) (library.Change, error) {
	var c library.Change
	var at int64
	err := r.Scan(&c.Seq, &c.Guild, &c.Kind, &c.Subject, &at)
	c.At = timeOf(at)
	return c, err
}

// Owners implements library.Feed.
func (s *Store) Owners(ctx context.Context) (guilds []string, err error) {
	err = s.read(ctx, library.Host, func(t *tx) error {
		guilds, err = texts(t, `SELECT guild FROM publications UNION SELECT guild FROM synonyms
			UNION SELECT guild FROM preferences UNION SELECT guild FROM reviews`)
		return err
	})
	return guilds, err
}
