package discordtest

import "time"

// Option changes how a server behaves.
type Option func(*config)

type config struct {
	token      string
	lenient    bool
	heartbeat  time.Duration
	window     time.Duration
	privileged int
	life       time.Duration // of an interaction's token
	session    time.Duration // how long one without a connection can be resumed

	shards      int           // of the gateway
	concurrency int           // buckets of shards that may identify at the same time
	identify    time.Duration // the least time between two Identifies of one bucket
}

func defaults() config {
	return config{
		token: "MTEwMDAwMDAwMDA0MTk0MzA1.GtEsTs.local-discord-accepts-no-other-token",
		// Discord's own are 41.25 s and 3 s.
		heartbeat: 41250 * time.Millisecond,
		window:    3 * time.Second,
		life:      15 * time.Minute, session: 3 * time.Minute,
		shards: 1, concurrency: 1, identify: 5 * time.Second,
	}
}

// Lenient keeps violations from failing the test, for tests of the server itself.
func Lenient() Option { return func(c *config) { c.lenient = true } }

// Heartbeat sets the interval that Hello asks for.
func Heartbeat(d time.Duration) Option { return func(c *config) { c.heartbeat = d } }

// ResponseWindow sets how long an interaction waits for its first callback.
func ResponseWindow(d time.Duration) Option { return func(c *config) { c.window = d } }

// TokenLife sets how long the token of an interaction is good for. Discord's are
// good for 15 minutes.
func TokenLife(d time.Duration) Option { return func(c *config) { c.life = d } }

// SessionLife sets how long a gateway session without a connection can be resumed.
func SessionLife(d time.Duration) Option { return func(c *config) { c.session = d } }

// WithShards makes the gateway one of n shards, as a large bot's is: a bot must
// identify with one of them.
func WithShards(n int) Option { return func(c *config) { c.shards = n } }

// WithMaxConcurrency sets how many shards may identify at the same time: those
// with different remainders of the shard's number by n.
func WithMaxConcurrency(n int) Option { return func(c *config) { c.concurrency = n } }

// IdentifyWindow sets the least time between two Identifies of one bucket; less
// fails the test. Discord's is five seconds; 0 allows any number.
func IdentifyWindow(d time.Duration) Option { return func(c *config) { c.identify = d } }

// Privileged switches on the given privileged intents for the application.
// None are by default, as for an application that nobody has configured.
func Privileged(intents int) Option { return func(c *config) { c.privileged = intents } }

// Fault is an answer that the server gives instead of its own.
type Fault struct {
	Status     int
	RetryAfter time.Duration // with status 429: what it asks for, and the bot has to wait
	Global     bool          // with status 429: all routes are meant
	HTML       bool          // the body is HTML, as from the proxies before Discord
	Delay      time.Duration // before the answer, or before the server's own when Status is 0
	Cut        bool          // the connection is reset instead
}

// Break lets the next requests to a route meet faults, one a request. A route is
// written as in Discord's documentation, with its own placeholders:
// "POST /channels/{channel}/messages".
func (s *Server) Break(route string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !isRoute(route) {
		s.t.Errorf("discordtest: no route %q", route)
	}
	s.faults[route] = append(s.faults[route], faults...)
}

func isRoute(name string) bool {
	for _, r := range restRoutes() {
		if r.name() == name {
			return true
		}
	}
	return false
}

// takeFault returns the next fault of a route.
func (s *Server) takeFault(route string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.faults[route]
	if len(waiting) == 0 {
		return Fault{}, false
	}
	s.faults[route] = waiting[1:]
	return waiting[0], true
}
