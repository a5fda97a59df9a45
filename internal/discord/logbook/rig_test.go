package logbook

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory keeps the trails, marks and settings of guilds, and fails as often as it is told.
type memory struct {
	mu       sync.Mutex
	trails   map[string][]library.Entry
	marks    map[string]string
	settings map[string]library.Settings
	due      map[string][]bench.Due
	faults   []error // for SetMark, one a call
	away     map[string]bool
	now      time.Time
}

func newMemory() *memory {
	return &memory{
		trails: make(map[string][]library.Entry), marks: make(map[string]string), settings: make(map[string]library.Settings),
		due: make(map[string][]bench.Due), away: make(map[string]bool), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
	}
}

// add adds entries to a guild's trail.
func (m *memory) add(guild string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for range n {
		m.trails[guild] = append(m.trails[guild], library.Entry{N: int64(len(m.trails[guild]) + 1), Actor: "1234567890", Action: "article.publish", Subject: "tea"})
	}
}

func (m *memory) logTo(guild, channel string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.settings[guild]
	s.LogChannel = channel
	m.settings[guild] = s
}

func (m *memory) Audit(_ context.Context, guild string, after int64, limit int) ([]library.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	trail := m.trails[guild]
	from := min(int(after), len(trail))
	return append([]library.Entry(nil), trail[from:min(from+limit, len(trail))]...), nil
}

func (m *memory) LastEntry(_ context.Context, guild string) (library.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if trail := m.trails[guild]; len(trail) > 0 {
		return trail[len(trail)-1], nil
	}
	return library.Entry{}, nil
}

func (m *memory) Mark(_ context.Context, guild, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.marks[guild+name], nil
}

// SwapMark implements library.Marks.
func (m *memory) SwapMark(ctx context.Context, guild, name, from, to string) error {
	if now, err := m.Mark(ctx, guild, name); err != nil || now != from {
		return cmp.Or(err, article.ErrConflict)
	}
	return m.SetMark(ctx, guild, name, to)
}

func (m *memory) SetMark(_ context.Context, guild, name, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.faults) > 0 {
		err := m.faults[0]
		m.faults = m.faults[1:]
		if err != nil {
			return err
		}
	}
	m.marks[guild+name] = value
	return nil
}

func (m *memory) Due(_ context.Context, guild string, _ article.Date) ([]bench.Due, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.due[guild], nil
}

func (m *memory) Settings(guild string) library.Settings {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.settings[guild]
}

func (m *memory) Guilds() (all []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for guild, s := range m.settings {
		if s.LogChannel != "" {
			all = append(all, guild)
		}
	}
	return all
}

func (m *memory) Held(guild string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.away[guild]
}

func (m *memory) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *memory) passes(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// config is a book's over it.
func (m *memory) config(p Poster, log *slog.Logger) Config {
	return Config{
		Trail: m, Marks: m, Poster: p, Reviews: m, Settings: m.Settings, Guilds: m.Guilds, Held: m.Held, Now: m.Now, Every: 10 * time.Millisecond, Log: log,
		Line: func(e library.Entry) string {
			return fmt.Sprintf("**%d** · <@%s> published a new version of **%s**", e.N, e.Actor, e.Subject)
		},
	}
}

// rig is a local Discord with a book.
type rig struct {
	*memory
	*discordtest.Server

	t      *testing.T
	rest   *api.Client
	guild  *discordtest.Guild
	log    *discordtest.Channel
	eva    *discordtest.Member
	logged *bytes.Buffer
	book   *Book
	stop   func()
}

func furnish(t *testing.T) *rig {
	t.Helper()
	s := discordtest.New(t)
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	rest := api.New(base, s.Token(), api.Options{Request: 2 * time.Second})
	t.Cleanup(rest.Close)
	r := &rig{memory: newMemory(), Server: s, t: t, rest: rest, guild: s.Guild("guild"), eva: s.Member("1234567890"), logged: &bytes.Buffer{}}
	r.log = r.guild.Channel("log")
	return r
}

// start starts a book, which stops with the test or before.
func (r *rig) start() {
	r.t.Helper()
	r.book = New(r.config(r.rest, slog.New(slog.NewTextHandler(r.logged, nil))))
	ctx, cancel := context.WithCancel(r.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.book.Run(ctx) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			r.t.Error(err)
		}
	})
	r.t.Cleanup(r.stop)
}

// reads returns the messages of a channel, a line each entry.
func (r *rig) reads(c *discordtest.Channel) (lines []string) {
	for _, seen := range r.From(c, r.eva) {
		if len(seen.Pings) > 0 {
			r.t.Errorf("it pings %q", seen.Pings)
		}
		lines = append(lines, strings.Split(seen.Text(), "\n")...)
	}
	return lines
}

// eventually waits for something.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	end := time.After(10 * time.Second)
	for !is() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// entriesOf expects lines to be entries in a row.
func entriesOf(t *testing.T, lines []string, from, to int) {
	t.Helper()
	var want []string
	for n := from; n <= to; n++ {
		want = append(want, fmt.Sprintf("**%d** · <@1234567890> published a new version of **tea**", n))
	}
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("want entries %d to %d:\n%s", from, to, got)
	}
}
