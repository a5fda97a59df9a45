package store_test

import (
	"context"
	"testing"
	"time"

	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// TestAShorterRetentionHoldsForWhatIsThere: a guild that keeps answers for a week
// from now on has none that is older, wherever the setting came from.
func TestAShorterRetentionHoldsForWhatIsThere(t *testing.T) {
	const day = 24 * time.Hour
	set := func(name, value string) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error {
			return s.SetSetting(ctx, fromGuild, name, value, noted(""))
		}
	}
	for name, c := range map[string]struct {
		change func(context.Context, *store.Store) error
		want   time.Duration
	}{
		"a week":          {set("retention-days", "7"), 7 * day},
		"a decade":        {set("retention-days", "3650"), 365 * day},
		"another setting": {set("stale-days", "7"), 365 * day},
		"imported": {func(ctx context.Context, s *store.Store) error {
			_, err := s.Load(ctx, fromGuild, "settings", []library.Row{{"name": "retention-days", "value": "30"}})
			return err
		}, 30 * day},
	} {
		t.Run(name, func(t *testing.T) {
			for engine, url := range movers() {
				t.Run(engine, func(t *testing.T) {
					s, at := openURL(t, url(t)), summer()
					for _, guild := range []string{fromGuild, otherGuild} {
						p := library.Posted{ID: "one", Question: "q", At: at, Expires: at.Add(365 * day)}
						must(t, s.Post(t.Context(), guild, p, lease.Lease{}))
					}
					must(t, c.change(t.Context(), s))
					for guild, want := range map[string]time.Duration{fromGuild: c.want, otherGuild: 365 * day} {
						p, err := s.PostedByID(t.Context(), guild, "one")
						must(t, err)
						if kept := p.Expires.Sub(at); kept != want {
							t.Errorf("%s keeps it for %v, want %v", guild, kept, want)
						}
					}
				})
			}
		})
	}
}
