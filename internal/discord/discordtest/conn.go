package discordtest

import (
	"bytes"
	"compress/zlib"
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
	resuming bool        // came by the address for resuming
	ended    atomic.Bool // a close frame was queued
	beats    int
	spoken   []time.Time // when frames other than heartbeats came, in the last minute
}

type outgoing struct {
	kind int
	data []byte
}

func newConn(id int, ws *websocket.Conn) *conn {
	return &conn{id: id, ws: ws, out: make(chan outgoing, 4096), done: make(chan struct{})}
}

// send queues a frame. seq 0 and an empty name are left out, as in frames that
// are not dispatches.
func (c *conn) send(op int, name string, seq int, data any) {
	f := map[string]any{"op": op, "d": data, "s": nil, "t": nil}
	if op == opDispatch {
		f["s"], f["t"] = seq, name
	}
	raw, err := json.Marshal(f)
	if err != nil {
		panic("discordtest: an event is not JSON: " + err.Error()) // a fault of this package
	}
	if op == opDispatch && c.compress {
		c.queue(websocket.BinaryMessage, deflate(raw))
		return
	}
	c.queue(websocket.TextMessage, raw)
}

func deflate(raw []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(raw)
	_ = z.Close()
	return b.Bytes()
}

func (c *conn) queue(kind int, data []byte) {
	select {
	case c.out <- outgoing{kind, data}:
	case <-c.done:
	}
}

// end queues a close frame. It returns false, for handlers that end so.
func (c *conn) end(code int, reason string) bool {
	c.ended.Store(true)
	c.queue(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason))
	return false
}

// drop ends the writer, which sends what is queued and closes the connection.
func (c *conn) drop() { c.once.Do(func() { close(c.done) }) }

// write sends frames until a close frame or drop, then closes the connection.
func (c *conn) write() {
	defer func() { _ = c.ws.Close() }()
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
	return c.ws.WriteMessage(o.kind, o.data) == nil && o.kind != websocket.CloseMessage
}
