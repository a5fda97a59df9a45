package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// Gateway close codes.
const (
	closeUnknownError      = 4000
	closeUnknownOpcode     = 4001
	closeDecodeError       = 4002
	closeNotAuthenticated  = 4003
	closeAuthFailed        = 4004
	closeAlreadyIdentified = 4005
	closeInvalidSeq        = 4007
	closeRateLimited       = 4008
	closeSessionTimedOut   = 4009
	closeInvalidShard      = 4010
	closeShardingRequired  = 4011
	closeInvalidVersion    = 4012
	closeInvalidIntents    = 4013
	closeDisallowedIntents = 4014
)

// Gateway intents.
const (
	intentGuilds         = 1 << 0
	intentGuildMembers   = 1 << 1
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15

	intentsPrivileged = 1<<1 | 1<<8 | intentMessageContent
	intentsKnown      = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// Identify is what a bot said of itself at the gateway.
type Identify struct {
	Token    string `json:"token"`
	Intents  int    `json:"intents"`
	Compress bool   `json:"compress"`
	Shard    *[2]int

	Properties map[string]any `json:"properties"`
	At         time.Time      `json:"-"` // when it came
	Bucket     int            `json:"-"` // which of the buckets of max_concurrency it counts towards
}

type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

// serveGateway accepts one gateway connection and serves it until it ends.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	resuming := strings.HasPrefix(r.URL.Path, "/gateway"+resumePath)
	if s.refused(resuming) {
		http.Error(w, "no healthy upstream", http.StatusServiceUnavailable)
		return
	}
	stream, ok := s.negotiated(r)
	if !ok {
		http.Error(w, "encoding or compression that is not served", http.StatusBadRequest)
		return
	}
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := s.admit(newConn(ws, stream, resuming))
	if c == nil {
		_ = ws.Close()
		return
	}
	defer s.dismiss(c)
	if v := r.URL.Query().Get("v"); v != "9" && v != "10" {
		c.end(closeInvalidVersion, "Invalid API version.")
		return
	}
	if !c.welcome.Silent {
		c.send(opHello, "", 0, map[string]any{"heartbeat_interval": s.cfg.heartbeat.Milliseconds()})
	}
	c.mute.Store(c.welcome.Mute)
	s.read(c)
}

// negotiated returns the compression that the address asks for. Whatever else than
// JSON and zlib it asks for is recorded.
func (s *Server) negotiated(r *http.Request) (*stream, bool) {
	asked := r.URL.Query()
	stream, ok := newStream(asked.Get("compress"))
	if encoding := asked.Get("encoding"); ok && (encoding == "" || encoding == "json") {
		return stream, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violate("the gateway was asked for %s, which is not served here", r.URL.RawQuery)
	return nil, false
}

func (s *Server) refused(resuming bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if resuming && s.refusedResumes > 0 {
		s.refusedResumes--
		return true
	}
	if s.refusals > 0 {
		s.refusals--
		return true
	}
	return s.closing || time.Now().Before(s.refusedUntil)
}

func (s *Server) admit(c *conn) *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil
	}
	s.lastConn++
	c.id = s.lastConn
	if len(s.welcomes) > 0 {
		c.welcome, s.welcomes = s.welcomes[0], s.welcomes[1:]
	}
	s.conns[c] = true
	s.open.Go(c.write)
	s.open.Add(1)
	return c
}

func (s *Server) dismiss(c *conn) {
	c.drop()
	s.mu.Lock()
	delete(s.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn, c.session.lost = nil, time.Now()
	}
	s.touch()
	s.mu.Unlock()
	s.open.Done()
}

// maxFrame is how large a frame from a client may be.
// Source: https://discord.com/developers/docs/events/gateway#sending-events
const maxFrame = 4096

// read handles what the client sends until the connection ends. A client that
// misses its heartbeats is closed, as Discord does.
func (s *Server) read(c *conn) {
	s.awaitBeat(c)
	for {
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			s.ended(c, err)
			return
		}
		var f frame
		if len(raw) > maxFrame || json.Unmarshal(raw, &f) != nil {
			c.end(closeDecodeError, "Error while decoding payload.")
			return
		}
		if !s.handleFrame(c, f) {
			return
		}
	}
}

// awaitBeat gives the client time for its next heartbeat.
func (s *Server) awaitBeat(c *conn) {
	_ = c.ws.SetReadDeadline(time.Now().Add(2*s.cfg.heartbeat + time.Second))
}

// handleFrame reports whether the connection goes on.
func (s *Server) handleFrame(c *conn, f frame) bool {
	switch {
	case c.mute.Load():
		s.awaitBeat(c)
		return true
	case f.Op == opHeartbeat:
		return s.heartbeat(c, f.Data)
	case c.talksTooMuch(time.Now()):
		return c.end(closeRateLimited, "Rate limited.")
	case f.Op == opIdentify:
		return s.identify(c, f.Data)
	case f.Op == opResume:
		return s.resume(c, f.Data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case c.session == nil:
		return c.end(closeNotAuthenticated, "Not authenticated.")
	case f.Op == opPresence:
		return true
	}
	return c.end(closeUnknownOpcode, "Unknown opcode.")
}

func (s *Server) identify(c *conn, raw json.RawMessage) bool {
	var id Identify
	if json.Unmarshal(raw, &id) != nil {
		return c.end(closeDecodeError, "Error while decoding payload.")
	}
	id.At = time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	id.Bucket = id.shard() % s.cfg.concurrency
	s.identifies = append(s.identifies, id)
	s.touch()
	switch {
	case c.welcome.Close != 0:
		return c.end(c.welcome.Close, "")
	case c.session != nil:
		return c.end(closeAlreadyIdentified, "Already authenticated.")
	case !s.knows(id.Token):
		return c.end(closeAuthFailed, "Authentication failed.")
	case id.Intents&^intentsKnown != 0:
		return c.end(closeInvalidIntents, "Invalid intent(s).")
	case id.Intents&intentsPrivileged&^s.cfg.privileged != 0:
		return c.end(closeDisallowedIntents, "Disallowed intent(s).")
	case id.Shard == nil && s.cfg.shards > 1:
		return c.end(closeShardingRequired, "Sharding required.")
	case id.Shard != nil && (id.Shard[1] != s.cfg.shards || id.Shard[0] < 0 || id.Shard[0] >= id.Shard[1]):
		return c.end(closeInvalidShard, "Invalid shard.")
	case !s.spend():
		return false
	}
	s.checkPace(id)
	if id.Properties == nil {
		s.violate("an Identify without properties")
	}
	if c.welcome.Before == opInvalidSession {
		s.invalidate(c, nil, c.welcome.Resumable)
		return true
	}
	if c.welcome.Before != 0 {
		c.send(c.welcome.Before, "", 0, nil)
	}
	s.begin(c, id)
	return true
}

// begin opens a session with READY and a GUILD_CREATE a guild.
func (s *Server) begin(c *conn, id Identify) {
	c.compress = id.Compress && c.stream == nil
	s.countOverlap(id.shard())
	c.session = &session{id: "session-" + s.newID(), intents: id.Intents, shard: id.shard(), conn: c}
	s.sessions[c.session.id] = c.session
	unavailable := []any{}
	guilds := s.guildsOf(c.session.shard)
	for _, g := range guilds {
		unavailable = append(unavailable, map[string]any{"id": g.ID, "unavailable": true})
	}
	c.session.emit("READY", map[string]any{
		"v": 10, "user": s.bot.wire(), "guilds": unavailable, "private_channels": []any{}, "session_id": c.session.id, "session_type": "normal",
		"shard":              [2]int{c.session.shard, s.cfg.shards},
		"resume_gateway_url": s.resumeURL(), "application": map[string]any{"id": s.appID, "flags": 0},
	})
	for _, g := range guilds {
		if id.Intents&intentGuilds != 0 {
			c.session.emit("GUILD_CREATE", s.guildCreate(g))
		}
	}
	s.then(c)
	s.touch()
}
