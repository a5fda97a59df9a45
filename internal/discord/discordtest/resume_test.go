package discordtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/discord/discordtest"
)

// enters identifies and returns the session's id and the number of READY.
func (p *peer) enters(s *discordtest.Server, intents int) (string, int) {
	p.t.Helper()
	p.send(identify(s.Token(), intents))
	ready := p.event("READY")
	var session struct {
		ID string `json:"session_id"`
	}
	if err := json.Unmarshal(ready.Data, &session); err != nil {
		p.t.Fatal(err)
	}
	return session.ID, ready.Seq
}

func resume(token, session string, seq int) string {
	return fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, token, session, seq)
}

// opcode reads until a packet with the given opcode.
func (p *peer) opcode(op int) packet {
	p.t.Helper()
	for {
		if got := p.next(); got.Op == op {
			return got
		}
	}
}

// TestResume ends a connection in several ways and says what a RESUME then gets.
func TestResume(t *testing.T) {
	const resumed, op9 = "resumed", "invalid session"
	closing := func(code int) func(*discordtest.Server, *peer) {
		return func(_ *discordtest.Server, p *peer) {
			_ = p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
		}
	}
	tests := map[string]struct {
		end  func(*discordtest.Server, *peer)
		skew int // added to the sequence number
		want string
	}{
		"cut":                   {func(s *discordtest.Server, _ *peer) { s.Reset() }, 0, resumed},
		"closed by Discord":     {func(s *discordtest.Server, _ *peer) { s.Drop(4000) }, 0, resumed},
		"timed out":             {func(s *discordtest.Server, _ *peer) { s.Drop(4009) }, 0, op9},
		"still valid":           {func(s *discordtest.Server, _ *peer) { s.Invalidate(true); s.Reset() }, 0, resumed},
		"not valid":             {func(s *discordtest.Server, _ *peer) { s.Invalidate(false); s.Reset() }, 0, op9},
		"client closes as done": {closing(1000), 0, op9},
		"client goes away":      {closing(1001), 0, op9},
		"client closes as new":  {closing(4000), 0, resumed},
		"from the future":       {func(s *discordtest.Server, _ *peer) { s.Reset() }, 5, "4007"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			first := dial(t, s)
			session, seq := first.enters(s, guilds)
			test.end(s, first)
			if err := s.Disconnected(t.Context()); err != nil {
				t.Fatal(err)
			}
			p := dial(t, s)
			p.send(resume(s.Token(), session, seq+test.skew))
			switch test.want {
			case resumed:
				p.event("RESUMED")
			case op9:
				if got := p.opcode(9); string(got.Data) != "false" {
					t.Errorf("Op 9 says %s", got.Data)
				}
			default:
				if got := fmt.Sprint(p.closed()); got != test.want {
					t.Errorf("closed with %s, want %s", got, test.want)
				}
			}
			if got := s.Resumes(); len(got) != 1 || got[0].Went != (test.want == resumed) || got[0].Session != session {
				t.Errorf("resumes: %+v", got)
			}
		})
	}
}

// TestCallbackAfterARepetition: a callback that comes too late is the bot's fault, unless
// it heard of the interaction, or heard again, when its session went on.
func TestCallbackAfterARepetition(t *testing.T) {
	const late = "Unknown interaction"
	for name, test := range map[string]struct {
		heard bool // before the connection was lost
		skew  int  // added to the number of the last event that was heard
		fault string
	}{
		"heard at first":      {true, 0, late},
		"missed":              {false, 0, ""},
		"heard, and repeated": {true, -1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, discordtest.ResponseWindow(0))
			first := dial(t, c.Server)
			session, seq := first.enters(c.Server, guilds)
			lose := func() {
				c.Reset()
				if err := c.Disconnected(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if !test.heard {
				lose()
			}
			run, _, path := c.ask()
			if test.heard {
				seq = first.event("INTERACTION_CREATE").Seq
				lose()
			}
			again := dial(t, c.Server)
			again.send(resume(c.Token(), session, seq+test.skew))
			again.event("RESUMED")
			c.expect(404, "10062", "POST", path, `{"type":5}`)
			if !run.Late() {
				t.Error("it is not late")
			}
			c.violated(test.fault)
		})
	}
}

func TestSessionsEnd(t *testing.T) {
	tests := map[string]func(*discordtest.Server){
		"expired": (*discordtest.Server).Expire,
		"old":     func(*discordtest.Server) {},
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			life := time.Minute
			if name == "old" {
				life = -1
			}
			s := discordtest.New(t, discordtest.SessionLife(life), discordtest.IdentifyWindow(0))
			session, seq := dial(t, s).enters(s, guilds)
			s.Reset()
			if err := s.Disconnected(t.Context()); err != nil {
				t.Fatal(err)
			}
			end(s)
			p := dial(t, s)
			p.send(resume(s.Token(), session, seq))
			p.opcode(9)
			p.enters(s, guilds) // on the same connection
		})
	}
}

// TestRightAfterResume has the opcodes that come at the worst moment.
func TestRightAfterResume(t *testing.T) {
	for name, test := range map[string]struct {
		welcome discordtest.Welcome
		data    string
	}{
		"reconnect":           {discordtest.Welcome{Then: 7}, "null"},
		"invalid":             {discordtest.Welcome{Then: 9}, "false"},
		"invalid, still good": {discordtest.Welcome{Then: 9, Resumable: true}, "true"},
		"heartbeat":           {discordtest.Welcome{Then: 1}, "null"},
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			session, seq := dial(t, s).enters(s, guilds)
			s.Welcome(test.welcome)
			p := dial(t, s)
			p.send(resume(s.Token(), session, seq))
			p.event("RESUMED")
			if got := p.next(); got.Op != test.welcome.Then || string(got.Data) != test.data {
				t.Errorf("then came %+v %s", got, got.Data)
			}
		})
	}
}

func TestOp9InsteadOfReady(t *testing.T) {
	s := discordtest.New(t)
	s.Welcome(discordtest.Welcome{Before: 9})
	p := dial(t, s)
	p.send(identify(s.Token(), guilds))
	if got := p.next(); got.Op != 9 || string(got.Data) != "false" {
		t.Errorf("got %+v", got)
	}
}

func TestResumeAddress(t *testing.T) {
	s := discordtest.New(t)
	p := dial(t, s)
	p.send(identify(s.Token(), guilds))
	var ready struct {
		Session string `json:"session_id"`
		Resume  string `json:"resume_gateway_url"`
	}
	got := p.event("READY")
	if err := json.Unmarshal(got.Data, &ready); err != nil {
		t.Fatal(err)
	}
	s.RefuseResume(1)
	address := ready.Resume + "/?v=10&encoding=json"
	if ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil); err == nil {
		_ = ws.Close()
		t.Fatal("the address for resuming is reached")
	}
	again := dialAt(t, address)
	again.send(resume(s.Token(), ready.Session, got.Seq))
	again.event("RESUMED")
	if all := s.Resumes(); !all[0].Proper {
		t.Errorf("resumes: %+v", all)
	}
	if p.closed() != 4000 {
		t.Error("the older connection goes on")
	}
}

func TestOrdersFromTheGateway(t *testing.T) {
	s := discordtest.New(t)
	p := dial(t, s)
	p.enters(s, guilds)
	s.AskHeartbeat()
	p.opcode(1)
	s.Reconnect()
	p.opcode(7)
}

func TestHeartbeatsGoUnanswered(t *testing.T) {
	s := discordtest.New(t, discordtest.Heartbeat(100*time.Millisecond))
	p := dial(t, s)
	p.enters(s, guilds)
	s.Acknowledge(false)
	p.send(`{"op":1,"d":1}`)
	if got := p.closed(); got != 4009 {
		t.Errorf("closed with %d", got)
	}
	if s.Beats() != 1 {
		t.Errorf("%d heartbeats", s.Beats())
	}
}

func TestHeartbeatOfTheFuture(t *testing.T) {
	c := newClient(t)
	p := dial(t, c.Server)
	p.enters(c.Server, guilds)
	p.send(`{"op":1,"d":17}`)
	p.opcode(11)
	c.violated("names event 17")
}

func TestClosesAreKept(t *testing.T) {
	s := discordtest.New(t)
	p := dial(t, s)
	p.enters(s, guilds)
	_ = p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4900, ""), time.Now().Add(time.Second))
	if err := s.Disconnected(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.Closes(); len(got) != 1 || got[0].Code != 4900 {
		t.Errorf("closes: %+v", got)
	}
}

func TestTooMuchForTheGateway(t *testing.T) {
	tests := map[string]struct {
		send string
		n    int
		code int
	}{
		"too large": {`{"op":3,"d":"` + strings.Repeat("x", 4096) + `"}`, 1, 4002},
		"too often": {`{"op":3,"d":{}}`, 130, 4008},
		"twice":     {`{"op":2,"d":{"token":"x","intents":0}}`, 1, 4005},
		"no opcode": {`{"op":99}`, 1, 4001},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			p := dial(t, s)
			p.enters(s, guilds)
			for range test.n {
				if p.ws.WriteMessage(websocket.TextMessage, []byte(test.send)) != nil {
					break
				}
			}
			if got := p.closed(); got != test.code {
				t.Errorf("closed with %d, want %d", got, test.code)
			}
		})
	}
}

func TestShardCodes(t *testing.T) {
	for send, code := range map[string]int{
		`{"op":2,"d":{"token":%q,"intents":1,"shard":[2,2]}}`: 4010,
		`{"op":2,"d":{"token":%q,"intents":1,"shard":[0,1]}}`: 4010,
		`{"op":2,"d":{"token":%q,"intents":1}}`:               4011,
	} {
		s := discordtest.New(t, discordtest.WithShards(2))
		p := dial(t, s)
		p.send(fmt.Sprintf(send, s.Token()))
		if got := p.closed(); got != code {
			t.Errorf("%s: closed with %d, want %d", send, got, code)
		}
	}
}

// TestForget keeps the session, and nothing of what was said.
func TestForget(t *testing.T) {
	s := discordtest.New(t)
	alice := s.Member("alice")
	p := dial(t, s)
	session, seq := p.enters(s, direct)
	said := s.Say(alice, s.DM(alice), "hello")
	s.Forget()
	if _, ok := s.See(alice, said.Asked); ok || len(s.Requests("")) > 0 {
		t.Error("something is remembered")
	}
	s.Reset()
	again := dial(t, s)
	again.send(resume(s.Token(), session, seq))
	if got := again.closed(); got != 4007 {
		t.Errorf("what cannot be replayed is resumed: %d", got)
	}
}
