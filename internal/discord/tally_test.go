package discord_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// numbers is a discord.Counters in memory.
type numbers struct {
	mu    sync.Mutex
	fail  error
	stuck chan struct{} // when not nil, calls wait for it to be closed
	tried int
	all   map[string]int64
}

// Count implements discord.Counters.
func (n *numbers) Count(_ context.Context, guild string, day article.Date, name string, by int64) error {
	n.mu.Lock()
	stuck := n.stuck
	n.tried++
	n.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail != nil {
		return n.fail
	}
	if n.all == nil {
		n.all = make(map[string]int64)
	}
	n.all[fmt.Sprint(guild, " ", day, " ", name)] += by
	return nil
}

// of returns what was counted in a guild on a day, without what is zero.
func (n *numbers) of(guild, day string) map[string]int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	found := map[string]int64{}
	for key, count := range n.all {
		if name, ok := strings.CutPrefix(key, guild+" "+day+" "); ok && count != 0 {
			found[name] = count
		}
	}
	return found
}

func (n *numbers) change(change func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change()
}

// counting opens a house whose numbers are written at once, or at the end alone.
func counting(t *testing.T, n *numbers, every time.Duration) *house {
	t.Helper()
	return open(t, true, func(c *discord.Config) { c.Counters, c.Timing.Tally = n, every })
}

// TestDailyNumbers: every answer is counted once, with what came of it, and so is every
// member's last verdict; an edit and a shared answer are no other questions.
func TestDailyNumbers(t *testing.T) {
	t.Parallel()
	n := &numbers{}
	h := counting(t, n, time.Hour)
	day := article.DateOf(h.Now().UTC()).String()
	edited := h.mentions(h.alice, h.general, "is it a risk?")
	h.reads(edited)
	h.Edit(h.alice, edited.Asked, h.Mention()+" is it safe?")
	h.tally.done(t, "edit", 1)
	h.reads(h.asks("an unknown brew?"))
	h.reads(h.asks("who wrote it?"))
	h.reads(h.asks("I want to end it all"))
	private := h.ask("how long?", true)
	h.clicks(h.alice, private, "Share")
	for _, label := range []string{"Helpful", "Helpful", "Not helpful"} {
		h.clicks(h.alice, private, label)
	}
	h.reads(h.Say(h.alice, h.DM(h.alice), "is it safe?"))
	if len(n.all) != 0 {
		t.Errorf("written too early: %v", n.all)
	}
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{
		"asked": 5, "answered": 2, "abstained": 1, "card": 1, "help": 1, "tier/none": 3, "tier/safety": 1, "tier/crisis": 1,
		"section/tea/Is it safe?": 1, "section/tea/How to brew": 1, "nothelpful": 1,
	}
	if got := n.of(h.guild.ID, day); !maps.Equal(got, want) {
		t.Errorf("counted\n%v, want\n%v", got, want)
	}
	if got := n.of(library.Direct, day)["asked"]; got != 1 {
		t.Errorf("%d questions were counted in direct messages", got)
	}
}

// TestNumbersAreWrittenMeanwhile, each on its day.
func TestNumbersAreWrittenMeanwhile(t *testing.T) {
	t.Parallel()
	n := &numbers{}
	h := counting(t, n, time.Millisecond)
	for range 2 {
		day := article.DateOf(h.Now().UTC()).String()
		h.reads(h.asks("is it safe?"))
		eventually(t, "the numbers", func() bool { return n.of(h.guild.ID, day)["asked"] == 1 })
		h.pass(24 * time.Hour)
	}
}

// TestNumbersWaitForTheDatabase, and nobody waits for them.
func TestNumbersWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	n := &numbers{fail: errors.New("out of reach")}
	h := counting(t, n, time.Millisecond)
	day := article.DateOf(h.Now().UTC()).String()
	h.reads(h.asks("is it safe?"))
	eventually(t, "some tries", func() bool { n.mu.Lock(); defer n.mu.Unlock(); return n.tried > 3 })
	n.change(func() { n.fail = nil })
	h.reads(h.asks("is it safe?"))
	eventually(t, "the numbers", func() bool { return n.of(h.guild.ID, day)["asked"] == 2 })
	if told := strings.Count(h.log.String(), "daily numbers could not be written"); told != 1 {
		t.Errorf("the log tells %d times", told)
	}
}

// TestAStuckDatabaseKeepsNobody from getting answers, nor the bot from leaving.
func TestAStuckDatabaseKeepsNobody(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	n := &numbers{stuck: stuck}
	h := counting(t, n, time.Millisecond)
	for range 3 {
		contains(t, h.reads(h.Run(h.alice, h.general, "/ask", discordtest.Options{"question": "is it safe?"})).Text(), "generally safe")
	}
	began := time.Now()
	if err := h.stop(); err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("stopped after %v: %v", time.Since(began), err)
	}
	contains(t, h.log.String(), "some of the daily numbers are lost")
	if n.tried != 1 {
		t.Errorf("%d numbers were written at once", n.tried)
	}
}
