package discord_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/lease"
)

// crowd is several bots that share one local Discord, one table of leases and one
// ledger, as processes on one database do.
type crowd struct {
	*discordtest.Server
	t      *testing.T
	table  *table
	ledger *ledger
	oracle *oracle
	ttl    time.Duration
	timing discord.Timing
	alice  *discordtest.Member
	rooms  []*discordtest.Channel // one a shard
	size   int
	twice  bool // a shard may be held twice: by one who lost it without knowing to whom
}

// newCrowd makes a Discord of so many shards, without a bot.
func newCrowd(t *testing.T, shards int, options ...discordtest.Option) *crowd {
	t.Helper()
	s := discordtest.New(t, append([]discordtest.Option{discordtest.WithShards(shards), discordtest.IdentifyWindow(0)}, options...)...)
	timing := quick
	timing.Claim, timing.Identify = 50*time.Millisecond, 10*time.Millisecond
	shared := newTable()
	c := &crowd{
		Server: s, t: t, table: shared, ledger: &ledger{fence: shared}, oracle: &oracle{},
		ttl: 2 * time.Second, timing: timing, alice: s.Member("alice"),
	}
	t.Cleanup(func() {
		if n := s.Overlaps(); n > 0 && !c.twice {
			t.Errorf("%d times a shard was held twice", n)
		}
	})
	for shard := range shards {
		c.rooms = append(c.rooms, s.GuildOn(shard, fmt.Sprintf("guild of %d", shard)).Channel("general"))
	}
	return c
}

// member is one bot of a crowd.
type member struct {
	*watcher
	name string
	view *view
	log  *syncBuffer
	stop func() error
}

// joins starts one more bot, until the test ends.
func (c *crowd) joins() *member {
	c.t.Helper()
	c.size++
	m := &member{watcher: &watcher{}, name: fmt.Sprintf("process %d", c.size), view: &view{table: c.table}, log: &syncBuffer{}}
	log := slog.New(slog.NewTextHandler(m.log, nil))
	bot, err := discord.New(discord.Config{
		Token: c.Token(), API: c.URL(), Timing: c.timing, Logger: log,
		Limits: generous, Leases: lease.NewKeeper(m.view, m.name, c.ttl, log), Ledger: c.ledger, Observe: m.watcher,
	}, c.oracle)
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(c.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	m.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	c.t.Cleanup(func() {
		if err := m.stop(); err != nil {
			c.t.Errorf("%s: Run = %v", m.name, err)
		}
		if c.t.Failed() {
			c.t.Logf("%s:\n%s", m.name, m.log)
		}
	})
	return m
}

// share waits until the bots hold so many shards each, all of them connected.
func (c *crowd) share(want map[*member]int) {
	c.t.Helper()
	eventually(c.t, fmt.Sprintf("shards to be shared as %v", want), func() bool {
		for m, n := range want {
			if m.held() != n {
				return false
			}
		}
		return true
	})
	if err := c.AllShards(within(c.t, 20*time.Second)); err != nil {
		c.t.Fatal(err)
	}
}

// answersEverywhere asks in a guild of every shard and expects one answer each.
func (c *crowd) answersEverywhere() {
	c.t.Helper()
	var asked []*discordtest.Reply
	for _, room := range c.rooms {
		asked = append(asked, c.Say(c.alice, room, c.Mention()+" is it safe?"))
	}
	for shard, r := range asked {
		if _, err := r.Wait(within(c.t, 10*time.Second)); err != nil {
			c.t.Fatalf("shard %d: %v", shard, err)
		}
		if n := r.Count(); n != 1 {
			c.t.Errorf("shard %d: %d replies", shard, n)
		}
	}
}

// logs waits until a bot logged something.
func (m *member) logs(t *testing.T, text string) {
	t.Helper()
	eventually(t, "the log to say "+text, func() bool { return strings.Contains(m.log.String(), text) })
}
