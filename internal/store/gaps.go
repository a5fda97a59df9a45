package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"verbatim/internal/library"
)

// Miss implements library.Gaps. ErrConflict when there is one with that id. The oldest
// beyond [library.MaxMissed] go.
func (s *Store) Miss(ctx context.Context, guild string, m library.Missed) error {
	if err := checkKeys(m.ID); err != nil {
		return err
	}
	if err := checkTexts(maxText, m.Text); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		at := m.At
		if at.IsZero() {
			at = t.at
		}
		if err := t.exec(`INSERT INTO missed (guild, id, text, at) VALUES ($1, $2, $3, $4)`, guild, m.ID, m.Text, millis(at)); err != nil {
			return err
		}
		return t.exec(tooManyMissed, guild, library.MaxMissed-1)
	})
}

// tooManyMissed drops what is older than the newest questions that are kept. It is read
// off the index missed_newest.
const tooManyMissed = `DELETE FROM missed WHERE guild = $1 AND (at, id) <
	(SELECT at, id FROM missed WHERE guild = $1 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $2)`

// MissedQuestions implements library.Gaps.
func (s *Store) MissedQuestions(ctx context.Context, guild string) (all []library.Missed, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		all, err = collect(t, readMissed, `SELECT id, text, at FROM missed WHERE guild = $1`, guild)
		return err
	})
	slices.SortFunc(all, func(a, b library.Missed) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	return all, err
}

func readMissed(r scanner) (m library.Missed, err error) {
	return m, r.Scan(&m.ID, &m.Text, instant{&m.At})
}

// DropMissed implements library.Gaps. One that is not there is dropped already.
func (s *Store) DropMissed(ctx context.Context, guild string, ids ...string) error {
	if err := checkTexts(maxKey, ids...); err != nil || len(ids) == 0 {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		for _, id := range ids {
			if err := t.exec(`DELETE FROM missed WHERE guild = $1 AND id = $2`, guild, id); err != nil {
				return err
			}
		}
		return nil
	})
}
