package gateway

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// pipe returns both ends of a WebSocket connection that carries no network, so that it
// runs in the bubble of testing/synctest, where no machine is busy.
func pipe(t *testing.T) (client, server *websocket.Conn) {
	t.Helper()
	near, far := net.Pipe()
	upgraded := make(chan *websocket.Conn, 1)
	go func() {
		buffered := bufio.NewReader(far)
		r, err := http.ReadRequest(buffered)
		if err != nil {
			t.Error(err)
		}
		ws, err := (&websocket.Upgrader{}).Upgrade(&hijacked{conn: far, buffered: buffered}, r, nil)
		if err != nil {
			t.Error(err)
		}
		upgraded <- ws
	}()
	client, _, err := websocket.NewClient(near, &url.URL{Scheme: "ws", Host: "gateway.test", Path: "/"}, nil, 0, 0) //nolint:staticcheck // a dialer would use the network
	if err != nil {
		t.Fatal(err)
	}
	return client, <-upgraded
}

// hijacked is what an Upgrader needs of a server.
type hijacked struct {
	http.ResponseWriter

	conn     net.Conn
	buffered *bufio.Reader
}

// Hijack implements http.Hijacker.
func (h *hijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(h.buffered, bufio.NewWriter(h.conn)), nil
}

// TestHeartbeatsByTheClock beats as Discord asks for, at Discord's interval: the first
// after the jitter, the others at each interval, whatever Op 1 asks for beside them. A
// single beat that is not acknowledged is noticed at the time of the next.
func TestHeartbeatsByTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const interval = 41250 * time.Millisecond
		const beats, asked = 100, 7 // Op 1 comes after that many
		near, far := pipe(t)
		began := time.Now()
		var at []time.Duration
		closed := make(chan error, 1)
		said := make(chan string, 10)
		say := func(raw string) { said <- raw }
		go func() {
			for raw := range said {
				_ = far.WriteMessage(websocket.TextMessage, []byte(raw))
			}
		}()
		go func() {
			for {
				var f frame
				_, raw, err := far.ReadMessage()
				if err != nil {
					closed <- err
					return
				}
				_ = json.Unmarshal(raw, &f)
				if f.Op == opIdentify {
					say(`{"op":0,"s":1,"t":"READY","d":{"session_id":"one"}}`)
				}
				if f.Op != opHeartbeat {
					continue
				}
				switch at = append(at, time.Since(began)); {
				case len(at) == asked:
					go func() { say(`{"op":11}`); time.Sleep(time.Second); say(`{"op":1}`) }()
				case len(at) < beats:
					say(`{"op":11}`)
				}
			}
		}()
		c := newConn(Config{
			Handle: func(Event) {}, Jitter: func() float64 { return 0.5 },
			Hello: time.Minute, Connect: time.Minute, Silence: 2 * time.Minute,
		}, near, new(Session))
		say(`{"op":10,"d":{"heartbeat_interval":41250}}`)
		end := c.run(t.Context())
		if !strings.Contains(end.Error(), "acknowledge") || end.Next != Resume {
			t.Errorf("ended: %v", end)
		}
		if err := <-closed; !websocket.IsCloseError(err, closeUnknownError) {
			t.Errorf("closed with %v, want a code that keeps the session", err)
		}
		_ = far.Close()
		close(said)
		want := interval / 2
		for i, got := range at {
			if i == asked { // the one that was asked for
				if got != want-interval+time.Second {
					t.Errorf("the beat asked for came after %v", got)
				}
				continue
			}
			if got != want {
				t.Fatalf("beat %d came after %v, want %v", i, got, want)
			}
			want += interval
		}
		if took := time.Since(began); len(at) != beats || took != want {
			t.Errorf("%d beats; noticed after %v, want %v", len(at), took, want)
		}
	})
}
