package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"verbatim/internal/discord/gateway"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "MTEwMDAw.secret.of-the-bot"

// peer is the gateway's end of a connection.
type peer struct {
	t  *testing.T
	ws *websocket.Conn
	at string // the path and the query that it was reached by
}

// packet is what a peer receives.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

// serve runs a gateway that plays one script for each connection, in order, and
// returns its address.
func serve(t *testing.T, scripts ...func(*peer)) string {
	t.Helper()
	var mu sync.Mutex
	var open sync.WaitGroup
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if len(scripts) == 0 {
			mu.Unlock()
			http.Error(w, "no more connections", http.StatusServiceUnavailable)
			return
		}
		play := scripts[0]
		scripts = scripts[1:]
		open.Add(1)
		mu.Unlock()
		defer open.Done()
		ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = ws.Close() }()
		play(&peer{t, ws, r.URL.String()})
	}))
	t.Cleanup(func() { open.Wait(); server.Close() })
	return strings.Replace(server.URL, "http", "ws", 1)
}

func (p *peer) say(raw string) { _ = p.ws.WriteMessage(websocket.TextMessage, []byte(raw)) }

// hear returns the next packet with an opcode. Others are heartbeats.
func (p *peer) hear(op int) packet {
	p.t.Helper()
	for {
		_ = p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
		_, raw, err := p.ws.ReadMessage()
		if err != nil {
			p.t.Errorf("waiting for op %d: %v", op, err)
			return packet{}
		}
		var got packet
		if err := json.Unmarshal(raw, &got); err != nil {
			p.t.Error(err)
		}
		if got.Op == op {
			return got
		}
	}
}

// closed returns the code that the client closes with.
func (p *peer) closed() int {
	_ = p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	for {
		if _, _, err := p.ws.ReadMessage(); err != nil {
			if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
				return closed.Code
			}
			return 0
		}
	}
}

const (
	slowHello = `{"op":10,"d":{"heartbeat_interval":41250}}`
	fastHello = `{"op":10,"d":{"heartbeat_interval":20}}`
	readyOne  = `{"op":0,"s":1,"t":"READY","d":{"session_id":"one","resume_gateway_url":"ws://resume.invalid"}}`
	resumedAt = `{"op":0,"s":9,"t":"RESUMED","d":{}}`
)

// begins greets, and takes what a client identifies with.
func (p *peer) begins(hello string) packet {
	p.t.Helper()
	p.say(hello)
	id := p.hear(2)
	p.say(readyOne)
	return id
}

// heard collects events.
type heard struct {
	mu     sync.Mutex
	events []gateway.Event
	on     func(gateway.Event) // may be nil
}

func (h *heard) take(e gateway.Event) {
	h.mu.Lock()
	h.events = append(h.events, e)
	h.mu.Unlock()
	if h.on != nil {
		h.on(e)
	}
}

func (h *heard) names() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var names []string
	for _, e := range h.events {
		names = append(names, e.Name)
	}
	return strings.Join(names, " ")
}

// config is one for tests: what takes too long is noticed soon.
func config(h *heard) gateway.Config {
	return gateway.Config{
		Token: token, Intents: 5, Shard: 1, Shards: 3, Handle: h.take,
		Hello: 2 * time.Second, Connect: 2 * time.Second, Silence: 5 * time.Second,
	}
}

// run runs a connection to its end, which has to come in time and may not name the
// token.
func run(t *testing.T, cfg gateway.Config, address string, s *gateway.Session) *gateway.EndError {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	err := gateway.Run(ctx, cfg, address, s)
	end, ok := errors.AsType[*gateway.EndError](err)
	if !ok {
		t.Fatalf("Run = %v, want an EndError", err)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the token is in %q", err)
	}
	return end
}
