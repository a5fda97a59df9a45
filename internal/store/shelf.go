package store

import (
	"context"

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
		shelf.Preferences, err = listed(t, preferenceTable())
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
