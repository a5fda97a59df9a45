package discordtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"verbatim/internal/discord/discordtest"
)

func TestCompressedWhenAsked(t *testing.T) {
	s := discordtest.New(t)
	p := dial(t, s)
	p.send(fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":1,"compress":true,"properties":{}}}`, s.Token()))
	kind, raw, err := p.ws.ReadMessage()
	if err != nil || kind != websocket.BinaryMessage {
		t.Fatalf("frame of kind %d, %v", kind, err)
	}
	if plain, err := inflate(raw); err != nil || !strings.Contains(string(plain), "READY") {
		t.Errorf("READY is %s, %v", plain, err)
	}
}

// TestMessageEvents says what a bot hears of edits, deletions and replies.
func TestMessageEvents(t *testing.T) {
	s := discordtest.New(t)
	alice, bob := s.Member("alice"), s.Member("bob")
	general := s.Guild("guild").Channel("general")
	p := dial(t, s)
	p.enters(s, guilds|messages)
	said := s.Say(alice, general, "hello "+s.Mention())
	p.event("MESSAGE_CREATE")
	s.Edit(alice, said.Asked, "changed "+s.Mention())
	if got := p.event("MESSAGE_UPDATE"); !strings.Contains(string(got.Data), "changed") || !strings.Contains(string(got.Data), `"edited_timestamp":"`) {
		t.Errorf("MESSAGE_UPDATE says %s", got.Data)
	}
	s.ReplyTo(bob, said.Asked, "hidden")
	var reply struct {
		Type       int
		Content    string
		Mentions   []struct{ ID string }
		Referenced struct{ Content string } `json:"referenced_message"`
	}
	if err := json.Unmarshal(p.event("MESSAGE_CREATE").Data, &reply); err != nil {
		t.Fatal(err)
	}
	if reply.Type != 19 || reply.Content != "" || len(reply.Mentions) != 1 || reply.Mentions[0].ID != alice.ID || !strings.Contains(reply.Referenced.Content, "changed") {
		t.Errorf("the reply is %+v", reply)
	}
	s.Delete(s.Moderator("mod"), said.Asked)
	if got := p.event("MESSAGE_DELETE"); !strings.Contains(string(got.Data), said.Asked) || strings.Contains(string(got.Data), "changed") {
		t.Errorf("MESSAGE_DELETE says %s", got.Data)
	}
}

func TestForumPost(t *testing.T) {
	s := discordtest.New(t, discordtest.Privileged(content))
	alice := s.Member("alice")
	forum := s.Guild("guild").Forum("questions")
	p := dial(t, s)
	p.enters(s, guilds|messages|content)
	if got := p.event("GUILD_CREATE"); !strings.Contains(string(got.Data), `"type":15`) {
		t.Errorf("GUILD_CREATE says %s", got.Data)
	}
	post, asked := s.Post(alice, forum, "Is it safe?", "I wonder.")
	if got := p.event("THREAD_CREATE"); !strings.Contains(string(got.Data), `"parent_id":"`+forum.ID) || !strings.Contains(string(got.Data), `"newly_created":true`) {
		t.Errorf("THREAD_CREATE says %s", got.Data)
	}
	if got := p.event("MESSAGE_CREATE"); asked.Asked != post.ID || !strings.Contains(string(got.Data), `"id":"`+post.ID) {
		t.Errorf("MESSAGE_CREATE says %s", got.Data)
	}
}
