package store

import (
	"context"
	"slices"
	"strings"

	"verbatim/internal/library"
)

// Shelf implements library.Book.
func (s *Store) Shelf(ctx context.Context, guild string) (shelf library.Shelf, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		if shelf.Seq, err = t.head(); err != nil {
			return err
		}
		if shelf.Publications, err = t.publications(); err != nil {
			return err
		}
		if shelf.Sources, err = t.sources(); err != nil {
			return err
		}
		if shelf.Synonyms, err = listed(t, synonymTable()); err != nil {
			return err
		}
		if shelf.Preferences, err = listed(t, preferenceTable()); err != nil {
			return err
		}
		shelf.Reviews, err = t.lastReviews()
		return err
	})
	return shelf, err
}

// sources are those of the guild's own articles that are answered from, by hash.
func (t *tx) sources() (map[string]string, error) {
	type source struct{ hash, text string }
	all, err := collect(t, func(r scanner) (v source, err error) { return v, r.Scan(&v.hash, &v.text) },
		`SELECT r.hash, r.source FROM publications p
		JOIN revisions r ON r.guild = p.guild AND r.article = p.article AND r.hash = p.hash
		WHERE p.guild = $1 AND p.own AND p.state = $2`, t.guild, string(library.Published))
	sources := make(map[string]string, len(all))
	for _, v := range all {
		sources[v.hash] = v.text
	}
	return sources, err
}

const lastReviewsQuery = `SELECT article, hash, actor, on_day, next, at FROM (
	SELECT article, hash, actor, on_day, next, at, row_number() OVER (PARTITION BY article ORDER BY at DESC, seq DESC) AS nth
	FROM reviews WHERE guild = $1) AS latest WHERE nth = 1`

// lastReviews are the last ones of each article by their times, of one moment the
// one that was recorded last. They are in the order of the articles' bytes.
func (t *tx) lastReviews() ([]library.Review, error) {
	all, err := collect(t, readReview, lastReviewsQuery, t.guild)
	slices.SortFunc(all, func(a, b library.Review) int { return strings.Compare(a.Article, b.Article) })
	return all, err
}
