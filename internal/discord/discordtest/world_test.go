package discordtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// says reads until an event of the given name and wants pieces in it.
func (p *peer) says(name string, pieces ...string) {
	p.t.Helper()
	got := string(p.event(name).Data)
	for _, piece := range pieces {
		if !strings.Contains(got, piece) {
			p.t.Errorf("%s says %s, want %s", name, got, piece)
		}
	}
}

// TestGuildsChange says what a bot hears of guilds and roles.
func TestGuildsChange(t *testing.T) {
	s := discordtest.New(t)
	p := dial(t, s)
	p.enters(s, guilds)
	g := s.Guild("guild")
	p.says("GUILD_CREATE", `"nsfw_level":0`, `"owner_id":"1`, `"name":"@everyone"`, `"members":[{`)
	g.Restrict(true)
	p.says("GUILD_UPDATE", `"nsfw_level":3`)
	owner := s.Member("owner")
	g.OwnedBy(owner)
	p.says("GUILD_UPDATE", `"owner_id":"`+owner.ID)
	role := g.Role("keepers", 8192)
	p.says("GUILD_ROLE_CREATE", `"permissions":"8192"`, role.ID)
	role.Permit(0)
	p.says("GUILD_ROLE_UPDATE", `"permissions":"0"`)
	role.Delete()
	p.says("GUILD_ROLE_DELETE", role.ID)
}

// TestRolesPermit: what a role permits holds in its guild, for those who have it.
func TestRolesPermit(t *testing.T) {
	s := newScene(t)
	here, there := s.Guild("here"), s.Guild("there")
	role, bob := here.Role("keepers", 32), s.Member("bob")
	bob.Give(role)
	a, b := here.Channel("a"), there.Channel("b")
	s.Run(bob, a, "/settings", nil)
	if got := s.fatal(func() { s.Run(bob, b, "/settings", nil) }); !strings.Contains(got, "permission") {
		t.Errorf("in another guild: %q", got)
	}
	p := dial(t, s.Server)
	p.enters(s.Server, guilds|messages)
	s.Say(bob, a, "hello")
	p.says("MESSAGE_CREATE", `"roles":["`+role.ID+`"]`, `"guild_id":"`+here.ID, `"channel_type":0`)
	s.Run(bob, a, "/settings", nil)
	var got struct {
		Member struct {
			Roles       []string
			Permissions string
		}
		Channel struct {
			NSFW     *bool `json:"nsfw"`
			ParentID *string
		}
	}
	if err := json.Unmarshal(p.event("INTERACTION_CREATE").Data, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Member.Roles) != 1 || got.Member.Permissions == "0" || got.Channel.NSFW == nil || *got.Channel.NSFW {
		t.Errorf("the interaction says %+v", got)
	}
	bob.Take(role)
	if got := s.fatal(func() { s.Run(bob, a, "/settings", nil) }); !strings.Contains(got, "permission") {
		t.Errorf("without the role: %q", got)
	}
	there.OwnedBy(bob)
	s.Run(bob, b, "/settings", nil)
}

// TestClosedDMs is no fault of the bot's.
func TestClosedDMs(t *testing.T) {
	c := newClient(t)
	alice := c.Member("alice")
	path := "/channels/" + c.DM(alice).ID + "/messages"
	alice.CloseDMs()
	c.expect(403, "50007", "POST", path, `{"content":"x",`+quiet+`}`)
	c.violated("")
	if c.InvalidRequests() != 1 {
		t.Errorf("%d invalid requests", c.InvalidRequests())
	}
	alice.OpenDMs()
	c.expect(200, "", "POST", path, `{"content":"x",`+quiet+`}`)
}

// TestThreads opens a thread at a message, and locks it.
func TestThreads(t *testing.T) {
	c := newClient(t)
	alice, general := c.Member("alice"), c.Guild("guild").Channel("general")
	said := c.Say(alice, general, "a question")
	p := dial(t, c.Server)
	p.enters(c.Server, guilds|messages)
	thread := c.StartThread(alice, said.Asked, "about it")
	p.says("THREAD_CREATE", `"parent_id":"`+general.ID, `"owner_id":"`+alice.ID, `"newly_created":true`)
	p.says("MESSAGE_UPDATE", `"edited_timestamp":null`, `"thread":{`)
	p.says("MESSAGE_CREATE", `"type":21`, `"channel_id":"`+said.Asked)
	members := "/channels/" + thread.ID + "/thread-members"
	c.expect(204, "", "PUT", members+"/@me", "")
	p.says("THREAD_MEMBERS_UPDATE", `"member_count":2`)
	c.expect(200, c.BotID(), "GET", members, "")
	c.expect(204, "", "DELETE", members+"/@me", "")
	message := "/channels/" + thread.ID + "/messages"
	thread.Archive(false)
	p.says("THREAD_UPDATE", `"archived":true`)
	c.expect(200, "", "POST", message, `{"content":"x",`+quiet+`}`)
	p.says("THREAD_UPDATE", `"archived":false`)
	thread.Archive(true)
	c.expect(400, "50083", "POST", message, `{"content":"x",`+quiet+`}`)
	thread.Delete()
	p.says("THREAD_UPDATE", `"locked":true`)
	p.says("THREAD_DELETE", thread.ID)
	c.expect(404, "10003", "POST", message, `{"content":"x",`+quiet+`}`)
	c.violated("")
	c.expect(400, "50024", "GET", "/channels/"+general.ID+"/thread-members", "")
	c.expect(400, "50008", "POST", "/channels/"+c.Guild("g").Forum("f").ID+"/messages", `{"content":"x",`+quiet+`}`)
}

// TestPreviewAndBulk: a preview is no edit, and many deletions are one event.
func TestPreviewAndBulk(t *testing.T) {
	s := discordtest.New(t)
	alice, mod, general := s.Member("alice"), s.Moderator("mod"), s.Guild("guild").Channel("general")
	p := dial(t, s)
	p.enters(s, guilds|messages)
	one, two := s.Say(alice, general, s.Mention()+" https://example.org").Asked, s.Say(alice, general, "two").Asked
	s.Unfurl(one, discordtest.Embed{Type: "link", URL: "https://example.org", Title: "Example"})
	p.says("MESSAGE_UPDATE", `"edited_timestamp":null`, `"title":"Example"`)
	s.DeleteMany(mod, one, two)
	p.says("MESSAGE_DELETE_BULK", fmt.Sprintf(`"ids":[%q,%q]`, one, two), general.ID)
	if _, ok := s.See(alice, two); ok {
		t.Error("a deleted message is seen")
	}
}

// TestUnknownComponents come as events and with a command on the message.
func TestUnknownComponents(t *testing.T) {
	s := newScene(t)
	p := dial(t, s.Server)
	p.enters(s.Server, guilds|messages)
	said := s.SayParts(s.OtherBot("other"), s.general, s.Mention()+" look", `[{"type":99,"x":1}]`)
	p.says("MESSAGE_CREATE", `"components":[{"type":99,"x":1}]`)
	s.Menu(s.alice, said.Asked, "Answer this")
	p.says("INTERACTION_CREATE", `"resolved":{"messages":{"`+said.Asked, `"components":[{"type":99,"x":1}]`, `"target_id":"`+said.Asked)
}

// TestResolved: whatever is chosen from a list comes with what it is.
func TestResolved(t *testing.T) {
	c := newClient(t)
	c.expect(200, "", "PUT", "/applications/"+c.BotID()+"/commands", `[{"name":"who","description":"w","options":[{"type":6,"name":"user","description":"u"},`+
		`{"type":8,"name":"role","description":"r"},{"type":7,"name":"channel","description":"c","channel_types":[0]},{"type":11,"name":"file","description":"f"}]}]`)
	g, alice := c.Guild("guild"), c.Member("alice")
	role, room, forum := g.Role("keepers", 0), g.Channel("room"), g.Forum("forum")
	p := dial(t, c.Server)
	p.enters(c.Server, guilds)
	c.Run(alice, room, "/who", discordtest.Options{"user": alice, "role": role, "channel": room, "file": discordtest.Attachment{Name: "a.txt", Content: []byte("x")}})
	p.says("INTERACTION_CREATE", `"users":{"`+alice.ID, `"members":{"`+alice.ID, `"roles":{"`+role.ID, `"channels":{"`+room.ID, `"attachments":{"`, `"filename":"a.txt"`)
	if got := c.fatal(func() { c.Run(alice, room, "/who", discordtest.Options{"channel": forum}) }); !strings.Contains(got, "does not take") {
		t.Errorf("a channel of another type: %q", got)
	}
	if got := c.fatal(func() { c.Run(alice, room, "/who", discordtest.Options{"user": role}) }); !strings.Contains(got, "does not take") {
		t.Errorf("a role for a user: %q", got)
	}
}

// TestPrivacyIsFixed: what was promised publicly stays public, and nothing that is
// private goes there.
func TestPrivacyIsFixed(t *testing.T) {
	for name, method := range map[string]string{"follow-up": "POST", "edit": "PATCH"} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			run, _, path := c.ask()
			c.expect(204, "", "POST", path, `{"type":5}`)
			at := c.original(run)
			if method == "PATCH" {
				at += "/messages/@original"
			}
			c.expect(200, "", method, at, `{"content":"x","flags":64,`+quiet+`}`)
			if seen, err := run.Wait(t.Context()); err != nil || seen.Ephemeral {
				t.Errorf("seen %+v, %v", seen, err)
			}
			c.violated("a private answer was put into")
		})
	}
}

// TestPrivateMessagesAreNoChannelMessages: only their interaction's token reaches them.
func TestPrivateMessagesAreNoChannelMessages(t *testing.T) {
	c := newClient(t)
	run, _, path := c.ask()
	c.expect(204, "", "POST", path, `{"type":4,"data":{"content":"x","flags":64,`+quiet+`}}`)
	seen, err := run.Wait(t.Context())
	if err != nil || !seen.Ephemeral {
		t.Fatalf("seen %+v, %v", seen, err)
	}
	var original struct {
		Channel string `json:"channel_id"`
	}
	_, raw := c.do("GET", c.original(run)+"/messages/@original", "")
	if err := json.Unmarshal([]byte(raw), &original); err != nil {
		t.Fatal(err)
	}
	at := "/channels/" + original.Channel + "/messages/" + seen.ID
	c.expect(404, "10008", "GET", at, "")
	c.expect(404, "10008", "PATCH", at, `{"content":"y",`+quiet+`}`)
	c.expect(404, "10008", "DELETE", at, "")
}

// TestNonceIsForgotten after a while.
func TestNonceIsForgotten(t *testing.T) {
	c := newClient(t, discordtest.NonceLife(time.Nanosecond))
	general := c.Guild("guild").Channel("general")
	for range 2 {
		c.expect(200, `"nonce":7`, "POST", "/channels/"+general.ID+"/messages", `{"content":"x","nonce":7,"enforce_nonce":true,`+quiet+`}`)
	}
	if n := len(c.From(general, c.Member("alice"))); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}
