package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

const (
	writing = 5 * time.Second        // how long a frame may take to be sent
	closing = 250 * time.Millisecond // and a farewell, and its reply
)

// phase is how far a connection has come.
type phase int

const (
	greeting phase = iota // nothing came yet
	entering              // identified or resuming
	entered               // READY or RESUMED came
)

// conn is one connection. Its fields belong to the goroutine that reads, unless they
// say otherwise.
type conn struct {
	cfg     Config
	ws      *websocket.Conn
	session *Session
	phase   phase
	since   time.Time // when its present wait began
	wg      sync.WaitGroup
	done    chan struct{} // closed when nothing is read any more

	seq     atomic.Int64 // of the last event; 0 before the first
	acked   atomic.Bool  // since the last heartbeat
	sending sync.Mutex   // held while a frame is written

	mu    sync.Mutex
	cause *EndError // why another goroutine ended it
	until time.Time // no read lasts longer, once it is being left
}

func newConn(cfg Config, ws *websocket.Conn, session *Session) *conn {
	c := &conn{cfg: cfg, ws: ws, session: session, since: time.Now(), done: make(chan struct{})}
	c.seq.Store(session.Seq)
	ws.SetReadLimit(maxFrame)
	ws.SetCloseHandler(func(int, string) error { return nil }) // to echo 1001 would give the session up
	return c
}

// run serves the connection until it ends, and closes it.
func (c *conn) run(ctx context.Context) *EndError {
	c.wg.Go(func() { c.watch(ctx) })
	end := c.read()
	close(c.done)
	end = c.explain(end)
	if ctx.Err() == nil {
		c.say(closeUnknownError)
	}
	_ = c.ws.Close()
	c.wg.Wait()
	end.Unreached = c.phase == greeting && end.Next == Resume
	if end.Next == Fresh {
		*c.session = Session{}
	}
	return end
}

// watch leaves for good when ctx is done.
func (c *conn) watch(ctx context.Context) {
	select {
	case <-ctx.Done():
		c.leave()
	case <-c.done:
	}
}

// leave ends the session and gives the gateway a moment to confirm it.
func (c *conn) leave() {
	c.say(websocket.CloseNormalClosure)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = time.Now().Add(closing)
	_ = c.ws.SetReadDeadline(c.until)
}

// say sends a close frame, as far as the gateway takes it.
func (c *conn) say(code int) {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(closing))
}

// fail ends the connection from another goroutine than the one that reads.
func (c *conn) fail(end *EndError) {
	c.mu.Lock()
	if c.cause == nil {
		c.cause = end
	}
	c.mu.Unlock()
	c.say(closeUnknownError)
	_ = c.ws.Close()
}

// explain puts the cause in place of its effect.
func (c *conn) explain(end *EndError) *EndError {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause != nil {
		return c.cause
	}
	return end
}

// read takes frames until one ends the connection, or none comes in time.
func (c *conn) read() *EndError {
	for {
		c.await()
		kind, raw, err := c.ws.ReadMessage()
		if err != nil {
			return c.unread(err)
		}
		f, err := decode(kind, raw)
		if err != nil {
			return &EndError{Err: err}
		}
		if end := c.take(f); end != nil {
			return end
		}
	}
}

// await sets how long the next frame may take.
func (c *conn) await() {
	var deadline time.Time
	switch c.phase {
	case greeting:
		deadline = c.since.Add(c.cfg.Hello)
	case entering:
		deadline = c.since.Add(c.cfg.Connect)
	case entered:
		deadline = time.Now().Add(c.cfg.Silence)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.until.IsZero() {
		deadline = c.until
	}
	_ = c.ws.SetReadDeadline(deadline)
}

// unread says why no frame could be read.
func (c *conn) unread(err error) *EndError {
	timeout, ok := errors.AsType[net.Error](err)
	if !ok || !timeout.Timeout() {
		return ended(err)
	}
	what := "says nothing any more"
	switch c.phase {
	case greeting:
		what = "did not greet in time"
	case entering:
		what = "did not begin a session in time"
	case entered:
	}
	return &EndError{Err: fmt.Errorf("%w: the gateway %s", article.ErrUnavailable, what)}
}

// take handles a frame. What it returns ends the connection.
func (c *conn) take(f frame) *EndError {
	switch f.Op {
	case opDispatch:
		return c.dispatch(f)
	case opHello:
		return c.greet(f.Data)
	case opHeartbeat:
		return c.beatNow()
	case opHeartbeatACK:
		c.acked.Store(true)
	case opReconnect:
		return &EndError{Err: fmt.Errorf("%w: Discord asked to reconnect", article.ErrUnavailable)}
	case opInvalidSession:
		var resumable bool
		if json.Unmarshal(f.Data, &resumable) == nil && resumable {
			return &EndError{Err: fmt.Errorf("%w: Discord asked to resume the session", article.ErrUnavailable)}
		}
		return &EndError{Next: Fresh, Err: fmt.Errorf("%w: Discord ended the session", article.ErrUnavailable)}
	}
	return nil // what a later version of the protocol may add
}

// greet answers Hello with the heartbeat, and by identifying or resuming.
func (c *conn) greet(data json.RawMessage) *EndError {
	var h hello
	if json.Unmarshal(data, &h) != nil || h.Interval < 1 || h.Interval > maxInterval.Milliseconds() {
		return &EndError{Err: errGarbled}
	}
	if c.phase != greeting {
		return nil
	}
	c.phase, c.since = entering, time.Now()
	interval := time.Duration(h.Interval) * time.Millisecond
	c.wg.Go(func() { c.beat(interval) })
	if c.session.ID != "" {
		return c.send(command{opResume, resumption{c.cfg.Token, c.session.ID, c.session.Seq}})
	}
	return c.send(command{opIdentify, c.cfg.identity()})
}

// dispatch hands an event over.
func (c *conn) dispatch(f frame) *EndError {
	if f.Seq != nil {
		c.session.Seq = *f.Seq
		c.seq.Store(*f.Seq)
	}
	c.since = time.Now()
	switch f.Name {
	case Ready:
		var r ready
		if json.Unmarshal(f.Data, &r) != nil {
			return &EndError{Err: errGarbled}
		}
		c.session.ID, c.session.URL = r.Session, r.URL
		c.phase = entered
	case Resumed:
		c.phase = entered
	}
	c.cfg.Handle(Event{f.Name, f.Data})
	return nil
}

// send writes a frame, and says what follows when it cannot. Its error is the
// socket's, which knows nothing of the token.
func (c *conn) send(what command) *EndError {
	raw, err := json.Marshal(what)
	if err != nil {
		return &EndError{Err: errors.New("a command for the gateway is not JSON")}
	}
	c.sending.Lock()
	defer c.sending.Unlock()
	err = c.ws.SetWriteDeadline(time.Now().Add(writing))
	if err == nil {
		err = c.ws.WriteMessage(websocket.TextMessage, raw)
	}
	if err != nil {
		return &EndError{Err: fmt.Errorf("%w: the gateway connection broke: %w", article.ErrUnavailable, err)}
	}
	return nil
}
