package discord_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/library"
)

// guildBook is a discord.Guilds that writes down what it is told.
type guildBook struct {
	mu       sync.Mutex
	told     []string
	kept     []library.Guild
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
	for i := range g.kept {
		if g.kept[i].ID == guild && what == "left" {
			g.kept[i].Left = time.Now()
		}
	}
	return nil
}

// Guilds implements discord.Guilds.
func (g *guildBook) Guilds(context.Context) ([]library.Guild, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.failures > 0 {
		g.failures--
		return nil, errNoRoom
	}
	return slices.Clone(g.kept), nil
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
	w.Drop(4009) // the session is over
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

// TestGuildsLeftUnseen has guilds kept from before a session: one that the bot is still
// in, one that it was removed from meanwhile, and one that it left long ago.
func TestGuildsLeftUnseen(t *testing.T) {
	t.Parallel()
	book := &guildBook{failures: 2}
	before := time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)
	const gone, old = "100000000000000001", "100000000000000002"
	w := startWith(t, discord.Config{Timing: quick, Guilds: book})
	book.mu.Lock()
	book.kept = []library.Guild{{ID: w.guild.ID, Joined: before}, {ID: gone, Joined: before}, {ID: old, Joined: before, Left: before}}
	book.mu.Unlock()
	again := func(sessions int) {
		t.Helper()
		w.Drop(4009) // the session is over
		if err := w.Identified(within(t, 10*time.Second), sessions); err != nil {
			t.Fatal(err)
		}
		if err := w.Connected(within(t, 10*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	again(2) // and compares
	// Who is told of first is not said.
	told := func(want ...string) bool {
		return slices.Equal(slices.Sorted(slices.Values(book.all())), slices.Sorted(slices.Values(want)))
	}
	eventually(t, "the guilds to be told", func() bool { return told("joined "+w.guild.ID, "left "+gone) })
	again(3) // and finds nothing new
	w.reads(w.asks("is it safe?"))
	w.guild.Remove()
	eventually(t, "the farewell", func() bool { return told("joined "+w.guild.ID, "left "+gone, "left "+w.guild.ID) })
}
