// Package discordtest is a Discord of one's own: the REST API (v9 and v10) and
// the gateway over WebSocket on loopback, one instance a test, with a driver
// that speaks as members do and reads what a given member sees.
//
// It exists so that "the tests pass" means "it works on Discord": it keeps
// Discord's state machines (one callback to an interaction, within three
// seconds; a deferred reply is then edited; an ephemeral message is seen by one
// member) and answers with Discord's own errors.
//
// What members do is on [Server] in their words (Run, Type, Choose, Click, Submit,
// Menu, Say, ReplyTo, Edit, Delete, Post, StartThread), and becomes a [Reply]. The
// world is made of [Guild], [Channel], [Role] and [Member]. What Discord does to a bot
// is asked for in one call each:
//
//	no Hello, Hello and then silence                 Welcome(Welcome{Silent: true}), Welcome(Welcome{Mute: true})
//	silence from now on, no ACK from now on          Mute, Acknowledge(false)
//	an address that is not there                     Refuse(n), RefuseFor(d), RefuseResume(n)
//	Op 1, 7 or 9 at any time                         AskHeartbeat, Reconnect, Invalidate(resumable)
//	Op 1 or 7 before or behind READY and RESUMED     Welcome(Welcome{Before: 7}), Welcome(Welcome{Then: 7})
//	Op 9 in reply to Identify or Resume              Welcome(Welcome{Before: 9, Resumable: true})
//	a close code at any time, or in reply            Drop(code), Welcome(Welcome{Close: code})
//	a cut of all connections, of one                 Reset, Kill(connection)
//	sessions that end, Identifies that run out       Expire, SessionLife, IdentifiesLeft
//	REST that fails, waits, is slow or is cut        Break(route, Fault...), with a constructor for each Fault
//	rate limits that are counted                     Limit(route, n, per)
//	outages, lost access, closed direct messages     Guild.Outage, Channel.Forbid, Member.CloseDMs
//
// Discord's times hold unless an [Option] shortens them. For load tests, [Reply.Timing]
// says when the callback and the answer came, [WithoutSchema] leaves the slowest check
// out, and [Keep] bounds the memory. One command, promised and then answered, costs
// some 0.4 ms of one core, see BenchmarkInteraction.
//
// Not served: voice, presences, reactions, stickers, polls, zstd and ETF.
//
// Invariants:
//   - what a member cannot do in Discord's client (a disabled button, a command that
//     is not registered) ends the test;
//   - every request is validated against the documented limits, and against
//     Discord's OpenAPI description where that file is present; a request that
//     Discord would refuse, or that could ping anybody, fails the test, and so does one
//     before the end of a wait that Discord asked for, and a private answer put where
//     everybody sees it;
//   - nothing is global: two servers share no state;
//   - it names no Discord client library, so it is not built around one's habits;
//     discord.js is held against it by .ci/discordjs/run;
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
	founder                   *Member // owns the guilds that nobody else does
	appID                     string
	guilds                    []*Guild
	channels                  map[string]*Channel
	messages                  map[string]*message
	nonces                    map[string]string     // channel and nonce -> message
	replies                   map[string][]*message // by the message that they reply to, oldest first
	deleted                   map[string]bool       // messages that members deleted
	gone                      map[string]bool       // channels that were deleted
	dms                       map[*Member]*Channel
	members                   map[string]*Member
	files                     map[string]*Attachment // by id
	limits                    map[string]limit       // by route
	buckets                   map[string]*bucket
	until                     map[string]time.Time // by bucket: when it takes requests again
	tooSoon, invalid, creates int
	aged                      aged
	horizon                   string // id of the newest message that was dropped for its age
	commands                  map[string][]Command
	offersAll                 bool                    // also to who may not use them
	calls                     map[string]*interaction // by token
	sessions                  map[string]*session
	conns                     map[*conn]bool
	lastConn                  int
	overlaps                  int
	faults                    []broken
	refusals                  int
	refusedUntil              time.Time
	began                     time.Time
	spent                     int  // Identifies of the day
	revoked                   bool // the token is no longer good
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
	s := &Server{
		t: t, cfg: defaults(), changed: make(chan struct{}), lastID: 1_100_000_000_000_000_000,
		channels: make(map[string]*Channel), messages: make(map[string]*message), nonces: make(map[string]string),
		replies: make(map[string][]*message), deleted: make(map[string]bool), gone: make(map[string]bool), dms: make(map[*Member]*Channel), members: make(map[string]*Member),
		files: make(map[string]*Attachment), limits: make(map[string]limit), buckets: make(map[string]*bucket), until: make(map[string]time.Time),
		commands: make(map[string][]Command), calls: make(map[string]*interaction),
		sessions: make(map[string]*session), conns: make(map[*conn]bool), began: time.Now(),
	}
	for _, option := range options {
		option(&s.cfg)
	}
	if !s.cfg.blind {
		_, _ = describedBy() // takes a while the first time, and nothing may wait for it later
	}
	s.bot = s.newMember("verbatim")
	s.founder = s.newMember("founder")
	s.bot.bot, s.appID = true, s.bot.ID
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
