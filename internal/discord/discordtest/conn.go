package discordtest

import (
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one WebSocket connection. Frames are queued and written by one
// goroutine, so that a slow client holds nobody up.
type conn struct {
	id       int // counted from 1
	ws       *websocket.Conn
	out      chan outgoing
	done     chan struct{}
	once     sync.Once
	session  *session
	welcome  Welcome
	compress bool
	stream   *stream     // shared by all frames, when the client asked for it
	resuming bool        // came by the address for resuming
	ended    atomic.Bool // a close frame was queued
	mute     atomic.Bool // nothing is sent to it
	beats    int
	spoken   []time.Time // when frames other than heartbeats came, in the last minute
}

type outgoing struct {
	kind    int
	data    []byte
	deflate bool // as a payload of its own
}

func newConn(ws *websocket.Conn, s *stream, resuming bool) *conn {
	return &conn{ws: ws, stream: s, resuming: resuming, out: make(chan outgoing, 4096), done: make(chan struct{})}
}

// send queues a frame. seq 0 and an empty name are left out, as in frames that
// are not dispatches.
func (c *conn) send(op int, name string, seq int, data any) {
	if c.mute.Load() {
		return
	}
	f := map[string]any{"op": op, "d": data, "s": nil, "t": nil}
	if op == opDispatch {
		f["s"], f["t"] = seq, name
	}
	raw, err := json.Marshal(f)
	if err != nil {
		panic("discordtest: an event is not JSON: " + err.Error()) // a fault of this package
	}
	c.queue(outgoing{websocket.TextMessage, raw, op == opDispatch && c.compress})
}

func (c *conn) queue(o outgoing) {
	select {
	case c.out <- o:
	case <-c.done:
	}
}

// end queues a close frame. It returns false, for handlers that end so.
func (c *conn) end(code int, reason string) bool {
	c.ended.Store(true)
	c.queue(outgoing{kind: websocket.CloseMessage, data: websocket.FormatCloseMessage(code, reason)})
	return false
}

// drop ends the writer, which sends what is queued and closes the connection.
func (c *conn) drop() { c.once.Do(func() { close(c.done) }) }

// write sends frames until a close frame, a failure or drop, then closes the
// connection. Nothing is queued after it.
func (c *conn) write() {
	defer func() { c.drop(); _ = c.ws.Close() }()
	for {
		select {
		case o := <-c.out:
			if !c.put(o) {
				return
			}
		case <-c.done:
			c.flush()
			return
		}
	}
}

func (c *conn) flush() {
	for {
		select {
		case o := <-c.out:
			if !c.put(o) {
				return
			}
		default:
			return
		}
	}
}

// put writes one frame and reports whether more may follow.
func (c *conn) put(o outgoing) bool {
	_ = c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	switch {
	case o.kind == websocket.CloseMessage:
	case c.stream != nil:
		o.kind, o.data = websocket.BinaryMessage, c.stream.deflate(o.data)
	case o.deflate:
		o.kind, o.data = websocket.BinaryMessage, deflate(o.data)
	}
	return c.ws.WriteMessage(o.kind, o.data) == nil && o.kind != websocket.CloseMessage
}
