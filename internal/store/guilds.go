package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"verbatim/internal/library"
)

// Joined implements library.Guilds.
func (s *Store) Joined(ctx context.Context, guild string) error {
	if g, err := s.Guild(ctx, guild); err == nil && !g.Joined.IsZero() && g.Left.IsZero() {
		return nil
	}
	return s.write(ctx, guild, func(t *tx) error {
		t.changed(library.ChangedGuild, "joined")
		return t.exec(`UPDATE guilds SET left_at = 0, joined_at = CASE WHEN joined_at = 0 THEN $1 ELSE joined_at END WHERE guild = $2`,
			millis(t.at), guild)
	})
}

// Left implements library.Guilds. A guild of which nothing is kept, because it was
// deleted while the bot was in it, is noted all the same, to be deleted in its time.
func (s *Store) Left(ctx context.Context, guild string) error {
	return s.write(ctx, guild, func(t *tx) error {
		n, err := t.count(`UPDATE guilds SET left_at = $1, joined_at = CASE WHEN joined_at = 0 THEN $1 ELSE joined_at END
			WHERE guild = $2 AND left_at = 0`, millis(t.at), guild)
		if err == nil && n > 0 {
			t.changed(library.ChangedGuild, "left")
		}
		return err
	})
}

// members are the guilds that the bot is or was in.
const members = `SELECT guild, joined_at, left_at FROM guilds WHERE joined_at <> 0`

func readGuild(r scanner) (g library.Guild, err error) {
	var joined, left int64
	err = r.Scan(&g.ID, &joined, &left)
	g.Joined, g.Left = timeOf(joined), timeOf(left)
	return g, err
}

// Guild implements library.Guilds.
func (s *Store) Guild(ctx context.Context, guild string) (g library.Guild, err error) {
	err = s.read(ctx, guild, func(t *tx) error {
		g, err = readGuild(t.row(members+` AND guild = $1`, guild))
		return missing(err, "guild", guild)
	})
	return g, err
}

// Guilds implements library.Guilds.
func (s *Store) Guilds(ctx context.Context) (all []library.Guild, err error) {
	err = s.read(ctx, library.Host, func(t *tx) error {
		all, err = collect(t, readGuild, members)
		return err
	})
	slices.SortFunc(all, func(a, b library.Guild) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// ofGuild lists every table with rows of guilds.
func ofGuild() []string {
	return []string{
		"settings", "revisions", "texts", "publications", "reviews", "posted", "votes", "daily", "missed", "golden", "bank",
		"synonyms", "corrections", "preferences", "drafts", "watches", "pages", "proposals", "optins", "marks", "audit", "jobs", "guilds",
	}
}

// Delete implements library.Guilds.
func (s *Store) Delete(ctx context.Context, guild string) error {
	return s.write(ctx, guild, (*tx).deleteGuild)
}

// DeleteLeft is Delete for a guild that the bot left no later than before. It
// returns false, and removes nothing, when the bot is back or left later, which is
// looked at in the transaction that deletes.
func (s *Store) DeleteLeft(ctx context.Context, guild string, before time.Time) (deleted bool, err error) {
	if _, err := s.Guild(ctx, guild); err != nil { // a write would make a row of its own
		return false, unlessMissing(err)
	}
	err = s.write(ctx, guild, func(t *tx) error {
		var left int64
		err := t.row(`SELECT left_at FROM guilds WHERE guild = $1`, guild).Scan(&left)
		if deleted = err == nil && left != 0 && left <= millis(before); !deleted {
			return err
		}
		return t.deleteGuild()
	})
	return deleted && err == nil, err
}

// unlessMissing is nil for what is not there.
func unlessMissing(err error) error {
	if notFound(err) {
		return nil
	}
	return err
}

func (t *tx) deleteGuild() error {
	for _, table := range ofGuild() {
		if err := t.exec(`DELETE FROM `+table+` WHERE guild = $1`, t.guild); err != nil {
			return err
		}
	}
	// The feed names the guild's articles; followers need only know that it is gone.
	if err := t.exec(`UPDATE feed SET subject = '' WHERE guild = $1`, t.guild); err != nil {
		return err
	}
	t.changed(library.ChangedGuild, "deleted")
	return nil
}
