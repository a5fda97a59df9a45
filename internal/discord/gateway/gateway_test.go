package gateway_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
	"verbatim/internal/discord/gateway"
)

// TestIdentifies checks what a client says of itself, and what it hands over.
func TestIdentifies(t *testing.T) {
	t.Parallel()
	h := &heard{}
	address := serve(t, func(p *peer) {
		if p.at != "/?encoding=json&v=10" {
			t.Errorf("reached at %s", p.at)
		}
		var id struct {
			Token   string
			Intents int
			Shard   [2]int
		}
		if err := json.Unmarshal(p.begins(slowHello).Data, &id); err != nil || id.Token != token || id.Intents != 5 || id.Shard != [2]int{1, 3} {
			t.Errorf("identified as %+v, %v", id, err)
		}
		p.say(`{"op":0,"s":2,"t":"MESSAGE_CREATE","d":{"content":"is it safe?"}}`)
		p.say(`{"op":99,"d":{"of":"a later version"}}`)
		p.say(`{"op":7}`)
		if code := p.closed(); code != 4000 {
			t.Errorf("closed with %d", code)
		}
	})
	var s gateway.Session
	end := run(t, config(h), address, &s)
	if end.Next != gateway.Resume || end.Unreached || !errors.Is(end, article.ErrUnavailable) {
		t.Errorf("ended: %+v", end)
	}
	if want := (gateway.Session{ID: "one", URL: "ws://resume.invalid", Seq: 2}); s != want {
		t.Errorf("session %+v, want %+v", s, want)
	}
	if got := h.names(); got != "READY MESSAGE_CREATE" {
		t.Errorf("heard %s", got)
	}
	if got := string(h.events[1].Data); got != `{"content":"is it safe?"}` {
		t.Errorf("handed over %s", got)
	}
}

// TestResumes goes on with a session, where READY said, and hears what it missed.
func TestResumes(t *testing.T) {
	t.Parallel()
	h := &heard{}
	address := serve(t, func(p *peer) {
		if !strings.HasPrefix(p.at, "/resume?") {
			t.Errorf("reached at %s", p.at)
		}
		p.say(slowHello)
		if got := string(p.hear(6).Data); got != `{"token":"`+token+`","session_id":"one","seq":7}` {
			t.Errorf("resumed with %s", got)
		}
		p.say(`{"op":0,"s":8,"t":"MESSAGE_CREATE","d":{}}`)
		p.say(resumedAt)
		p.say(`{"op":9,"d":true}`)
	})
	s := gateway.Session{ID: "one", Seq: 7}
	s.URL = address + "/resume"
	if end := run(t, config(h), "ws://elsewhere.invalid", &s); end.Next != gateway.Resume {
		t.Errorf("ended: %+v", end)
	}
	if got := h.names(); got != "MESSAGE_CREATE RESUMED" || s.ID != "one" || s.Seq != 9 {
		t.Errorf("heard %s, session %+v", got, s)
	}
}

// TestEnds says what can follow on each way to end.
func TestEnds(t *testing.T) {
	t.Parallel()
	closing := func(code int) func(*peer) {
		return func(p *peer) {
			p.begins(slowHello)
			_ = p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "secret"), time.Now().Add(time.Second))
			p.closed()
		}
	}
	sending := func(frames ...string) func(*peer) {
		return func(p *peer) {
			p.begins(slowHello)
			for _, raw := range frames {
				p.say(raw)
			}
			p.closed()
		}
	}
	bomb := deflated(make([]byte, 17<<20))
	tests := map[string]struct {
		script    func(*peer)
		want      gateway.Next
		unreached bool
		says      string
	}{
		"Op 7":                 {sending(`{"op":7}`), gateway.Resume, false, "asked to reconnect"},
		"Op 9, resumable":      {sending(`{"op":9,"d":true}`), gateway.Resume, false, "asked to resume"},
		"Op 9, not resumable":  {sending(`{"op":9,"d":false}`), gateway.Fresh, false, "ended the session"},
		"Op 9 of another kind": {sending(`{"op":9,"d":{"what":1}}`), gateway.Fresh, false, "ended the session"},
		"cut":                  {func(p *peer) { p.begins(slowHello); _ = p.ws.NetConn().Close() }, gateway.Resume, false, "broke"},
		"no Hello":             {func(p *peer) { p.closed() }, gateway.Resume, true, "did not greet"},
		"cut before Hello":     {func(*peer) {}, gateway.Resume, true, "broke"},
		"no READY":             {func(p *peer) { p.say(slowHello); p.closed() }, gateway.Resume, false, "did not begin"},
		"silence":              {func(p *peer) { p.begins(slowHello); p.closed() }, gateway.Resume, false, "says nothing"},
		"no ACK":               {func(p *peer) { p.begins(fastHello); p.closed() }, gateway.Resume, false, "acknowledge"},
		"Hello without a beat": {func(p *peer) { p.say(`{"op":10,"d":{"heartbeat_interval":0}}`); p.closed() }, gateway.Resume, true, "not a frame"},
		"Hello for ever":       {func(p *peer) { p.say(`{"op":10,"d":{"heartbeat_interval":9223372036854775807}}`); p.closed() }, gateway.Resume, true, "not a frame"},
		"no JSON":              {sending(`secret`), gateway.Resume, false, "not a frame"},
		"wrong types":          {sending(`{"op":"secret"}`), gateway.Resume, false, "not a frame"},
		"a READY of its own":   {sending(`{"op":0,"t":"READY","d":["secret"]}`), gateway.Resume, false, "not a frame"},
		"binary without zlib": {func(p *peer) {
			p.begins(slowHello)
			_ = p.ws.WriteMessage(websocket.BinaryMessage, []byte("secret"))
			p.closed()
		}, gateway.Resume, false, "not a frame"},
		"a bomb":              {func(p *peer) { p.begins(slowHello); _ = p.ws.WriteMessage(websocket.BinaryMessage, bomb); p.closed() }, gateway.Resume, false, "not a frame"},
		"closed with 1000":    {closing(1000), gateway.Resume, false, "1000"},
		"closed with 1001":    {closing(1001), gateway.Resume, false, "1001"},
		"closed with 4000":    {closing(4000), gateway.Resume, false, "4000"},
		"closed with 4003":    {closing(4003), gateway.Fresh, false, "4003"},
		"closed with 4007":    {closing(4007), gateway.Fresh, false, "4007"},
		"closed with 4008":    {closing(4008), gateway.Resume, false, "4008"},
		"closed with 4009":    {closing(4009), gateway.Fresh, false, "4009"},
		"token refused":       {closing(4004), gateway.Stop, false, "DISCORD_TOKEN"},
		"wrong shard":         {closing(4010), gateway.Stop, false, "shards"},
		"too few shards":      {closing(4011), gateway.Stop, false, "more shards"},
		"version too old":     {closing(4012), gateway.Stop, false, "update the program"},
		"unknown intents":     {closing(4013), gateway.Stop, false, "intent"},
		"intents not granted": {closing(4014), gateway.Stop, false, "privileged intents"},
		"4012 before Hello": {func(p *peer) {
			_ = p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4012, ""), time.Now().Add(time.Second))
			p.closed()
		}, gateway.Stop, false, "4012"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(&heard{})
			cfg.Hello, cfg.Connect, cfg.Silence = time.Second, time.Second, time.Second
			var s gateway.Session
			began := time.Now()
			end := run(t, cfg, serve(t, test.script), &s)
			if end.Next != test.want || end.Unreached != test.unreached || !strings.Contains(end.Error(), test.says) {
				t.Errorf("ended with %v, unreached %v: %v", end.Next, end.Unreached, end)
			}
			if class := map[bool]error{true: article.ErrInvalid, false: article.ErrUnavailable}[test.want == gateway.Stop]; !errors.Is(end, class) {
				t.Errorf("%v is not %v", end, class)
			}
			if test.want == gateway.Fresh && s != (gateway.Session{}) {
				t.Errorf("the session is kept: %+v", s)
			}
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("it took %v to notice", took)
			}
		})
	}
}

// TestNeverReached has no gateway at an address.
func TestNeverReached(t *testing.T) {
	t.Parallel()
	idle, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = idle.Close() }()
	for name, address := range map[string]string{
		"refuses the handshake": serve(t),
		"takes no connection":   "ws://127.0.0.1:1",
		"never answers":         "ws://" + idle.Addr().String(),
		"not a gateway":         "https://example.org",
		"not an address":        "://",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(&heard{})
			cfg.Hello = 300 * time.Millisecond
			s := gateway.Session{ID: "one", Seq: 3, URL: address}
			if end := run(t, cfg, address, &s); !end.Unreached || end.Next != gateway.Resume || s.ID != "one" {
				t.Errorf("ended: %+v, session %+v", end, s)
			}
		})
	}
}

// TestLeaves ends the context at every stage: the session is given up at once.
func TestLeaves(t *testing.T) {
	t.Parallel()
	codes := make(chan int, 1)
	idle, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = idle.Close() }()
	tests := map[string]struct {
		script func(*peer)
		says   bool // the client's code
	}{
		"while it waits for Hello": {func(p *peer) { codes <- p.closed() }, true},
		"while it waits for READY": {func(p *peer) { p.say(slowHello); codes <- p.closed() }, true},
		"when it is connected":     {func(p *peer) { p.begins(slowHello); codes <- p.closed() }, true},
		"while nobody listens":     {func(p *peer) { p.begins(slowHello); time.Sleep(time.Second) }, false},
		"in the handshake":         {nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			address := "ws://" + idle.Addr().String()
			if test.script != nil {
				address = serve(t, test.script)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ended := make(chan error, 1)
			var s gateway.Session
			go func() { ended <- gateway.Run(ctx, config(&heard{}), address, &s) }()
			time.Sleep(100 * time.Millisecond) // to get there; if it does not, it leaves sooner
			began := time.Now()
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) || s != (gateway.Session{}) {
				t.Errorf("Run = %v, session %+v", err, s)
			}
			if took := time.Since(began); took > 700*time.Millisecond {
				t.Errorf("leaving took %v", took)
			}
			if test.says {
				if code := <-codes; code != 1000 {
					t.Errorf("closed with %d", code)
				}
			}
		})
	}
}

// TestHeartbeats counts beats: the first after a part of the interval, with null, and
// later ones, asked for or not, with the number of the last event.
func TestHeartbeats(t *testing.T) {
	t.Parallel()
	cfg := config(&heard{})
	cfg.Jitter = func() float64 { return 0 }
	end := run(t, cfg, serve(t, func(p *peer) {
		p.say(slowHello)
		if got := string(p.hear(1).Data); got != "null" {
			t.Errorf("the first beat names %s", got)
		}
		p.say(readyOne)
		p.say(`{"op":1}`)
		if got := string(p.hear(1).Data); got != "1" {
			t.Errorf("the beat asked for names %s", got)
		}
		p.say(`{"op":7}`)
	}), new(gateway.Session))
	if !strings.Contains(end.Error(), "reconnect") {
		t.Error(end)
	}
	end = run(t, config(&heard{}), serve(t, func(p *peer) {
		p.begins(fastHello)
		for range 10 {
			p.hear(1)
			p.say(`{"op":11}`)
		}
		p.say(`{"op":7}`)
	}), new(gateway.Session))
	if !strings.Contains(end.Error(), "reconnect") {
		t.Errorf("with every beat acknowledged: %v", end)
	}
}

// TestReplayKeepsTime replays for longer than READY may take: each event counts.
func TestReplayKeepsTime(t *testing.T) {
	t.Parallel()
	cfg := config(&heard{})
	cfg.Connect = 400 * time.Millisecond
	address := serve(t, func(p *peer) {
		p.say(slowHello)
		p.hear(6)
		for range 6 {
			time.Sleep(100 * time.Millisecond)
			p.say(`{"op":0,"s":8,"t":"MESSAGE_CREATE","d":{}}`)
		}
		p.say(resumedAt)
		p.say(`{"op":7}`)
	})
	s := gateway.Session{ID: "one", Seq: 7, URL: address}
	if end := run(t, cfg, address, &s); !strings.Contains(end.Error(), "reconnect") {
		t.Error(end)
	}
}

// TestInflates takes frames that are compressed by themselves.
func TestInflates(t *testing.T) {
	t.Parallel()
	h := &heard{}
	end := run(t, config(h), serve(t, func(p *peer) {
		p.say(slowHello)
		p.hear(2)
		_ = p.ws.WriteMessage(websocket.BinaryMessage, deflated([]byte(readyOne)))
		_ = p.ws.WriteMessage(websocket.BinaryMessage, deflated([]byte(`{"op":7}`)))
	}), new(gateway.Session))
	if got := h.names(); got != "READY" || !strings.Contains(end.Error(), "reconnect") {
		t.Errorf("heard %q, then %v", got, end)
	}
}

func deflated(raw []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(raw)
	_ = z.Close()
	return b.Bytes()
}
