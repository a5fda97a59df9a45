package store

import (
	"context"
	"fmt"

	"verbatim/internal/article"
)

// Mark implements library.Marks.
func (s *Store) Mark(ctx context.Context, guild, name string) (value string, err error) {
	if err := checkTexts(maxKey, name); err != nil {
		return "", err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		return unlessMissing(t.row(`SELECT value FROM marks WHERE guild = $1 AND name = $2`, guild, name).Scan(&value))
	})
	return value, err
}

// SetMark implements library.Marks. The empty value removes the mark.
func (s *Store) SetMark(ctx context.Context, guild, name, value string) error {
	return s.putMark(ctx, guild, name, nil, value)
}

// SwapMark implements library.Marks.
func (s *Store) SwapMark(ctx context.Context, guild, name, from, to string) error {
	if err := checkTexts(maxText, from); err != nil {
		return err
	}
	return s.putMark(ctx, guild, name, &from, to)
}

// putMark sets a mark, only in the place of from if that is given: its writer then takes
// turns with the guild's others, so that what is read holds until the commit.
func (s *Store) putMark(ctx context.Context, guild, name string, from *string, value string) error {
	if err := checkKeys(name); err != nil {
		return err
	}
	if err := checkTexts(maxText, value); err != nil {
		return err
	}
	change := s.add
	if from != nil {
		change = s.write
	}
	return change(ctx, guild, func(t *tx) error {
		var before string
		err := unlessMissing(t.row(`SELECT value FROM marks WHERE guild = $1 AND name = $2`, guild, name).Scan(&before))
		switch {
		case err != nil:
			return err
		case from != nil && before != *from:
			return fmt.Errorf("%w: the mark %s is another one by now", article.ErrConflict, name)
		case value == "":
			return t.exec(`DELETE FROM marks WHERE guild = $1 AND name = $2`, guild, name)
		}
		return t.exec(`INSERT INTO marks (guild, name, value) VALUES ($1, $2, $3)
			ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`, guild, name, value)
	})
}
