package store_test

import (
	"testing"
	"time"

	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestDeleteLeftSparesGuildsThatCameBack: the decision and the deletion are one
// transaction, so that a guild that comes back while others write keeps its library.
func TestDeleteLeftSparesGuildsThatCameBack(t *testing.T) {
	now := summer()
	for name, c := range map[string]struct {
		left, back bool
		before     time.Time
		want       bool
	}{
		"left long ago":        {left: true, before: now, want: true},
		"left after that":      {left: true, before: now.Add(-time.Millisecond)},
		"came back":            {left: true, back: true, before: now},
		"never left":           {before: now},
		"never left, no limit": {before: time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			for engine, url := range movers() {
				t.Run(engine, func(t *testing.T) {
					s, ctx := openStill(t, url(t), now), t.Context()
					must(t, s.Joined(ctx, fromGuild))
					must(t, s.SetSetting(ctx, fromGuild, "language", "de", noted("")))
					if c.left {
						must(t, s.Left(ctx, fromGuild))
					}
					if c.back {
						must(t, s.Joined(ctx, fromGuild))
					}
					deleted, err := s.DeleteLeft(ctx, fromGuild, c.before)
					if err != nil || deleted != c.want {
						t.Errorf("deleted %t, %v; want %t", deleted, err, c.want)
					}
					if set, err := s.Settings(ctx, fromGuild); err != nil || (len(set) == 0) != c.want {
						t.Errorf("afterwards its settings are %v, %v", set, err)
					}
				})
			}
		})
	}
}

// TestDeleteLeftOfNobody leaves nothing behind of a guild that is not there.
func TestDeleteLeftOfNobody(t *testing.T) {
	url := storetest.SQLite(t)
	s := openStill(t, url, summer())
	if deleted, err := s.DeleteLeft(t.Context(), otherGuild, summer()); err != nil || deleted {
		t.Errorf("deleted %t, %v", deleted, err)
	}
	var rows int
	err := storetest.Raw(t, url).QueryRowContext(t.Context(), `SELECT count(*) FROM guilds`).Scan(&rows)
	if err != nil || rows != 0 {
		t.Errorf("%d guilds, %v", rows, err)
	}
}

// openAt opens a database whose clock stands still.
func openStill(t *testing.T, url string, at time.Time) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: func() time.Time { return at }})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}
