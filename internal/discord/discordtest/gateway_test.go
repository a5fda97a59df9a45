package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/discord/discordtest"
)

// peer is a gateway client that says what it is told to.
type peer struct {
	t  testing.TB
	ws *websocket.Conn
}

type packet struct {
	Op   int             `json:"op"`
	Seq  int             `json:"s"`
	Name string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

func dial(t testing.TB, s *discordtest.Server) *peer {
	t.Helper()
	return dialAt(t, strings.Replace(s.URL(), "http", "ws", 1)+"/gateway/?v=10&encoding=json")
}

func dialAt(t testing.TB, address string) *peer {
	t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	p := &peer{t, ws}
	if hello := p.next(); hello.Op != 10 {
		t.Fatalf("the first packet has opcode %d, want Hello", hello.Op)
	}
	return p
}

func (p *peer) send(text string) {
	p.t.Helper()
	if err := p.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) next() packet {
	p.t.Helper()
	_ = p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	kind, raw, err := p.ws.ReadMessage()
	if err == nil && kind == websocket.BinaryMessage {
		raw, err = inflate(raw)
	}
	var got packet
	if err == nil {
		err = json.Unmarshal(raw, &got)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

func inflate(raw []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// event reads until an event of the given name.
func (p *peer) event(name string) packet {
	p.t.Helper()
	for {
		if got := p.next(); got.Name == name {
			return got
		}
	}
}

// closed reads until the connection is closed and returns the code.
func (p *peer) closed() int {
	_ = p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	for {
		if _, _, err := p.ws.ReadMessage(); err != nil {
			if end, ok := errors.AsType[*websocket.CloseError](err); ok {
				return end.Code
			}
			p.t.Fatal(err)
		}
	}
}

func identify(token string, intents int) string {
	return fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":%d,"properties":{}}}`, token, intents)
}

const (
	guilds   = 1 << 0
	messages = 1 << 9
	direct   = 1 << 12
	content  = 1 << 15
)

func TestGatewayCloseCodes(t *testing.T) {
	s := discordtest.New(t)
	tests := map[string]struct {
		send string
		code int
	}{
		"wrong token":       {identify("wrong", guilds), 4004},
		"unknown intent":    {identify(s.Token(), 1<<30), 4013},
		"privileged intent": {identify(s.Token(), guilds|content), 4014},
		"not JSON":          {`{`, 4002},
		"not identified":    {`{"op":8,"d":{}}`, 4003},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := dial(t, s)
			p.send(test.send)
			if got := p.closed(); got != test.code {
				t.Errorf("closed with %d, want %d", got, test.code)
			}
		})
	}
}

func TestGatewayTellsOfTheWorld(t *testing.T) {
	s := discordtest.New(t)
	g := s.Guild("guild")
	adults := g.AgeRestricted("adults")
	thread := adults.Thread("thread")
	p := dial(t, s)
	p.send(identify(s.Token(), guilds))
	var ready struct {
		User, Application struct{ ID string }
		Session           string `json:"session_id"`
		Resume            string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(p.event("READY").Data, &ready); err != nil {
		t.Fatal(err)
	}
	if ready.User.ID != s.BotID() || ready.Application.ID == "" || ready.Session == "" || ready.Resume == "" {
		t.Errorf("READY says %+v", ready)
	}
	data := string(p.event("GUILD_CREATE").Data)
	for _, piece := range []string{g.ID, adults.ID, `"nsfw":true`, thread.ID, `"parent_id":"` + adults.ID + `"`} {
		if !strings.Contains(data, piece) {
			t.Errorf("GUILD_CREATE lacks %s: %s", piece, data)
		}
	}
}

func TestContentIsBlanked(t *testing.T) {
	tests := map[string]struct {
		intents int
		say     string
		inDM    bool
		want    string
	}{
		"without the intent":     {guilds | messages, "hello", false, ""},
		"mention":                {guilds | messages, "hello <@bot>", false, "hello <@bot>"},
		"nickname mention":       {guilds | messages, "hello <@!bot>", false, "hello <@!bot>"},
		"direct message":         {direct, "hello", true, "hello"},
		"with the intent":        {guilds | messages | content, "hello", false, "hello"},
		"somebody else's matter": {guilds | messages, "hello <@1>", false, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t, discordtest.Privileged(content))
			alice := s.Member("alice")
			in := s.Guild("guild").Channel("general")
			if test.inDM {
				in = s.DM(alice)
			}
			p := dial(t, s)
			p.send(identify(s.Token(), test.intents))
			p.event("READY")
			s.Say(alice, in, strings.Replace(test.say, "bot>", s.BotID()+">", 1))
			var got struct{ Content string }
			if err := json.Unmarshal(p.event("MESSAGE_CREATE").Data, &got); err != nil {
				t.Fatal(err)
			}
			if want := strings.Replace(test.want, "bot>", s.BotID()+">", 1); got.Content != want {
				t.Errorf("content %q, want %q", got.Content, want)
			}
		})
	}
}

func TestResumeReplays(t *testing.T) {
	s := discordtest.New(t)
	alice := s.Member("alice")
	first := dial(t, s)
	first.send(identify(s.Token(), direct))
	ready := first.event("READY")
	var session struct {
		ID string `json:"session_id"`
	}
	if err := json.Unmarshal(ready.Data, &session); err != nil {
		t.Fatal(err)
	}
	s.Drop(4000)
	if got := first.closed(); got != 4000 {
		t.Errorf("closed with %d", got)
	}
	if err := s.Disconnected(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Say(alice, s.DM(alice), "missed")

	second := dial(t, s)
	second.send(fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, s.Token(), session.ID, ready.Seq))
	if missed := second.next(); missed.Name != "MESSAGE_CREATE" || missed.Seq != ready.Seq+1 {
		t.Errorf("replayed %s with number %d", missed.Name, missed.Seq)
	}
	if got := second.next(); got.Name != "RESUMED" {
		t.Errorf("then came %+v", got)
	}

	third := dial(t, s)
	third.send(fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":"gone","seq":1}}`, s.Token()))
	if got := third.next(); got.Op != 9 || string(got.Data) != "false" {
		t.Errorf("a lost session got %+v", got)
	}
}

func TestHeartbeatIsAcknowledged(t *testing.T) {
	p := dial(t, discordtest.New(t))
	p.send(`{"op":1,"d":null}`)
	if got := p.next(); got.Op != 11 {
		t.Errorf("got opcode %d", got.Op)
	}
}

func TestMissingHeartbeatsEndTheConnection(t *testing.T) {
	p := dial(t, discordtest.New(t, discordtest.Heartbeat(50*time.Millisecond)))
	if got := p.closed(); got != 4009 {
		t.Errorf("closed with %d", got)
	}
}
