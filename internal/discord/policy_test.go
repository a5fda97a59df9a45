package discord_test

import (
	"sync/atomic"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// governed starts a bot whose guild decides something by and by.
func governed(t *testing.T) (w *walk, decide func(library.Settings)) {
	t.Helper()
	var decided atomic.Pointer[library.Settings]
	decided.Store(&library.Settings{})
	w = startWith(t, discord.Config{Timing: quick, Settings: func(guild string) library.Settings {
		if guild == library.Direct {
			return library.Settings{}
		}
		return *decided.Load()
	}})
	return w, func(s library.Settings) { decided.Store(&s) }
}

func TestPrivateByDefault(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	for _, byDefault := range []bool{false, true} {
		decide(library.Settings{Private: byDefault})
		said := map[string]struct {
			options discordtest.Options
			want    bool
		}{
			"nothing": {discordtest.Options{"question": "is it safe?"}, byDefault},
			"yes":     {discordtest.Options{"question": "is it safe?", "private": true}, true},
			"no":      {discordtest.Options{"question": "is it safe?", "private": false}, false},
		}
		for name, test := range said {
			if got := w.reads(w.Run(w.alice, w.general, "/ask", test.options)).Ephemeral; got != test.want {
				t.Errorf("default %v, the member says %s: private %v", byDefault, name, got)
			}
		}
	}
}

// TestSilencedByTheGuild asks in all ways where the guild wants no answer: a command
// is told so in private, a message gets silence, and both get cards.
func TestSilencedByTheGuild(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	elsewhere := w.guild.Channel("elsewhere")
	tests := map[string]struct {
		settings library.Settings
		says     string
	}{
		"paused":        {library.Settings{Paused: true}, "paused"},
		"other channel": {library.Settings{AnswerChannels: []string{elsewhere.ID}}, "in other channels"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			decide(test.settings)
			seen := w.reads(w.asks("is it a risk?"))
			contains(t, seen.Text(), test.says)
			if !seen.Ephemeral || len(w.oracle.questions()) != 0 {
				t.Errorf("private %v, asked %v", seen.Ephemeral, w.oracle.questions())
			}
			ignored := w.Say(w.alice, w.general, w.Mention()+" is it a risk?")
			for question, card := range map[string]string{"I want to end it all": crisisCard.Action, "I have a fever": urgentCard.Action} {
				contains(t, w.reads(w.asks(question)).Text(), card)
				contains(t, w.reads(w.Say(w.alice, w.general, w.Mention()+" "+question)).Text(), card)
			}
			if n := ignored.Count(); n != 0 {
				t.Errorf("a mention got %d replies", n)
			}
			contains(t, w.reads(w.Say(w.alice, w.DM(w.alice), "is it safe?")).Text(), "safe")
			decide(library.Settings{})
			w.reads(w.asks("is it safe?"))
			w.oracle.forget()
		})
	}
}

func TestAnswerChannels(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	hidden := w.guild.Hidden("hidden")
	decide(library.Settings{AnswerChannels: []string{w.adults.ID, hidden.ID}})
	tests := map[string]struct {
		in   *discordtest.Channel
		want string
	}{
		"chosen":                     {w.adults, "safe"},
		"thread of a chosen one":     {w.adults.Thread("talk"), "safe"},
		"chosen, REST only":          {hidden, "safe"},
		"thread of it, REST only":    {hidden.Thread("talk"), "safe"},
		"not chosen":                 {w.general, "in other channels"},
		"thread of one not chosen":   {w.general.Thread("talk"), "in other channels"},
		"not chosen, REST only":      {w.guild.Hidden("other"), "in other channels"},
		"direct messages are exempt": {w.DM(w.alice), "safe"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			contains(t, w.reads(w.Run(w.alice, test.in, "/ask", discordtest.Options{"question": "is it safe?"})).Text(), test.want)
		})
	}
}

func TestAgePolicy(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	hidden := w.guild.Hidden("hidden")
	for policy, want := range map[library.AgePolicy]answer.Channel{
		"": answer.AgeRestricted, library.AgeByChannel: answer.AgeRestricted, library.AgeNever: answer.General,
	} {
		decide(library.Settings{AgePolicy: policy})
		for _, in := range []*discordtest.Channel{w.adults, hidden} {
			w.reads(w.Run(w.alice, in, "/ask", discordtest.Options{"question": "which technique?"}))
			asked := w.oracle.questions()
			if got := asked[len(asked)-1].Channel; got != want {
				t.Errorf("policy %q: #%s is %v, want %v", policy, in.Name, got, want)
			}
		}
	}
}

// TestAnswererIsToldTheGuild asks in a guild and in a direct message.
func TestAnswererIsToldTheGuild(t *testing.T) {
	t.Parallel()
	w := start(t, quick)
	w.reads(w.asks("is it safe?"))
	w.reads(w.Say(w.alice, w.DM(w.alice), "is it safe?"))
	if got := w.oracle.places(); len(got) != 2 || got[0] != w.guild.ID || got[1] != library.Direct {
		t.Errorf("asked for %q", got)
	}
}

// TestTheGuildsLanguage: what everybody sees is in the guild's language, the quote and
// its author as they are.
func TestTheGuildsLanguage(t *testing.T) {
	t.Parallel()
	w, decide := governed(t)
	decide(library.Settings{Language: "de", StaleDays: 365})
	for _, r := range []*discordtest.Reply{w.asks("is it safe?"), w.Run(w.alice, w.general, "/ask", discordtest.Options{"question": "is it safe?"})} {
		text := w.reads(r).Text()
		contains(t, text, "Von Stephen Venneman")
		contains(t, text, "Aktualisiert am 19. Juli 2017 (vor")
		contains(t, text, "Vielleicht veraltet")
	}
	for _, c := range w.Commands("") {
		if c.Names["de"] == "" && c.Descriptions["de"] == "" {
			t.Errorf("/%s has no German", c.Name)
		}
	}
}
