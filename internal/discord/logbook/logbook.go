// Package logbook posts to the log channel of a guild what its moderators should know:
// what was changed, which articles are to be reviewed, that long work is done, and where
// the guild wants it, that a crisis or emergency card was shown.
//
// Invariants:
//   - each entry of the audit trail is posted once, whatever fails and however often the
//     program is started anew, from the moment on that a guild has a log channel;
//   - entries are posted in their order, by the process that holds the guild's shard;
//   - a channel that cannot be written to keeps nobody else's waiting;
//   - a note about a card holds nothing that was written, and nobody's name;
//   - nothing pings, which package api sees to.
package logbook

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"log/slog"
	"strings"
	"sync"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// Trail is the audit trail, as [library.Trail].
type Trail interface {
	Audit(ctx context.Context, guild string, after int64, limit int) ([]library.Entry, error)
	LastEntry(ctx context.Context, guild string) (library.Entry, error)
}

// Poster writes into channels, as [api.Client].
type Poster interface {
	Post(ctx context.Context, channel string, m api.Message) (id string, err error)
}

// Reviews lists what is to be reviewed by a day, as [bench.Bench].
type Reviews interface {
	Due(ctx context.Context, guild string, by article.Date) ([]bench.Due, error)
}

// Config is what [New] needs. Held, Every, Rest and Log may be left out.
type Config struct {
	Trail   Trail
	Marks   library.Marks
	Poster  Poster
	Reviews Reviews
	// Line says in plain words what an entry of the trail is: Markdown, in at most a
	// thousand characters.
	Line     func(library.Entry) string
	Settings func(guild string) library.Settings
	Guilds   func() []string         // those that have a log channel
	Held     func(guild string) bool // whether this process holds the guild's shard; nil for always
	Now      func() time.Time
	Every    time.Duration // between two looks at all guilds; a minute when 0
	Rest     time.Duration // until a channel that cannot be written to is tried again; ten minutes when 0
	Log      *slog.Logger
}

// Book is the log of all guilds. It is safe for concurrent use.
type Book struct {
	Config

	notes chan note     // about cards
	nudge chan struct{} // there is something to look at

	mu      sync.Mutex
	pending map[string]bool // guilds to look at
	busy    map[string]bool // and those that are being looked at
	blocked map[string]blocked
	noted   map[string]time.Time // when a card was last noted, by channel
}

// New returns a book. Nothing of the trail and no note is posted but by [Book.Run].
func New(c Config) *Book {
	if c.Held == nil {
		c.Held = func(string) bool { return true }
	}
	if c.Every <= 0 {
		c.Every = time.Minute
	}
	if c.Rest <= 0 {
		c.Rest = 10 * time.Minute
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Book{
		Config: c, notes: make(chan note, maxNotes), nudge: make(chan struct{}, 1), pending: make(map[string]bool), busy: make(map[string]bool),
		blocked: make(map[string]blocked), noted: make(map[string]time.Time),
	}
}

// Say posts one plain line, such as that long work is done, where the guild has a log
// channel. That it could not be posted is logged.
func (b *Book) Say(ctx context.Context, guild, text string) {
	channel := b.Settings(guild).LogChannel
	if channel == "" {
		return
	}
	if err := b.post(ctx, channel, "", render.Escape(text), rand.Text()); err != nil {
		b.Log.Warn("a line for the log channel was not posted", "guild", guild, "error", err)
	}
}

// post posts a text of Markdown. What makes the message the same as one that was posted
// some minutes ago is once.
func (b *Book) post(ctx context.Context, channel, title, text, once string) error {
	m := api.Of(render.Message{Embeds: []render.Embed{{Title: title, Description: text, Color: render.Neutral}}})
	m.Nonce = nonce(once)
	_, err := b.Poster.Post(ctx, channel, m)
	return err
}

// nonce names a message in the 25 characters that Discord takes.
func nonce(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base32.StdEncoding.EncodeToString(sum[:15])
}
