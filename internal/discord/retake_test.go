package discord_test

import (
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// TestCardsWithoutADatabase takes the database away for longer than a lease lives: the
// connection stays, cards are shown, and what two processes could both say is not
// said. When the database is back, so is everything.
func TestCardsWithoutADatabase(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 1)
	a := c.joins()
	c.share(map[*member]int{a: 1})
	before, _ := c.Holder(0)
	a.view.cut.Store(true)
	a.logs(t, "only cards are shown until it is back")
	if a.held() != 0 {
		t.Errorf("%d shards count as held", a.held())
	}
	seen, err := c.Say(c.alice, c.rooms[0], c.Mention()+" I want to end it all").Wait(within(t, 5*time.Second))
	if err != nil {
		t.Fatal("no card:", err)
	}
	contains(t, seen.Text(), crisisCard.Action)
	quiet := c.Say(c.alice, c.rooms[0], c.Mention()+" is it safe?")
	a.logs(t, "not answered: another process may hold the shard")
	if _, err := c.Run(c.alice, c.rooms[0], "/ask", discordtest.Options{"question": "is it safe?"}).Wait(within(t, 5*time.Second)); err != nil {
		t.Error("Discord takes one callback, so a command can be answered:", err)
	}

	a.view.cut.Store(false)
	a.logs(t, "held again")
	c.share(map[*member]int{a: 1})
	c.answersEverywhere()
	if n := quiet.Count(); n != 0 {
		t.Errorf("%d replies to a message that another process might have answered", n)
	}
	if after, ok := c.Holder(0); !ok || after != before {
		t.Errorf("the connection did not last: %v, then %v", before, after)
	}
}

// TestAnotherHolderEndsCardsOnly lets another process take the shard while this one
// sees no database: as soon as it does, it leaves.
func TestAnotherHolderEndsCardsOnly(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 1)
	a := c.joins()
	c.share(map[*member]int{a: 1})
	a.view.cut.Store(true)
	a.logs(t, "only cards are shown until it is back")
	c.table.seize("shard/" + c.BotID() + "/1/0")
	a.view.cut.Store(false)
	if err := c.Unheld(within(t, 10*time.Second), 0); err != nil {
		t.Error(err)
	}
}
