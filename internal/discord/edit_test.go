package discord_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// becomes waits until a reply holds a text.
func (h *house) becomes(r *discordtest.Reply, text string) discordtest.Seen {
	h.t.Helper()
	seen, err := r.Becomes(within(h.t, 10*time.Second), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), text) })
	if err != nil {
		h.t.Fatalf("%v; the reply is\n%s", err, seen.Text())
	}
	return seen
}

// vanishes waits until a reply is gone.
func (h *house) vanishes(r *discordtest.Reply) {
	h.t.Helper()
	if err := r.Gone(within(h.t, 10*time.Second)); err != nil {
		h.t.Fatal(err)
	}
}

// TestEditRedoes the reply in its place, with its record and its buttons, whatever
// became of the memory and of the ledger.
func TestEditRedoes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		meanwhile  func(*house)
		unrecorded bool
	}{
		"at once":                {func(*house) {}, false},
		"after a restart":        {func(h *house) { h.restart() }, false},
		"the ledger is down":     {func(h *house) { h.ledger.breaks(errors.New("down")) }, true},
		"the question is old":    {func(h *house) { h.pass(24 * time.Hour) }, false},
		"all is asked for today": {func(h *house) { h.decide(library.Settings{DailyCap: 1}) }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, nil)
			h.decide(library.Settings{DailyCap: 1})
			r := h.mentions(h.alice, h.general, "is it safe?")
			first := h.reads(r)
			before := h.ledger.rows(t, 1)[0]
			test.meanwhile(h)
			h.Edit(h.alice, r.Asked, h.Mention()+" how long?")
			second := h.becomes(r, "Wait for three minutes.")
			h.tally.done(t, "edit", 1)
			if second.ID != first.ID || r.Count() != 1 {
				t.Errorf("the reply is %s, was %s; %d replies", second.ID, first.ID, r.Count())
			}
			if test.unrecorded {
				return
			}
			after := h.ledger.rows(t, 1)[0]
			if after.ID != before.ID || after.Message != first.ID || after.Quoted.Start == before.Quoted.Start || h.ledger.count() != 1 {
				t.Errorf("recorded %+v, was %+v", after.Posted, before.Posted)
			}
			if a, b := labels(first), labels(second); len(a) == 0 || !slices.Equal(a, b) {
				t.Errorf("buttons %q, were %q", b, a)
			}
			contains(t, h.clicks(h.alice, second, "Helpful").Text(), "Thank you.")
		})
	}
}

// TestEditToACard and away from it.
func TestEditToACard(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	r := h.mentions(h.alice, h.general, "is it safe?")
	first := h.reads(r)
	h.decide(library.Settings{Paused: true})
	h.Edit(h.alice, r.Asked, h.Mention()+" I want to end it all")
	if seen := h.becomes(r, crisisCard.Action); seen.ID != first.ID || strings.Contains(seen.Text(), "safe") {
		t.Errorf("the card is %+v", seen)
	}
	h.decide(library.Settings{})
	h.tally.done(t, "edit", 1)
	if got := h.ledger.rows(t, 1)[0]; got.Outcome != "card" {
		t.Errorf("recorded %+v", got.Posted)
	}
	h.Edit(h.alice, r.Asked, h.Mention()+" how long?")
	h.becomes(r, "three minutes")
}

// TestEditTakesBack: a reply does not stay below words that it does not answer.
func TestEditTakesBack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		decided library.Settings
		text    string
	}{
		"no mention any more": {library.Settings{}, "is it safe?"},
		"paused":              {library.Settings{Paused: true}, "<bot> is poison safe?"},
		"blocked":             {library.Settings{Blocked: []string{"<alice>"}}, "<bot> is poison safe?"},
		"answered elsewhere":  {library.Settings{AnswerChannels: []string{"1"}}, "<bot> is poison safe?"},
	}
	for _, content := range []bool{false, true} {
		for name, test := range tests {
			h := open(t, content, nil)
			r := h.mentions(h.alice, h.general, "is it safe?")
			h.reads(r)
			for i := range test.decided.Blocked {
				test.decided.Blocked = slices.Clone(test.decided.Blocked)
				test.decided.Blocked[i] = h.alice.ID
			}
			h.decide(test.decided)
			h.Edit(h.alice, r.Asked, strings.ReplaceAll(test.text, "<bot>", h.Mention()))
			h.vanishes(r)
			eventually(t, name+": the record to go", func() bool { return h.ledger.count() == 0 })
		}
	}
}

// TestQuestionDeleted removes the reply and its record, whoever deletes it and however.
func TestQuestionDeleted(t *testing.T) {
	t.Parallel()
	tests := map[string]func(h *house, first, second string){
		"by the asker":    func(h *house, first, second string) { h.Delete(h.alice, first); h.Delete(h.alice, second) },
		"many at once":    func(h *house, first, second string) { h.DeleteMany(h.mod, first, second) },
		"after a restart": func(h *house, first, second string) { h.restart(); h.DeleteMany(h.mod, first, second) },
		"by a moderator":  func(h *house, first, second string) { h.Delete(h.mod, first); h.Delete(h.mod, second) },
	}
	for name, remove := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, nil)
			thread := h.general.Thread("tea")
			one, two := h.mentions(h.alice, thread, "one?"), h.mentions(h.alice, thread, "two?")
			h.reads(one)
			h.reads(two)
			kept := h.mentions(h.alice, thread, "three?")
			h.reads(kept)
			h.ledger.rows(t, 3)
			remove(h, one.Asked, two.Asked)
			h.vanishes(one)
			h.vanishes(two)
			eventually(t, "the records to go", func() bool { return h.ledger.count() == 1 })
			h.reads(h.mentions(h.alice, thread, "four?"))
			for _, said := range h.said() {
				if said == "one?" || said == "two?" {
					t.Errorf("%q is remembered", said)
				}
			}
		})
	}
}

// TestDeletedWithTheLedgerDown: the reply goes all the same.
func TestDeletedWithTheLedgerDown(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	r := h.mentions(h.alice, h.general, "is it safe?")
	h.reads(r)
	h.ledger.rows(t, 1)
	h.ledger.jam(t)
	h.Delete(h.alice, r.Asked)
	h.vanishes(r)
}

// TestChangedWhileAnswering: what is edited before there is an answer gets the one to
// its last text, and what is deleted gets none.
func TestChangedWhileAnswering(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(h *house, asked string)
		want   string // "" for no reply
		event  string
	}{
		"edited": {func(h *house, asked string) { h.Edit(h.alice, asked, h.Mention()+" how long?") }, "three minutes", "edit"},
		"edited twice": {func(h *house, asked string) {
			h.Edit(h.alice, asked, h.Mention()+" unknown?")
			h.Edit(h.alice, asked, h.Mention()+" how long?")
		}, "three minutes", "edit"},
		"no mention any more": {func(h *house, asked string) { h.Edit(h.alice, asked, "how long?") }, "", "edit"},
		"to a card":           {func(h *house, asked string) { h.Edit(h.alice, asked, h.Mention()+" I want to end it all") }, crisisCard.Action, "edit"},
		"deleted":             {func(h *house, asked string) { h.Delete(h.alice, asked) }, "", "deletion"},
		"edited and deleted": {func(h *house, asked string) {
			h.Edit(h.alice, asked, h.Mention()+" how long?")
			h.Delete(h.alice, asked)
		}, "", "deletion"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, false, nil)
			release := h.oracle.hold()
			r := h.mentions(h.alice, h.general, "is it safe?")
			h.awaits(1)
			test.change(h, r.Asked)
			h.reads(h.Run(h.bob, h.general, "/help", nil)) // events come in order
			release()
			h.tally.done(t, "mention", 1)
			h.tally.done(t, test.event, 1)
			if test.want != "" {
				h.becomes(r, test.want)
			}
			h.reads(h.mentions(h.bob, h.general, "is it safe?"))
			if all := h.From(h.general, h.alice); test.want == "" && len(all) != 1 || r.Count() > 1 {
				t.Errorf("the bot wrote %d messages, %d replies", len(all), r.Count())
			}
			if n := len(h.Requests("PATCH /channels/")) + len(h.Requests("DELETE /channels/")); n > 0 {
				t.Error("a reply to the first text was seen")
			}
			for _, row := range h.ledger.rows(t, 1) {
				if test.want == "" && row.Question == r.Asked {
					t.Errorf("recorded %+v", row.Posted)
				}
			}
		})
	}
}

// TestCardOfAnEdit does not wait for the answer to what was said before.
func TestCardOfAnEdit(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	h.oracle.hold()
	r := h.mentions(h.alice, h.general, "is it safe?")
	h.awaits(1)
	h.Edit(h.alice, r.Asked, h.Mention()+" I want to end it all")
	began := time.Now()
	h.becomes(r, crisisCard.Action)
	if took := time.Since(began); took > 5*time.Second { // an answer may take ten
		t.Errorf("the card took %v", took)
	}
}

// TestDeletedWithoutAWord: Discord itself refuses a reply to a message that is gone,
// and no record stays.
func TestDeletedWithoutAWord(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	room := h.guild.Channel("room")
	release := h.oracle.hold()
	r := h.mentions(h.alice, room, "is it safe?")
	h.awaits(1)
	room.Delete() // of its messages nobody hears
	release()
	h.tally.done(t, "mention", 1)
	h.none(r, "the channel is gone")
	if n := h.ledger.count(); n != 0 {
		t.Errorf("%d records", n)
	}
}

// TestPreviewsChangeNothing, also on a message that was edited before.
func TestPreviewsChangeNothing(t *testing.T) {
	t.Parallel()
	h := open(t, false, nil)
	r := h.mentions(h.alice, h.general, "is it safe? https://example.org")
	h.reads(r)
	preview := discordtest.Embed{Type: "link", URL: "https://example.org", Title: "Example"}
	h.Unfurl(r.Asked, preview)
	h.Edit(h.alice, r.Asked, h.Mention()+" how long? https://example.org")
	h.becomes(r, "three minutes")
	h.Unfurl(r.Asked, preview)
	h.tally.done(t, "edit", 2)
	if n := len(h.oracle.questions()); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// TestEditsOfBots are left alone.
func TestEditsOfBots(t *testing.T) {
	t.Parallel()
	h := open(t, true, nil)
	h.decide(library.Settings{Ready: true, AutoChannels: []string{h.general.ID}})
	robot := h.OtherBot("robot")
	r := h.Say(robot, h.general, "hello")
	h.Edit(robot, r.Asked, h.Mention()+" is it safe?")
	h.reads(h.mentions(h.alice, h.general, "is it safe?"))
	h.none(r, "a bot")
}

// TestEditAddsAMention within ten minutes: it is answered once.
func TestEditAddsAMention(t *testing.T) {
	t.Parallel()
	for _, content := range []bool{false, true} {
		h := open(t, content, nil)
		early, late := h.Say(h.alice, h.general, "is it safe?"), h.Say(h.alice, h.general, "is it safe?")
		h.Edit(h.alice, early.Asked, h.Mention()+" is it safe?")
		h.reads(early)
		h.Edit(h.alice, early.Asked, h.Mention()+" how long?")
		h.becomes(early, "three minutes")
		h.pass(12 * time.Minute)
		h.Edit(h.alice, late.Asked, h.Mention()+" is it safe?")
		h.tally.done(t, "edit", 3)
		h.none(late, "too late")
		h.Edit(h.alice, late.Asked, h.Mention()+" i want to end it all")
		contains(t, h.reads(late).Text(), crisisCard.Action) // a card is never late
		if early.Count() != 1 {
			t.Errorf("%d replies", early.Count())
		}
	}
}

// TestEditOfWhatWasRefused gets its answer when there is one.
func TestEditOfWhatWasRefused(t *testing.T) {
	t.Parallel()
	h := open(t, false, func(c *discord.Config) { c.Limits.Member = memory.Rate{Burst: 1, Every: time.Minute} })
	h.decide(library.Settings{Paused: true})
	r := h.mentions(h.alice, h.general, "is it safe?")
	h.tally.done(t, "mention", 1)
	h.decide(library.Settings{})
	h.Edit(h.alice, r.Asked, h.Mention()+" how long?")
	contains(t, h.reads(r).Text(), "three minutes")
	h.Edit(h.alice, r.Asked, h.Mention()+" is it safe?") // more than they may ask
	h.vanishes(r)
}
