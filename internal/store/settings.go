package store

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// SetSetting implements library.SettingsTable.
func (s *Store) SetSetting(ctx context.Context, guild, name, value string, act library.Act) error {
	return s.putSetting(ctx, guild, name, nil, value, act)
}

// SwapSetting implements library.SettingsTable.
func (s *Store) SwapSetting(ctx context.Context, guild, name, from, to string, act library.Act) error {
	if err := checkTexts(maxText, from); err != nil {
		return err
	}
	return s.putSetting(ctx, guild, name, &from, to, act)
}

// putSetting stores a setting, only in the place of from if that is given.
func (s *Store) putSetting(ctx context.Context, guild, name string, from *string, value string, act library.Act) error {
	if err := checkKeys(name); err != nil {
		return err
	}
	if err := checkTexts(maxText, value); err != nil {
		return err
	}
	return s.write(ctx, guild, func(t *tx) error {
		var before string
		err := t.row(`SELECT value FROM settings WHERE guild = $1 AND name = $2`, guild, name).Scan(&before)
		if err != nil && !notFound(err) {
			return err
		}
		switch {
		case from != nil && before != *from:
			return fmt.Errorf("%w: the setting %s was changed meanwhile; look at it and try again", article.ErrConflict, name)
		case before == value:
			return nil
		}
		t.changed(library.ChangedSetting, name)
		if err := t.setSetting(name, value); err != nil {
			return err
		}
		if err := t.keepShorter(name, value); err != nil {
			return err
		}
		return t.audit(act, "setting.set", name, audited(name, before), audited(name, value))
	})
}

// audited is what the audit trail says of a setting's value: the value itself, and of
// safety topics, which are too long for that, the hash.
func audited(name, value string) string {
	if name == library.SafetyTopics && value != "" {
		return library.HashOf(value)
	}
	return value
}

// setSetting stores a value, or removes the row when there is none.
func (t *tx) setSetting(name, value string) error {
	if value == "" {
		return t.exec(`DELETE FROM settings WHERE guild = $1 AND name = $2`, t.guild, name)
	}
	return t.exec(`INSERT INTO settings (guild, name, value) VALUES ($1, $2, $3)
		ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`, t.guild, name, value)
}

// keepShorter lets answers that were posted before go as early as a setting of how
// long they are kept now says. None is kept longer than it was posted for.
func (t *tx) keepShorter(name, value string) error {
	if name != "retention-days" {
		return nil
	}
	settings, _ := library.ParseSettings(map[string]string{name: value}) // the default where it cannot be read
	kept := int64(settings.RetentionDays) * (24 * time.Hour).Milliseconds()
	return t.exec(`UPDATE posted SET expires = at + $1 WHERE guild = $2 AND (expires = 0 OR expires > at + $1)`, kept, t.guild)
}

// setting is one row of the table of settings.
type setting struct{ guild, name, value string }

func readSetting(r scanner) (v setting, err error) { return v, r.Scan(&v.guild, &v.name, &v.value) }

// Settings implements library.SettingsTable.
func (s *Store) Settings(ctx context.Context, guild string) (map[string]string, error) {
	all := make(map[string]string)
	err := s.read(ctx, guild, func(t *tx) error {
		rows, err := collect(t, readSetting, `SELECT guild, name, value FROM settings WHERE guild = $1`, guild)
		for _, row := range rows {
			all[row.name] = row.value
		}
		return err
	})
	return all, err
}

// AllSettings implements library.Feed.
func (s *Store) AllSettings(ctx context.Context) (map[string]map[string]string, error) {
	all := make(map[string]map[string]string)
	err := s.read(ctx, library.Host, func(t *tx) error {
		rows, err := collect(t, readSetting, `SELECT guild, name, value FROM settings`)
		for _, row := range rows {
			if all[row.guild] == nil {
				all[row.guild] = make(map[string]string)
			}
			all[row.guild][row.name] = row.value
		}
		return err
	})
	return all, err
}
