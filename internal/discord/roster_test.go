package discord_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
)

// guildBook is a discord.Guilds that writes down what it is told.
type guildBook struct {
	mu       sync.Mutex
	told     []string
	failures int // how many calls fail before one succeeds
}

func (g *guildBook) note(what, guild string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.failures > 0 {
		g.failures--
		return errNoRoom
	}
	g.told = append(g.told, what+" "+guild)
	return nil
}

// Joined implements discord.Guilds.
func (g *guildBook) Joined(_ context.Context, guild string) error { return g.note("joined", guild) }

// Left implements discord.Guilds.
func (g *guildBook) Left(_ context.Context, guild string) error { return g.note("left", guild) }

func (g *guildBook) all() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.told)
}

// TestGuildsAreToldOnce joins, loses its connection, has an outage, joins another
// guild and is removed from the first one.
func TestGuildsAreToldOnce(t *testing.T) {
	t.Parallel()
	book := &guildBook{failures: 2}
	w := startWith(t, discord.Config{Timing: quick, Guilds: book})
	want := []string{"joined " + w.guild.ID}
	told := func() {
		t.Helper()
		eventually(t, "the guilds to be told", func() bool { return slices.Equal(book.all(), want) })
	}
	told()
	w.Drop(4000)
	if err := w.Identified(within(t, 10*time.Second), 2); err != nil {
		t.Fatal(err)
	}
	if err := w.Connected(within(t, 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	w.guild.Outage()
	want = append(want, "joined "+w.Guild("another").ID)
	told()
	w.guild.Remove()
	want = append(want, "left "+w.guild.ID)
	told()
}
