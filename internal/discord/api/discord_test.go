package api_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/render"
)

// connect returns a client for a local Discord, which holds whatever it is sent
// against Discord's limits and schemas.
func connect(t *testing.T, s *discordtest.Server) *api.Client {
	t.Helper()
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	c := api.New(base, s.Token(), api.Options{Request: 2 * time.Second})
	t.Cleanup(c.Close)
	return c
}

func embed(text string) []render.Embed { return []render.Embed{{Description: text}} }

func row(label, id string) []render.Row {
	return []render.Row{{Buttons: []render.Button{{Label: label, ID: id}}}}
}

var commands = []api.Command{
	{
		Name: "ask", Names: map[string]string{"de": "fragen"}, Type: api.ChatCommand,
		Description: "Ask the articles", Descriptions: map[string]string{"de": "Die Artikel fragen"},
		Permissions: "0", Contexts: []int{api.InGuild, api.InBotDM},
		Options: []api.CommandOption{
			{Type: api.OptionString, Name: "question", Description: "What to look up", Required: true, Autocomplete: true, MinLength: 1, MaxLength: 300},
			{Type: api.OptionString, Name: "style", Description: "How", Choices: []api.Choice{{Name: "Short", Names: map[string]string{"de": "Kurz"}, Value: "short"}}},
		},
	},
	{Name: "Answer this", Type: api.MessageCommand},
}

// register makes the local Discord offer commands.
func register(t *testing.T, s *discordtest.Server, c *api.Client) {
	t.Helper()
	if err := c.PutCommands(t.Context(), s.BotID(), []api.Command{{
		Name: "ask", Description: "Ask", Options: []api.CommandOption{{Type: api.OptionString, Name: "question", Description: "What", Autocomplete: true}},
	}}); err != nil {
		t.Fatal(err)
	}
}

func TestCommandsComeBackAsTheyWere(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	if err := c.PutCommands(t.Context(), s.BotID(), commands); err != nil {
		t.Fatal(err)
	}
	registered, err := c.Commands(t.Context(), s.BotID())
	if lines := api.Diff(registered, commands); err != nil || len(registered) != 2 || len(lines) != 0 {
		t.Errorf("%v, %q\n%+v", err, lines, registered)
	}
	if err := c.PutCommands(t.Context(), s.BotID(), nil); err != nil {
		t.Error(err)
	}
}

func TestLookups(t *testing.T) {
	s := discordtest.New(t, discordtest.WithShards(3), discordtest.WithMaxConcurrency(2))
	c := connect(t, s)
	alice, guild := s.Member("alice"), s.Guild("guild")
	channel := guild.Channel("general")
	app, err := c.Application(t.Context())
	if err != nil || app.ID != s.BotID() {
		t.Errorf("application %+v, %v", app, err)
	}
	found, err := c.Channel(t.Context(), channel.ID)
	if err != nil || found.ID != channel.ID || found.GuildID != guild.ID {
		t.Errorf("channel %+v, %v", found, err)
	}
	direct, err := c.OpenDM(t.Context(), alice.ID)
	if err != nil || direct != s.DM(alice).ID {
		t.Errorf("direct messages in %q, %v", direct, err)
	}
	address, err := c.Gateway(t.Context())
	if err != nil || !strings.HasPrefix(address, "ws") {
		t.Errorf("gateway at %q, %v", address, err)
	}
	info, err := c.GatewayBot(t.Context())
	want := api.StartLimit{Total: 1000, Remaining: 1000, Concurrency: 2}
	reset := info.Limit.ResetAfter
	info.Limit.ResetAfter = 0
	if err != nil || info.Shards != 3 || info.Limit != want || reset < 23*time.Hour || reset > 24*time.Hour {
		t.Errorf("gateway %+v, %v", info, err)
	}
}

func TestMessages(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	alice, general := s.Member("alice"), s.Guild("guild").Channel("general")
	said := s.Say(alice, general, "@everyone what?")
	m := api.Message{
		Content: "@everyone <@" + alice.ID + ">", Embeds: embed("first"), Rows: row("More", "m:1"), Reply: said.Asked, Nonce: said.Asked,
		Files: []api.File{{Name: `a "b".md`, Type: "text/markdown", Data: []byte("# text")}, {Name: "c.json", Data: []byte("{}")}},
	}
	id, err := c.Post(t.Context(), general.ID, m)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Post(t.Context(), general.ID, m)
	if err != nil || again != id {
		t.Errorf("the nonce gave %q after %q, %v", again, id, err)
	}
	seen, _ := s.See(alice, id)
	if seen.ReplyTo != said.Asked || len(seen.Pings) > 0 || len(seen.Buttons) != 1 || len(seen.Embeds) != 1 {
		t.Errorf("posted %+v", seen)
	}
	if len(seen.Attachments) != 2 || seen.Attachments[0].Name != `a "b".md` || seen.Attachments[0].Type != "text/markdown" || string(seen.Attachments[0].Content) != "# text" {
		t.Errorf("files %+v", seen.Attachments)
	}
	if err := c.Edit(t.Context(), general.ID, id, api.Message{Content: "bare"}); err != nil {
		t.Fatal(err)
	}
	if seen, _ := s.See(alice, id); seen.Content != "bare" || len(seen.Embeds)+len(seen.Buttons) > 0 || len(seen.Attachments) != 2 {
		t.Errorf("edited %+v", seen)
	}
	if err := c.Delete(t.Context(), general.ID, id); err != nil {
		t.Error(err)
	}
	if _, ok := s.See(alice, id); ok {
		t.Error("the message is still there")
	}
}

func TestDeletedAlready(t *testing.T) {
	s := discordtest.New(t, discordtest.Lenient())
	c := connect(t, s)
	general := s.Guild("guild").Channel("general")
	if err := c.Delete(t.Context(), general.ID, "123456789012345678"); err != nil {
		t.Error(err)
	}
	if err := c.Edit(t.Context(), general.ID, "123456789012345678", api.Message{Content: "x"}); api.CodeOf(err) != api.CodeUnknownMessage {
		t.Errorf("edit: %v", err)
	}
}

func TestInteractions(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	register(t, s, c)
	alice, bob, general := s.Member("alice"), s.Member("bob"), s.Guild("guild").Channel("general")
	asked := func() (*discordtest.Reply, api.Ticket) {
		r := s.Run(alice, general, "/ask", discordtest.Options{"question": "why"})
		id, token := r.Ticket()
		return r, api.Ticket{ID: id, Token: token}
	}

	r, ticket := asked()
	id, err := c.Respond(t.Context(), ticket, api.Message{Embeds: embed("now"), Rows: row("More", "m:1"), Ephemeral: true})
	seen, waited := r.Wait(t.Context())
	if err := errors.Join(err, waited); err != nil || id == "" || seen.ID != id || !seen.Ephemeral || len(seen.Buttons) != 1 {
		t.Errorf("respond: %q, %+v, %v", id, seen, err)
	}
	if _, ok := r.SeenBy(bob); ok {
		t.Error("another member sees an ephemeral reply")
	}
	click := s.Click(alice, id, "More")
	clicked, token := click.Ticket()
	if err := c.Replace(t.Context(), api.Ticket{ID: clicked, Token: token}, api.Message{Embeds: embed("other")}); err != nil {
		t.Errorf("replace: %v", err)
	}
	if seen, _ := s.See(alice, id); len(seen.Buttons) != 0 || seen.Embeds[0].Description != "other" {
		t.Errorf("replaced %+v", seen)
	}

	r, ticket = asked()
	err = errors.Join(c.Promise(t.Context(), ticket, false))
	first, filled := c.Fulfil(t.Context(), s.BotID(), ticket, api.Message{Embeds: embed("later"), Files: []api.File{{Name: "a.txt", Data: []byte("x")}}})
	_, followed := c.FollowUp(t.Context(), s.BotID(), ticket, api.Message{Content: "more", Ephemeral: true})
	seen, waited = r.Wait(t.Context())
	if err := errors.Join(err, filled, followed, waited); err != nil || seen.ID != first || len(seen.Attachments) != 1 {
		t.Errorf("promise and fulfil: %+v, %v", seen, err)
	}
	if more, err := r.FollowUp(t.Context(), 1); err != nil || more.Content != "more" || !more.Ephemeral {
		t.Errorf("follow-up: %+v, %v", more, err)
	}
	if err := errors.Join(c.Retract(t.Context(), s.BotID(), ticket), r.Gone(t.Context())); err != nil {
		t.Errorf("retract: %v", err)
	}
}

func TestModal(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	register(t, s, c)
	alice, general := s.Member("alice"), s.Guild("guild").Channel("general")
	r := s.Run(alice, general, "/ask", discordtest.Options{"question": "why"})
	id, token := r.Ticket()
	shown := api.Modal{ID: "reason:1", Title: "What was wrong?", Inputs: []api.Input{
		{ID: "why", Label: "Reason", Hint: "In your words", Value: "so", Long: true, Min: 1, Max: 500}, {ID: "who", Label: "Name", Required: true},
	}}
	if err := c.Show(t.Context(), api.Ticket{ID: id, Token: token}, shown); err != nil {
		t.Fatal(err)
	}
	m, err := r.Modal(t.Context())
	if err != nil || m.CustomID != "reason:1" || len(m.Fields) != 2 || !m.Fields[0].Paragraph || m.Fields[0].Required || !m.Fields[1].Required || m.Fields[0].Placeholder != "In your words" {
		t.Fatalf("modal %+v, %v", m, err)
	}
	sent := s.Submit(r, map[string]string{"Reason": "because", "Name": "me"})
	id, token = sent.Ticket()
	if _, err := c.Respond(t.Context(), api.Ticket{ID: id, Token: token}, api.Message{Content: "thanks"}); err != nil {
		t.Error(err)
	}
}

func TestCompletions(t *testing.T) {
	tests := map[string][]api.Choice{"none": nil, "one": {{Name: "Why?", Names: map[string]string{"de": "Warum?"}, Value: "why"}}}
	for name, offered := range tests {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			c := connect(t, s)
			general := s.Guild("guild").Channel("general")
			register(t, s, c)
			bot := listen(t, s)
			done := make(chan error, 1)
			go func() { done <- c.Complete(t.Context(), bot.next("INTERACTION_CREATE"), offered) }()
			choices, err := s.Type(t.Context(), s.Member("alice"), general, "/ask", "w")
			if err := errors.Join(err, <-done); err != nil || len(choices) != len(offered) {
				t.Errorf("%+v, %v", choices, err)
			}
		})
	}
}

// TestFaultsOfDiscord: the faults of a Discord with a network between.
func TestFaultsOfDiscord(t *testing.T) {
	const callback = "POST /interactions/{id}/{token}/callback"
	tests := map[string]struct {
		faults []discordtest.Fault
		fails  bool
	}{
		"HTML 429":       {[]discordtest.Fault{{Status: 429, HTML: true}}, false},
		"short 429":      {[]discordtest.Fault{{Status: 429, RetryAfter: 50 * time.Millisecond}}, false},
		"global 429":     {[]discordtest.Fault{{Status: 429, RetryAfter: 50 * time.Millisecond, Global: true}}, false},
		"429 with 30 s":  {[]discordtest.Fault{{Status: 429, RetryAfter: 30 * time.Second}}, true},
		"503s":           {[]discordtest.Fault{{Status: 503, HTML: true}, {Status: 503}}, false},
		"reset":          {[]discordtest.Fault{{Cut: true}}, false},
		"slow":           {[]discordtest.Fault{{Delay: 290 * time.Millisecond}}, false},
		"slow and reset": {[]discordtest.Fault{{Delay: 100 * time.Millisecond, Cut: true}}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			c := connect(t, s)
			register(t, s, c)
			r := s.Run(s.Member("alice"), s.Guild("guild").Channel("general"), "/ask", discordtest.Options{"question": "why"})
			id, token := r.Ticket()
			s.Break(callback, test.faults...)
			start := time.Now()
			_, err := c.Respond(t.Context(), api.Ticket{ID: id, Token: token}, api.Message{Content: "x"})
			if (err != nil) != test.fails || s.TooSoon() > 0 {
				t.Errorf("%v; %d too soon", err, s.TooSoon())
			}
			if test.fails && time.Since(start) > time.Second {
				t.Errorf("it took %v to fail", time.Since(start))
			}
		})
	}
}

// TestLimitIsKept: what the headers say is kept to without a single 429.
func TestLimitIsKept(t *testing.T) {
	s := discordtest.New(t)
	c := connect(t, s)
	general := s.Guild("guild").Channel("general")
	s.Limit("POST /channels/{channel}/messages", 3, 150*time.Millisecond)
	for range 8 {
		if _, err := c.Post(t.Context(), general.ID, api.Message{Content: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.InvalidRequests(); n != 0 {
		t.Errorf("%d invalid requests", n)
	}
}
