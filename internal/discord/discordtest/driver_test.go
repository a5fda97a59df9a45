package discordtest_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"verbatim/internal/discord/discordtest"
)

// interaction reads the next interaction's id and token.
func (p *peer) interaction() (id, token string) {
	p.t.Helper()
	var got struct{ ID, Token string }
	if err := json.Unmarshal(p.event("INTERACTION_CREATE").Data, &got); err != nil {
		p.t.Fatal(err)
	}
	return got.ID, got.Token
}

// judge is a test that can be asked why it would have ended.
type judge struct {
	testing.TB
	said chan string // nil when the test is to end in earnest
}

// Fatalf writes the reason down and ends the goroutine.
func (j *judge) Fatalf(format string, values ...any) {
	if j.said == nil {
		j.TB.Fatalf(format, values...)
		return
	}
	j.said <- fmt.Sprintf(format, values...)
	runtime.Goexit()
}

// fatal runs what has to end the test and returns why it did.
func (c *client) fatal(do func()) string {
	said := make(chan string, 1)
	c.judge.said = said
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		do()
	}()
	<-ended
	c.judge.said = nil
	close(said)
	return <-said
}

func TestWhatAClientDoesNotAllow(t *testing.T) {
	s := newScene(t)
	bob := s.Member("bob")
	said := s.Say(s.alice, s.general, "hello").Asked
	tests := map[string]struct {
		do  func()
		why string
	}{
		"unknown command":      {func() { s.Run(s.alice, s.general, "/nothing", nil) }, "no such command"},
		"missing permission":   {func() { s.Run(s.alice, s.general, "/settings", nil) }, "permission"},
		"not in DMs":           {func() { s.Run(s.alice, s.DM(s.alice), "/settings", nil) }, "direct messages"},
		"no subcommand":        {func() { s.Run(s.alice, s.general, "/article", nil) }, "has to be chosen"},
		"unknown subcommand":   {func() { s.Run(s.alice, s.general, "/article burn", nil) }, "no subcommand"},
		"wrong option":         {func() { s.Run(s.alice, s.general, "/ask", discordtest.Options{"question": 3}) }, "does not take 3"},
		"no completion":        {func() { _, _ = s.Type(t.Context(), s.alice, s.general, "/article list", "x") }, "nothing in it completes"},
		"disabled button":      {func() { s.Click(s.alice, s.message, "Off") }, "disabled"},
		"no button":            {func() { s.Click(s.alice, s.message, "Nothing") }, "there is none"},
		"link":                 {func() { s.Click(s.alice, s.message, "Source") }, "cannot click"},
		"no option":            {func() { s.Choose(s.alice, s.message, "style", "Chicago") }, "no option"},
		"two of one":           {func() { s.Choose(s.alice, s.message, "style", "apa", "mla") }, "2 values"},
		"no such menu command": {func() { s.Menu(s.alice, s.message, "Answer") }, "no such command"},
		"somebody's message":   {func() { s.Edit(bob, said, "x") }, "cannot edit"},
		"deletes somebody's":   {func() { s.Delete(bob, said) }, "cannot delete"},
		"gone":                 {func() { s.ReplyTo(bob, "1", "x") }, "there is none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := s.fatal(test.do); !strings.Contains(got, test.why) {
				t.Errorf("the test was ended with %q, want %q", got, test.why)
			}
		})
	}
}

// TestWhatTheBotHears has a member do things, and reads what arrives.
func TestWhatTheBotHears(t *testing.T) {
	s := newScene(t)
	mod := s.Moderator("mod")
	tests := map[string]struct {
		do   func() *discordtest.Reply
		want []string
	}{
		"subcommand": {
			func() *discordtest.Reply {
				return s.Run(s.alice, s.general, "/article list", discordtest.Options{"page": 2})
			},
			[]string{`"type":2`, `"name":"article"`, `"options":[{"name":"list","options":[{"name":"page","type":4,"value":2}],"type":1}]`},
		},
		"permissions": {func() *discordtest.Reply { return s.Run(mod, s.general, "/settings", nil) }, []string{`"name":"settings"`, `"permissions":"`}},
		"language":    {func() *discordtest.Reply { return s.Run(s.Member("eva").Speaks("de"), s.general, "/ask", nil) }, []string{`"locale":"de"`}},
		"click":       {func() *discordtest.Reply { return s.Click(s.alice, s.message, "More") }, []string{`"type":3`, `"custom_id":"more"`, `"component_type":2`, `"content":"look"`}},
		"choice":      {func() *discordtest.Reply { return s.Choose(s.alice, s.message, "style", "MLA") }, []string{`"values":["mla"]`, `"component_type":3`}},
		"menu":        {func() *discordtest.Reply { return s.Menu(s.alice, s.message, "Answer this") }, []string{`"target_id":"` + s.message, `"resolved":{"messages":{"` + s.message, `"type":3`}},
	}
	p := dial(t, s.Server)
	p.enters(s.Server, guilds)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.do()
			data := string(p.event("INTERACTION_CREATE").Data)
			for _, piece := range test.want {
				if !strings.Contains(data, piece) {
					t.Errorf("INTERACTION_CREATE lacks %s: %s", piece, data)
				}
			}
		})
	}
}

func TestWhatAMemberSees(t *testing.T) {
	s := newScene(t)
	seen, _ := s.See(s.alice, s.message)
	more, _ := seen.Button("More")
	off, _ := seen.Button("off")
	source, _ := seen.Button("Source")
	if more.CustomID != "more" || more.Disabled || !off.Disabled || source.URL != "https://example.org" || len(seen.Buttons) != 3 {
		t.Errorf("buttons: %+v", seen.Buttons)
	}
	if len(seen.Selects) != 1 || seen.Selects[0].Placeholder != "Style" || len(seen.Selects[0].Options) != 2 {
		t.Errorf("menus: %+v", seen.Selects)
	}
	s.do("POST", "/channels/"+s.general.ID+"/messages", `{"flags":32768,"components":[{"type":17,"components":[{"type":10,"content":"inside"}]}],`+quiet+`}`)
	if all := s.From(s.general, s.alice); all[1].Text() != "inside" {
		t.Errorf("text displays: %q", all[1].Text())
	}
	s.violated("")
}

// TestWhoIsPinged goes through the rules of allowed_mentions.
func TestWhoIsPinged(t *testing.T) {
	tests := map[string]struct{ mentions, want string }{
		"nothing said":        {`{}`, "<@&7> <@alice> <@bob> @everyone"},
		"none":                {`{"allowed_mentions":{"parse":[]}}`, ""},
		"users":               {`{"allowed_mentions":{"parse":["users"]}}`, "<@alice>"},
		"everyone":            {`{"allowed_mentions":{"parse":["everyone"]}}`, "@everyone"},
		"a role":              {`{"allowed_mentions":{"parse":[],"roles":["7"]}}`, "<@&7>"},
		"somebody else":       {`{"allowed_mentions":{"parse":[],"users":["8"]}}`, ""},
		"whom it replies to":  {`{"allowed_mentions":{"parse":[],"replied_user":true}}`, "<@bob>"},
		"mutually exclusive":  {`{"allowed_mentions":{"parse":["users"],"users":["8"]}}`, "50035"},
		"no kind of mentions": {`{"allowed_mentions":{"parse":["friends"]}}`, "50035"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			alice, bob, channel := c.Member("alice"), c.Member("bob"), c.Guild("g").Channel("c")
			asked := c.Say(bob, channel, "hello").Asked
			rest := strings.TrimPrefix(strings.Replace(test.mentions, "{", ",", 1), ",}")
			if rest == "" {
				rest = "}"
			}
			_, body := c.do("POST", "/channels/"+channel.ID+"/messages", `{"content":"<@`+alice.ID+`> <@&7> @everyone","message_reference":{"message_id":"`+asked+`"}`+rest)
			if test.want == "50035" {
				if !strings.Contains(body, "50035") {
					t.Errorf("taken: %s", body)
				}
				return
			}
			got := strings.NewReplacer(alice.ID, "alice", bob.ID, "bob").Replace(strings.Join(c.From(channel, bob)[0].Pings, " "))
			if got != test.want {
				t.Errorf("pings %q, want %q", got, test.want)
			}
		})
	}
}

func TestForbiddenChannel(t *testing.T) {
	c := newClient(t)
	channel := c.Guild("g").Channel("c")
	channel.Forbid(true)
	c.expect(403, "50001", "POST", "/channels/"+channel.ID+"/messages", `{"content":"x",`+quiet+`}`)
	c.expect(403, "50001", "GET", "/channels/"+channel.ID, "")
	c.violated("")
	if got := c.InvalidRequests(); got != 2 {
		t.Errorf("%d invalid requests", got)
	}
}

func TestDirectMessage(t *testing.T) {
	c := newClient(t)
	alice := c.Member("alice")
	c.expect(200, c.DM(alice).ID, "POST", "/users/@me/channels", `{"recipient_id":"`+alice.ID+`"}`)
	c.expect(400, "50033", "POST", "/users/@me/channels", `{"recipient_id":"1"}`)
}
