package store

import "context"

// OptIn implements library.OptIns.
func (s *Store) OptIn(ctx context.Context, guild, who string) error {
	if err := checkKeys(who); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		return t.exec(`INSERT INTO optins (guild, who, at) VALUES ($1, $2, $3) ON CONFLICT (guild, who) DO NOTHING`, guild, who, millis(t.at))
	})
}

// OptOut implements library.OptIns.
func (s *Store) OptOut(ctx context.Context, guild, who string) error {
	if err := checkTexts(maxKey, who); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		return t.exec(`DELETE FROM optins WHERE guild = $1 AND who = $2`, guild, who)
	})
}

// OptedIn implements library.OptIns.
func (s *Store) OptedIn(ctx context.Context, guild, who string) (in bool, err error) {
	if err := checkTexts(maxKey, who); err != nil {
		return false, err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		return t.row(`SELECT count(*) > 0 FROM optins WHERE guild = $1 AND who = $2`, guild, who).Scan(&in)
	})
	return in, err
}
