// Package discordtest is a Discord of one's own: the REST API (v9 and v10) and
// the gateway over WebSocket on loopback, one instance a test, with a driver
// that speaks as members do and reads what a given member sees.
//
// It exists so that "the tests pass" means "it works on Discord": it keeps
// Discord's state machines (one callback to an interaction, within three
// seconds; a deferred reply is then edited; an ephemeral message is seen by one
// member) and answers with Discord's own errors.
//
// Invariants:
//   - what a member cannot do in Discord's client (a disabled button, a command that
//     is not registered) ends the test;
//   - every request is validated against the documented limits, and against
//     Discord's OpenAPI description where that file is present; a request that
//     Discord would refuse, or that could ping anybody, fails the test;
//   - nothing is global: two servers share no state;
//   - it names no Discord client library, so it is not built around one's habits;
//   - no goroutine outlives the test.
package discordtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is a local Discord with one application (the bot) in it. Its methods
// are safe for concurrent use.
type Server struct {
	t    testing.TB
	cfg  config
	http *httptest.Server
	open sync.WaitGroup // gateway connections

	mu                        sync.Mutex
	changed                   chan struct{} // closed and replaced at every change of state
	lastID                    uint64
	bot                       *Member
	appID                     string
	guilds                    []*Guild
	channels                  map[string]*Channel
	messages                  map[string]*message
	nonces                    map[string]string     // channel and nonce -> message
	replies                   map[string][]*message // by the message that they reply to, oldest first
	deleted                   map[string]bool       // messages that members deleted
	members                   map[string]*Member
	files                     map[string]*Attachment // by id
	limits                    map[string]limit       // by route
	buckets                   map[string]*bucket
	until                     map[string]time.Time // by bucket: when it takes requests again
	tooSoon, invalid, creates int
	commands                  map[string][]Command
	calls                     map[string]*interaction // by token
	sessions                  map[string]*session
	conns                     map[*conn]bool
	lastConn                  int
	overlaps                  int
	faults                    map[string][]Fault
	refusals                  int
	refusedResumes            int
	resumes                   []Resume
	closes                    []Close
	beats                     int
	deaf                      bool
	welcomes                  []Welcome
	identifies                []Identify
	requests                  []Request
	violations                []string
	closing                   bool
}

// Request is a REST request that the server received.
type Request struct {
	Method, Path string
	Body         string
	At           time.Time
}

// New starts a local Discord and stops it when the test ends. Unless [Lenient]
// is given, every violation of Discord's rules fails the test.
func New(t testing.TB, options ...Option) *Server {
	t.Helper()
	_, _ = describedBy() // takes a while the first time, and nothing may wait for it later
	s := &Server{
		t: t, cfg: defaults(), changed: make(chan struct{}), lastID: 1_100_000_000_000_000_000,
		channels: make(map[string]*Channel), messages: make(map[string]*message), nonces: make(map[string]string),
		replies: make(map[string][]*message), deleted: make(map[string]bool), members: make(map[string]*Member),
		files: make(map[string]*Attachment), limits: make(map[string]limit), buckets: make(map[string]*bucket), until: make(map[string]time.Time),
		commands: make(map[string][]Command), calls: make(map[string]*interaction),
		sessions: make(map[string]*session), conns: make(map[*conn]bool), faults: make(map[string][]Fault),
	}
	for _, option := range options {
		option(&s.cfg)
	}
	s.appID = s.newID()
	s.bot = &Member{ID: s.appID, Name: "verbatim", bot: true}
	s.members[s.bot.ID] = s.bot
	s.http = httptest.NewServer(s.routes())
	t.Cleanup(s.stop)
	return s
}

// URL is the base under which /api/v10 hangs.
func (s *Server) URL() string { return s.http.URL }

// Token is the bot's token, the only one that is accepted.
func (s *Server) Token() string { return s.cfg.token }

// BotID is the user id of the bot.
func (s *Server) BotID() string { return s.bot.ID }

// Mention is how a member mentions the bot in a message.
func (s *Server) Mention() string { return "<@" + s.bot.ID + ">" }

// Violations returns what broke Discord's rules so far.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.violations...)
}

// Requests returns the REST requests so far whose method and path start with
// prefix, such as "PUT /applications".
func (s *Server) Requests(prefix string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Request
	for _, r := range s.requests {
		if strings.HasPrefix(r.Method+" "+r.Path, prefix) {
			found = append(found, r)
		}
	}
	return found
}

// Forget drops the requests, interactions and messages so far, so that a long run
// measures the bot's memory and not this one's. Nothing may be in flight.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
	clear(s.calls)
	clear(s.messages)
	clear(s.replies)
	clear(s.nonces)
	clear(s.deleted)
	clear(s.files)
	for _, session := range s.sessions {
		session.log = nil
	}
}

func (s *Server) stop() {
	s.mu.Lock()
	s.closing = true
	for c := range s.conns {
		c.drop()
	}
	s.mu.Unlock()
	s.open.Wait()
	s.http.CloseClientConnections()
	s.http.Close()
	if s.cfg.lenient {
		return
	}
	for _, v := range s.Violations() {
		s.t.Errorf("Discord would object: %s", v)
	}
}

// violate records a broken rule. The caller holds s.mu.
func (s *Server) violate(format string, values ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, values...))
}

// touch wakes whoever waits for a change. The caller holds s.mu.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// newID returns the next snowflake. The caller holds s.mu, or nobody else has s yet.
func (s *Server) newID() string {
	s.lastID += 4_194_305 // a millisecond and a bit, so that ids look like ids
	return strconv.FormatUint(s.lastID, 10)
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range restRoutes() {
		mux.Handle(r.method+" /api/{version}"+r.path, s.rest(r))
	}
	mux.HandleFunc("/gateway", s.serveGateway)
	mux.HandleFunc("/gateway/", s.serveGateway)
	mux.HandleFunc("GET /attachments/{id}/{name}", s.serveFile)
	mux.HandleFunc("/", s.unknownRoute)
	return mux
}
