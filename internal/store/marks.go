package store

import "context"

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
	if err := checkKeys(name); err != nil {
		return err
	}
	if err := checkTexts(maxText, value); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		if value == "" {
			return t.exec(`DELETE FROM marks WHERE guild = $1 AND name = $2`, guild, name)
		}
		return t.exec(`INSERT INTO marks (guild, name, value) VALUES ($1, $2, $3)
			ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`, guild, name, value)
	})
}
