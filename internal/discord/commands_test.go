package discord_test

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestCommandsAreWrittenOnce registers all commands, in all languages; a bot that
// comes back writes nothing, and one that finds them changed says what changed.
func TestCommandsAreWrittenOnce(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	puts := func() int { return len(f.Requests("PUT /applications")) }
	before := f.Commands("")
	var names []string
	for _, c := range before {
		names = append(names, c.Name)
	}
	if want := []string{"ask", "article", "cite", "privacy", "help", "Answer this"}; !slices.Equal(names, want) || puts() != 1 {
		t.Fatalf("registered %q in %d writes, want %q", names, puts(), want)
	}
	contains(t, f.log.String(), `msg="a command changed"`, `msg="commands registered"`)
	f.restart()
	if puts() != 1 {
		t.Error("what has not changed is written again")
	}
	contains(t, f.log.String(), "commands are registered already")
	reader := f.cfg.Reader
	f.cfg.Reader = nil // only /ask is offered then
	f.restart()
	f.cfg.Reader = reader
	f.restart()
	if puts() != 3 || len(f.Commands("")) != len(before) {
		t.Errorf("%d writes, %d commands", puts(), len(f.Commands("")))
	}
}

// TestConnectsWithoutCommands has a Discord that takes no more commands for a while, as
// it does after 200 new ones in a day: the bot answers all the same, and writes them as
// soon as it may.
func TestConnectsWithoutCommands(t *testing.T) {
	t.Parallel()
	faults := map[string][]discordtest.Fault{
		"taken back for a while": {discordtest.Wait(1500 * time.Millisecond)},
		"unavailable":            discordtest.Unavailable().Times(15),
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, log := discordtest.New(t), &syncBuffer{}
			s.Break("PUT /applications/{app}/commands", fault...)
			timing := quick
			timing.Request = 500 * time.Millisecond
			bot, err := discord.New(discord.Config{Token: s.Token(), API: s.URL(), Timing: timing, Logger: slog.New(slog.NewTextHandler(log, nil))}, &oracle{})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); _ = bot.Run(ctx) }()
			defer func() { cancel(); <-ended }()
			if err := s.Connected(within(t, 5*time.Second)); err != nil {
				t.Fatal(err)
			}
			if got := len(s.Commands("")); got != 0 {
				t.Fatalf("%d commands before the bot is connected", got)
			}
			r := s.Say(s.Member("alice"), s.Guild("guild").Channel("general"), s.Mention()+" is it safe?")
			seen, err := r.Wait(within(t, 5*time.Second))
			if err != nil {
				t.Fatal(err)
			}
			contains(t, seen.Text(), "safe")
			contains(t, log.String(), "the commands are not registered yet")
			eventually(t, "the commands", func() bool { return len(s.Commands("")) > 0 })
		})
	}
}

// TestCommandsAreTranslated looks at every command and option.
func TestCommandsAreTranslated(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	locales := []string{"de", "es-ES", "es-419", "fr", "pt-BR"}
	same := map[string]bool{"article": true, "question": true, "style": true, "private": true, "es": true} // words that languages share
	check := func(what, name string, names, descriptions map[string]string, menu bool) {
		for _, l := range locales {
			if names[l] == "" && !same[name] {
				t.Errorf("%s has no name in %s", what, l)
			}
			if !menu && descriptions[l] == "" {
				t.Errorf("%s has no description in %s", what, l)
			}
		}
	}
	for _, c := range f.Commands("") {
		check(c.Name, c.Name, c.Names, c.Descriptions, c.Type == 3)
		for _, o := range c.Options {
			check(c.Name+" "+o.Name, o.Name, o.Names, o.Descriptions, false)
		}
	}
}

// TestAnswerThis answers a message for whoever opens its menu, who can share it.
func TestAnswerThis(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	bob := f.Member("bob")
	odd := f.SayParts(bob, f.general, "is it safe?", `[{"type":99,"whatever":{"components":7}}]`)
	robot := f.Say(f.OtherBot("robot"), f.general, "is it a risk?")
	for _, asked := range []string{f.Say(bob, f.general, "is it safe?").Asked, odd.Asked, robot.Asked} {
		answer := f.reads(f.Menu(f.alice, asked, "Answer this"))
		f.settled(answer)
		contains(t, answer.Text(), "> It is generally safe, @everyone.")
		if !answer.Ephemeral {
			t.Error("the answer is public")
		}
		shared := f.reads(f.Click(f.alice, answer.ID, "Share"))
		if shared.Ephemeral {
			t.Errorf("not shared:\n%s", shared.Text())
		}
	}
}

// TestAnswerThisIsSafe: crises get a private card, whatever the guild decided, and what
// is no question a sentence.
func TestAnswerThisIsSafe(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	bob := f.Member("bob")
	crisis := f.Say(bob, f.general, "I want to end it all")
	mine := f.reads(f.Say(f.alice, f.general, f.Mention()+" is it safe?"))
	f.inItsName(http.MethodPost, "/channels/"+f.general.ID+"/messages", `{"content":"is it safe?","allowed_mentions":{"parse":[]}}`)
	written := f.From(f.general, f.alice)
	own := written[len(written)-1]
	silent := f.SayParts(bob, f.general, "", `[{"type":99}]`)
	mentioned := f.Say(bob, f.general, f.Mention())
	for _, s := range []library.Settings{{}, {Paused: true}, {Blocked: []string{f.alice.ID}}, {AnswerChannels: []string{f.adults.ID}}} {
		f.decide(s)
		r := f.Menu(f.alice, crisis.Asked, "Answer this")
		seen := f.reads(r)
		contains(t, seen.Text(), crisisCard.Action, crisisCard.Bullets[0])
		if _, ok := r.SeenBy(bob); ok || !seen.Ephemeral || strings.Contains(seen.Text(), "end it all") {
			t.Errorf("seen by the author %v:\n%s", ok, seen.Text())
		}
		for _, id := range []string{mine.ID, own.ID, silent.Asked, mentioned.Asked} {
			seen := f.reads(f.Menu(f.alice, id, "Answer this"))
			contains(t, seen.Text(), "That message has no text that I could answer.")
			if !seen.Ephemeral {
				t.Error("told to all")
			}
		}
	}
	contains(t, f.reads(f.Menu(f.alice, f.Say(bob, f.general, "is it safe?").Asked, "Answer this")).Text(), "in other channels")
}

// TestRepeatedEvents delivers interactions again, as Discord does after a lost session.
func TestRepeatedEvents(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	answer := f.ask("is it a risk?", true)
	for _, r := range []*discordtest.Reply{
		f.Click(f.alice, answer.ID, "Helpful"), f.Click(f.alice, answer.ID, "Share"), f.Run(f.alice, f.general, "/article", nil), f.Run(f.alice, f.general, "/privacy show", nil),
	} {
		f.reads(r)
		f.Replay(r)
	}
	f.reads(f.Run(f.alice, f.general, "/help", nil))
	if got := len(f.From(f.general, f.Member("eva"))); got != 1 {
		t.Errorf("others see %d messages, want what was shared once", got)
	}
}

// inItsName sends a request as the bot.
func (f *furnished) inItsName(method, path, body string) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), method, f.URL()+"/api/v10"+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+f.Token())
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		f.t.Fatal(response.Status)
	}
	http.DefaultClient.CloseIdleConnections()
}

// TestUnknownCommand runs one that an earlier version had.
func TestUnknownCommand(t *testing.T) {
	t.Parallel()
	f := furnish(t, nil)
	f.inItsName(http.MethodPut, f.Requests("PUT /applications")[0].Path, `[{"name":"tell","description":"Tell something"}]`)
	r := f.Run(f.alice, f.general, "/tell", nil)
	if seen := f.reads(r); seen.Text() != broken || !seen.Ephemeral || r.Delay() > time.Second {
		t.Errorf("ephemeral %v after %v: %s", seen.Ephemeral, r.Delay(), seen.Text())
	}
}
