package discord_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
)

// TestHelplines shows a card whoever asks for it, whatever else is wrong.
func TestHelplines(t *testing.T) {
	t.Parallel()
	crises := map[string]func(*furnished){
		"as usual":       func(*furnished) {},
		"ledger down":    func(f *furnished) { f.ledger.breaks(errors.New("the store is gone")) },
		"ledger stuck":   func(f *furnished) { f.ledger.jam(f.t) },
		"library stuck":  func(f *furnished) { f.desk.jam(f.t) },
		"guild paused":   func(f *furnished) { f.decide(library.Settings{Paused: true}) },
		"other channels": func(f *furnished) { f.decide(library.Settings{AnswerChannels: []string{f.adults.ID}}) },
		"blocked":        func(f *furnished) { f.decide(library.Settings{Blocked: []string{f.alice.ID, f.Member("bob").ID}}) },
		"restarted":      func(f *furnished) { f.restart() },
	}
	for name, crisis := range crises {
		for _, before := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, before %v", name, before), func(t *testing.T) {
				t.Parallel()
				f := furnish(t, sealed(t))
				if before {
					crisis(f)
				}
				card := f.reads(f.Say(f.alice, f.general, f.Mention()+" I want to end it all"))
				contains(t, card.Text(), crisisCard.Title, crisisCard.Action)
				if strings.Contains(card.Text(), crisisCard.Bullets[0]) || len(card.Pings) > 0 {
					t.Errorf("pings %q:\n%s", card.Pings, card.Text())
				}
				if !before {
					crisis(f)
				}
				for _, by := range []*discordtest.Member{f.alice, f.Member("bob"), f.mod} {
					r := f.Click(by, card.ID, "Show helplines")
					seen := f.reads(r)
					contains(t, seen.Text(), append([]string{crisisCard.Title, crisisCard.Action, crisisCard.Note}, crisisCard.Bullets...)...)
					if !seen.Ephemeral || r.Delay() > time.Second {
						t.Errorf("ephemeral %v after %v", seen.Ephemeral, r.Delay())
					}
				}
			})
		}
	}
}

// TestTurnedAway: what shows articles obeys the moderators and the limits; what a
// member says of an answer, takes away or wants to know does not.
func TestTurnedAway(t *testing.T) {
	t.Parallel()
	f := furnish(t, func(c *discord.Config) { c.Limits.Member = memory.Rate{Burst: 3, Every: time.Hour} })
	answer, unknown, private := f.ask("is it safe?", false), f.ask("unknown", false), f.ask("is it safe?", true)
	check := func(why, want string) {
		t.Helper()
		for label, on := range map[string]discordtest.Seen{
			"In context": answer, "More": answer, "Cite": answer, "Is it safe?": unknown, "Share": private,
		} {
			seen := f.clicks(f.alice, on, label)
			contains(t, seen.Text(), want)
			if !seen.Ephemeral || seen.ID == on.ID {
				t.Errorf("%s, %s: ephemeral %v, in place %v", why, label, seen.Ephemeral, seen.ID == on.ID)
			}
		}
		for _, command := range []string{"/article", "/cite"} {
			contains(t, f.reads(f.Run(f.alice, f.general, command, nil)).Text(), want)
		}
		contains(t, f.clicks(f.alice, answer, "Helpful").Text(), "Thank you.")
		contains(t, f.clicks(f.alice, answer, "Not helpful").Text(), "Thank you.")
		contains(t, f.reads(f.Run(f.alice, f.general, "/privacy show", nil)).Text(), "Kept about you now")
		contains(t, f.reads(f.Run(f.alice, f.general, "/help", nil)).Text(), "/ask")
	}
	check("too much", "Please ask again in")
	f.decide(library.Settings{Paused: true})
	check("paused", "paused my answers")
	f.decide(library.Settings{Blocked: []string{f.alice.ID}})
	check("blocked", "do not let you ask")
	f.decide(library.Settings{AnswerChannels: []string{f.adults.ID}})
	check("elsewhere", "in other channels")
	f.Click(f.alice, answer.ID, "Remove")
	eventually(t, "the message to go", func() bool { _, there := f.See(f.alice, answer.ID); return !there })
}

// TestDailyCapIsForQuestions lets a member read on who asked all that they may.
func TestDailyCapIsForQuestions(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.decide(library.Settings{DailyCap: 1})
	answer := f.ask("is it safe?", false)
	contains(t, f.reads(f.asks("is it safe?")).Text(), "in a day")
	contains(t, f.clicks(f.alice, answer, "In context").Text(), "Let it cool first.")
	contains(t, f.reads(f.Run(f.alice, f.general, "/article", nil)).Text(), "The safety of tea")
}

// TestPortsThatFail uses everything while a port fails, sticks or panics: there is one
// plain sentence in time, and nothing of what went wrong.
func TestPortsThatFail(t *testing.T) {
	t.Parallel()
	gone := fmt.Errorf("%w: dial tcp 10.0.0.1", article.ErrUnavailable)
	failures := map[string]struct {
		begin   func(*furnished)
		ledger  string // what is said of the ledger, "" when that works
		library string // and of the library
	}{
		"ledger down":       {func(f *furnished) { f.ledger.breaks(gone) }, broken, ""},
		"ledger stuck":      {func(f *furnished) { f.ledger.jam(f.t) }, late, ""},
		"library down":      {func(f *furnished) { f.desk.change(func() { f.desk.fail = gone }) }, "", offline},
		"library broken":    {func(f *furnished) { f.desk.change(func() { f.desk.fail = errors.New("disk I/O error") }) }, "", broken},
		"library stuck":     {func(f *furnished) { f.desk.jam(f.t) }, "", late},
		"library panicking": {func(f *furnished) { f.desk.change(func() { f.desk.panics = true }) }, "", broken},
	}
	for name, failure := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := furnish(t, nil)
			answer, unknown := f.ask("is it safe?", false), f.ask("unknown", false)
			failure.begin(f)
			replies := map[string]*discordtest.Reply{}
			expect := map[string]string{}
			try := func(what, want string, r *discordtest.Reply) { replies[what], expect[what] = r, want }
			for _, label := range []string{"Helpful", "Not helpful"} {
				try(label, failure.ledger, f.Click(f.alice, answer.ID, label))
			}
			for _, label := range []string{"In context", "More", "Cite"} {
				try(label, failure.ledger+failure.library, f.Click(f.alice, answer.ID, label))
			}
			try("heading", failure.library, f.Click(f.alice, unknown.ID, "Is it safe?"))
			try("/article", failure.library, f.Run(f.alice, f.general, "/article", nil))
			try("/cite", failure.library, f.Run(f.alice, f.general, "/cite", discordtest.Options{"article": "tea"}))
			try("/privacy show", failure.ledger, f.Run(f.alice, f.general, "/privacy show", nil))
			try("/privacy export", failure.ledger, f.Run(f.alice, f.general, "/privacy export", nil))
			try("/privacy delete", failure.ledger, f.Run(f.alice, f.general, "/privacy delete", nil))
			try("/help", "", f.Run(f.alice, f.general, "/help", nil))
			if failure.library == broken && name == "library panicking" {
				expect["/help"] = broken
			}
			for what, r := range replies {
				seen := f.reads(r)
				if want := expect[what]; want != "" && seen.Text() != want {
					t.Errorf("%s: %q, want %q", what, seen.Text(), want)
				}
				if strings.Contains(seen.Text(), "10.0.0.1") || strings.Contains(seen.Text(), "I/O") || !seen.Ephemeral || r.Delay() > 3*time.Second {
					t.Errorf("%s, ephemeral %v, after %v:\n%s", what, seen.Ephemeral, r.Delay(), seen.Text())
				}
			}
		})
	}
}
