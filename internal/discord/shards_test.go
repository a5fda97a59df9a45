package discord_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/lease"
)

// TestOneProcessHoldsAllShards has no leases.
func TestOneProcessHoldsAllShards(t *testing.T) {
	t.Parallel()
	timing := quick
	timing.Identify = 600 * time.Millisecond
	w := startWith(t, discord.Config{Timing: timing}, discordtest.WithShards(4), discordtest.WithMaxConcurrency(2), discordtest.IdentifyWindow(100*time.Millisecond))
	if err := w.AllShards(within(t, 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	for shard := range 4 {
		room := w.GuildOn(shard, "guild").Channel("general")
		contains(t, w.reads(w.Say(w.alice, room, w.Mention()+" is it safe?")).Text(), "safe")
	}
	contains(t, w.reads(w.Say(w.alice, w.DM(w.alice), "is it safe?")).Text(), "safe")
}

// TestShardsAreConfigured overrules Discord's recommendation, which here no other
// number is accepted beside.
func TestShardsAreConfigured(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, discordtest.WithShards(2))
	bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL(), Timing: quick, Shards: 3}, &oracle{})
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Run(within(t, 10*time.Second)); err == nil || !strings.Contains(err.Error(), "number of shards") {
		t.Errorf("Run = %v, want an error about the number of shards", err)
	}
	if got := s.Identifies()[0].Shard; got == nil || got[1] != 3 {
		t.Errorf("identified as %v, want one of 3", got)
	}
}

// TestReadyForgetsItsShardOnly reconnects one shard while the other's guilds stay known.
func TestReadyForgetsItsShardOnly(t *testing.T) {
	t.Parallel()
	w := startWith(t, discord.Config{Timing: quick}, discordtest.WithShards(2))
	if err := w.AllShards(within(t, 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	other := w.GuildOn(1, "guild").AgeRestricted("adults")
	w.reads(w.Run(w.alice, other, "/ask", discordtest.Options{"question": "which technique?"}))
	holder, _ := w.Holder(0)
	w.Kill(holder.ID)
	eventually(t, "the connection to end", func() bool { now, held := w.Holder(0); return !held || now != holder })
	w.Expire() // or it would be resumed
	if err := w.Identified(within(t, 10*time.Second), 3); err != nil {
		t.Fatal(err)
	}
	if err := w.AllShards(within(t, 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	w.reads(w.Run(w.alice, w.GuildOn(0, "guild").Channel("general"), "/ask", discordtest.Options{"question": "is it safe?"}))
	w.reads(w.Run(w.alice, other, "/ask", discordtest.Options{"question": "which technique?"}))
	if got := w.Requests("GET /channels/"); len(got) != 0 {
		t.Errorf("a channel was forgotten and asked for: %v", got)
	}
}

func TestShardsAreShared(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 8, discordtest.WithMaxConcurrency(4))
	a, b := c.joins(), c.joins()
	c.share(map[*member]int{a: 4, b: 4})
	third := c.joins()
	eventually(t, "the third process to get its share", func() bool { return third.held() == 2 })
	c.share(map[*member]int{a: 3, b: 3, third: 2})
	c.answersEverywhere()
	if got := len(c.Requests("PUT /applications")); got != 1 {
		t.Errorf("commands were written %d times, want once", got)
	}
	if got := len(c.Connections()); got != 8 {
		t.Errorf("%d connections for 8 shards", got)
	}
}

// TestNobodyAnswersTwiceWhileSharing asks without a pause while shards move.
func TestNobodyAnswersTwiceWhileSharing(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 4, discordtest.WithMaxConcurrency(4))
	a := c.joins()
	c.share(map[*member]int{a: 4})
	b := c.joins()
	var asked []*discordtest.Reply
	eventually(t, "the shards to be shared", func() bool {
		for _, room := range c.rooms {
			asked = append(asked, c.Say(c.alice, room, c.Mention()+" is it safe?"))
		}
		time.Sleep(20 * time.Millisecond)
		return a.held() == 2 && b.held() == 2
	})
	c.share(map[*member]int{a: 2, b: 2})
	c.answersEverywhere()
	answered := 0
	for _, r := range asked {
		answered += min(1, r.Count()) // a second reply fails the test by itself
	}
	if answered < len(asked)/4 {
		t.Errorf("%d of %d questions were answered", answered, len(asked))
	}
}

// TestWhatIsInHandIsFinished gives shards up while answers to them are being made.
func TestWhatIsInHandIsFinished(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, discordtest.WithMaxConcurrency(2))
	a := c.joins()
	c.share(map[*member]int{a: 2})
	c.oracle.take(1500 * time.Millisecond)
	var asked []*discordtest.Reply
	for _, room := range c.rooms {
		asked = append(asked, c.Say(c.alice, room, c.Mention()+" is it safe?"))
	}
	b := c.joins()
	for shard, r := range asked {
		if _, err := r.Wait(within(t, 10*time.Second)); err != nil {
			t.Errorf("shard %d: %v", shard, err)
		}
	}
	c.share(map[*member]int{a: 1, b: 1})
	for _, r := range c.ledger.rows(t, 2) {
		if r.under.Holder != a.name {
			t.Errorf("recorded under %+v", r.under)
		}
	}
}

// TestTakeOver loses a process in three ways; the other holds all shards soon after.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	ways := map[string]struct {
		lose  func(*member) error
		bound time.Duration // beyond which it took too long
	}{
		"cut off from the database": {func(m *member) error { m.view.cut.Store(true); return nil }, 5 * time.Second},
		"killed":                    {func(m *member) error { m.view.cut.Store(true); return m.stop() }, 6 * time.Second},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCrowd(t, 8, discordtest.WithMaxConcurrency(8))
			a, b := c.joins(), c.joins()
			c.share(map[*member]int{a: 4, b: 4})
			c.twice = name == "cut off from the database"
			began := time.Now()
			if err := way.lose(a); err != nil {
				t.Fatal(err)
			}
			c.share(map[*member]int{a: 0, b: 8})
			if c.twice { // one who cannot know who else there is stays connected, for cards
				eventually(t, "the other to be connected", func() bool { return len(c.Connections()) == 12 })
			}
			if took := time.Since(began); took > c.ttl+way.bound {
				t.Errorf("taking over took %v", took)
			}
			c.answersEverywhere()
		})
	}
}

// TestLeavingHandsOver stops a process whose leases would live for a minute.
func TestLeavingHandsOver(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 4, discordtest.WithMaxConcurrency(4))
	c.ttl = time.Minute
	a, b := c.joins(), c.joins()
	c.share(map[*member]int{a: 2, b: 2})
	began := time.Now()
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("leaving took %v", took)
	}
	c.share(map[*member]int{b: 4})
	c.answersEverywhere()
}

// TestLeavingWithADeadDatabase has a table that is gone when the bot leaves.
func TestLeavingWithADeadDatabase(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, discordtest.WithMaxConcurrency(2))
	a := c.joins()
	c.share(map[*member]int{a: 2})
	a.view.cut.Store(true)
	began := time.Now()
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("leaving took %v", took)
	}
}

// TestLostLeaseEndsTheConnection takes a lease away while an answer to its shard is
// being made: the connection ends, and the answer is not sent.
func TestLostLeaseEndsTheConnection(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, discordtest.WithMaxConcurrency(2))
	a := c.joins()
	c.share(map[*member]int{a: 2})
	c.oracle.take(4 * time.Second)
	r := c.Say(c.alice, c.rooms[1], c.Mention()+" is it safe?")
	eventually(t, "the question to be asked", func() bool { return len(c.oracle.questions()) == 1 })
	c.table.seize("shard/" + c.BotID() + "/2/1")
	if err := c.Unheld(within(t, 10*time.Second), 1); err != nil {
		t.Fatal(err)
	}
	a.logs(t, "not answered: another process may hold the shard")
	if n := r.Count(); n != 0 {
		t.Errorf("%d replies under a lease that was lost", n)
	}
	if _, held := c.Holder(0); !held {
		t.Error("the other shard went as well")
	}
}

// TestLostLeaseLeavesCardsAndPromises takes a lease away while two answers are being
// made: of one with a card the card is shown, and what was promised is sent.
func TestLostLeaseLeavesCardsAndPromises(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 1)
	c.timing.Fast = 50 * time.Millisecond
	a := c.joins()
	c.share(map[*member]int{a: 1})
	c.oracle.take(4 * time.Second)
	urgent := c.Say(c.alice, c.rooms[0], c.Mention()+" what about the fever?")
	promised := c.Run(c.alice, c.rooms[0], "/ask", discordtest.Options{"question": "is it safe?"})
	eventually(t, "the questions to be asked", func() bool { return promised.Deferred() && len(c.oracle.questions()) == 2 })
	c.table.seize("shard/" + c.BotID() + "/1/0")
	if err := c.Unheld(within(t, 10*time.Second), 0); err != nil {
		t.Fatal(err)
	}
	seen, err := urgent.Wait(within(t, 10*time.Second))
	if err != nil {
		t.Fatal("the card was dropped:", err)
	}
	contains(t, seen.Text(), urgentCard.Action)
	if strings.Contains(seen.Text(), "Stephen Venneman") {
		t.Errorf("quoted under a lease that was lost:\n%s", seen.Text())
	}
	if seen, err = promised.Wait(within(t, 10*time.Second)); err != nil {
		t.Fatal("the promise was not kept:", err)
	}
	contains(t, seen.Text(), "safe")
	if a.failed() != 1 {
		t.Errorf("%d failures were observed, want one for the promised answer", a.failed())
	}
}

// TestProcessesIdentifyInTurn holds the processes to Discord's pace.
func TestProcessesIdentifyInTurn(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 6, discordtest.WithMaxConcurrency(2), discordtest.IdentifyWindow(100*time.Millisecond))
	c.timing.Identify = 700 * time.Millisecond
	a, b, third := c.joins(), c.joins(), c.joins()
	c.share(map[*member]int{a: 2, b: 2, third: 2}) // an Identify too early fails the test
	buckets := map[int]int{}
	for _, id := range c.Identifies() {
		buckets[id.Bucket]++
	}
	if buckets[0] < 3 || buckets[1] < 3 {
		t.Errorf("identified by bucket: %v", buckets)
	}
}

// TestProcessesAgreeOnTheNumber starts a process after Discord's recommendation for
// the same bot has changed: it counts as those before it do.
func TestProcessesAgreeOnTheNumber(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, discordtest.WithMaxConcurrency(2))
	v := &view{table: c.table}
	if _, err := v.Acquire(context.Background(), "shard/"+c.BotID()+"/5/4", "an older process", time.Hour); err != nil {
		t.Fatal(err)
	}
	log := &syncBuffer{}
	bot, err := discord.New(discord.Config{
		Token: c.Token(), API: c.URL(), Timing: c.timing, Logger: slog.New(slog.NewTextHandler(log, nil)),
		Leases: lease.NewKeeper(v, "a newer process", c.ttl, nil),
	}, c.oracle)
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Run(within(t, 10*time.Second)); err == nil { // this Discord has no 5 shards
		t.Error("Run = nil")
	}
	contains(t, log.String(), "shards=5 recommended=2")
}
