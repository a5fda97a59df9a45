package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/discord/discordtest"
)

// silent reports whether nothing comes for a while.
func (p *peer) silent() bool {
	_ = p.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, _, err := p.ws.ReadMessage()
	timeout, ok := err.(interface{ Timeout() bool })
	return ok && timeout.Timeout()
}

// TestGoesSilent: after Hello, or in the midst of a session that can be resumed.
func TestGoesSilent(t *testing.T) {
	s := discordtest.New(t)
	s.Welcome(discordtest.Welcome{Mute: true})
	p := dial(t, s)
	p.send(identify(s.Token(), guilds))
	if !p.silent() || len(s.Identifies()) != 0 {
		t.Error("a silent gateway answers")
	}
	p = dial(t, s)
	session, seq := p.enters(s, guilds)
	s.Mute()
	p.send(`{"op":1,"d":null}`)
	s.Guild("missed")
	if !p.silent() {
		t.Error("a silent gateway goes on")
	}
	p = dial(t, s)
	p.send(resume(s.Token(), session, seq))
	if got := p.event("GUILD_CREATE"); !strings.Contains(string(got.Data), "missed") {
		t.Errorf("replayed %s", got.Data)
	}
}

func TestRefusesForATime(t *testing.T) {
	s := discordtest.New(t)
	s.RefuseFor(time.Minute)
	_, resp, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(s.URL(), "http", "ws", 1)+"/gateway?v=10", nil)
	if err == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Fatalf("dialled: %v", err)
	}
	_ = resp.Body.Close()
	s.RefuseFor(0)
	dial(t, s)
}

// TestOp9OnTheSameConnection: a client may resume, or identify, where it was told.
func TestOp9OnTheSameConnection(t *testing.T) {
	s := discordtest.New(t, discordtest.IdentifyWindow(0))
	p := dial(t, s)
	session, seq := p.enters(s, guilds)
	s.Invalidate(true)
	p.opcode(9)
	p.send(resume(s.Token(), session, seq))
	p.event("RESUMED")
	s.Invalidate(false)
	p.opcode(9)
	if other, _ := p.enters(s, guilds); other == session {
		t.Error("an invalid session goes on")
	}
}

// TestStreamCompression inflates all frames of a connection as one stream.
func TestStreamCompression(t *testing.T) {
	s := discordtest.New(t)
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(s.URL(), "http", "ws", 1)+"/gateway?v=10&encoding=json&compress=zlib-stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	var pipe bytes.Buffer
	var decoder *json.Decoder
	next := func() packet {
		_ = ws.SetReadDeadline(time.Now().Add(5 * time.Second))
		kind, raw, err := ws.ReadMessage()
		if err != nil || kind != websocket.BinaryMessage || !bytes.HasSuffix(raw, []byte{0, 0, 0xff, 0xff}) {
			t.Fatalf("frame of kind %d, %x, %v", kind, raw, err)
		}
		pipe.Write(raw)
		if decoder == nil {
			z, err := zlib.NewReader(&pipe)
			if err != nil {
				t.Fatal(err)
			}
			decoder = json.NewDecoder(z)
		}
		var got packet
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := next(); got.Op != 10 {
		t.Fatalf("the first packet is %+v", got)
	}
	if err := ws.WriteMessage(websocket.TextMessage, []byte(fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":1,"compress":true,"properties":{}}}`, s.Token()))); err != nil {
		t.Fatal(err)
	}
	if got := next(); got.Name != "READY" {
		t.Errorf("got %+v, want READY", got)
	}
}

func TestUnknownCompression(t *testing.T) {
	c := newClient(t)
	_, resp, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(c.URL(), "http", "ws", 1)+"/gateway?v=10&compress=zstd-stream", nil)
	if err == nil {
		t.Fatal("what is not served is accepted")
	}
	_ = resp.Body.Close()
	c.violated("zstd-stream")
}

// TestIdentifyBudget spends what is left of the day, and one more.
func TestIdentifyBudget(t *testing.T) {
	c := newClient(t, discordtest.IdentifiesLeft(2), discordtest.IdentifyWindow(0))
	c.expect(200, `"remaining":2`, "GET", "/gateway/bot", "")
	first := dial(t, c.Server)
	first.enters(c.Server, guilds)
	dial(t, c.Server).enters(c.Server, guilds)
	c.expect(200, `"remaining":0`, "GET", "/gateway/bot", "")
	c.violated("")
	third := dial(t, c.Server)
	third.send(identify(c.Token(), guilds))
	if one, three := first.closed(), third.closed(); one != 4004 || three != 4004 {
		t.Errorf("closed with %d and %d, want 4004", one, three)
	}
	c.violated("the token is reset")
	c.expect(401, "Unauthorized", "GET", "/gateway/bot", "")
}
