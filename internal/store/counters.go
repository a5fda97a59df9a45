package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Count implements library.Counters.
func (s *Store) Count(ctx context.Context, guild string, day article.Date, name string, n int64) error {
	if err := checkKeys(name); err != nil {
		return err
	}
	if day.IsZero() {
		return fmt.Errorf("%w: a daily number needs a day", article.ErrInvalid)
	}
	return s.add(ctx, guild, func(t *tx) error {
		return t.exec(`INSERT INTO daily (guild, day, name, count) VALUES ($1, $2, $3, $4)
			ON CONFLICT (guild, day, name) DO UPDATE SET count = daily.count + excluded.count`, guild, day.String(), name, n)
	})
}

// Counts implements library.Counters.
func (s *Store) Counts(ctx context.Context, guild string, first, last article.Date) (all []library.Daily, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		// Days are texts of one length, so they compare as they follow each other.
		all, err = collect(t, readDaily, `SELECT day, name, count FROM daily WHERE guild = $1 AND day >= $2 AND day <= $3`,
			guild, first.String(), last.String())
		return err
	})
	slices.SortFunc(all, func(a, b library.Daily) int {
		return cmp.Or(strings.Compare(a.Day.String(), b.Day.String()), strings.Compare(a.Name, b.Name))
	})
	return all, err
}

func readDaily(r scanner) (d library.Daily, err error) {
	var day string
	if err := r.Scan(&day, &d.Name, &d.Count); err != nil {
		return d, err
	}
	d.Day, err = dayOf(day)
	return d, err
}
