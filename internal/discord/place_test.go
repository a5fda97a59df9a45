package discord_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
)

// clock is a clock that stands still, at a time that goes with the ids of the local
// Discord.
type clock struct {
	mu sync.Mutex
	at time.Time
}

// newClock starts at noon of the day on which the local Discord's messages are written,
// as their ids say.
func newClock() *clock {
	return &clock{at: time.UnixMilli(1_100_000_000_000_000_000>>22 + 1420070400000).UTC().Truncate(time.Minute).Add(time.Minute)}
}

// Now returns the time.
func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// tally is a discord.Observer that counts which handlers ended.
type tally struct {
	watcher

	mu    sync.Mutex
	ended map[string]int
	fell  map[string]int // of those, the ones that panicked
}

func newTally() *tally { return &tally{ended: make(map[string]int), fell: make(map[string]int)} }

// Handled implements discord.Observer.
func (l *tally) Handled(name string, took time.Duration, failed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended[name]++
	if failed || took < 0 {
		l.fell[name]++
	}
}

func (l *tally) count(name string) (ended, fell int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended[name], l.fell[name]
}

// done waits until so many handlers of a name have ended.
func (l *tally) done(t *testing.T, name string, n int) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d times %q", n, name), func() bool { ended, _ := l.count(name); return ended >= n })
}

// house is a furnished bot with a clock and a tally.
type house struct {
	*furnished
	*clock
	tally *tally
	bob   *discordtest.Member
	asked int
}

const contentIntent = 1 << 15

// open starts one, which may read all messages if content is set.
func open(t *testing.T, content bool, change func(*discord.Config), options ...discordtest.Option) *house {
	t.Helper()
	h := &house{clock: newClock(), tally: newTally()}
	if content {
		options = append(options, discordtest.Privileged(contentIntent))
	}
	h.furnished = furnish(t, func(c *discord.Config) {
		c.Content, c.Now, c.Observe = content, h.Now, h.tally
		if change != nil {
			change(c)
		}
	}, options...)
	h.bob = h.Member("bob")
	return h
}

// mentions lets a member mention the bot with a text.
func (h *house) mentions(by *discordtest.Member, in *discordtest.Channel, text string) *discordtest.Reply {
	return h.Say(by, in, h.Mention()+" "+text)
}

// answered returns a reply once the bot is done with it: a moment after it is seen, it
// is remembered. All questions of a test are to be waited for by it.
func (h *house) answered(r *discordtest.Reply) discordtest.Seen {
	h.t.Helper()
	seen := h.reads(r)
	h.asked++
	eventually(h.t, "the bot to be done", func() bool {
		mentions, _ := h.tally.count("mention")
		commands, _ := h.tally.count("ask")
		overheard, _ := h.tally.count("overheard")
		return mentions+commands+overheard >= h.asked
	})
	return seen
}

// heard waits until so many messages were overheard and dealt with.
func (h *house) heard(n int) { h.t.Helper(); h.tally.done(h.t, "overheard", n) }

// none says that a message has no reply.
func (h *house) none(r *discordtest.Reply, why string) {
	h.t.Helper()
	if n := r.Count(); n != 0 {
		h.t.Errorf("%s: %d replies", why, n)
	}
}
