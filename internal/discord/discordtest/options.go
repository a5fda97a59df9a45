package discordtest

import "time"

// Option changes how a server behaves.
type Option func(*config)

type config struct {
	token      string
	lenient    bool
	blind      bool // to openapi.json
	keep       int  // how much is remembered, 0 for all
	heartbeat  time.Duration
	window     time.Duration
	privileged int
	life       time.Duration // of an interaction's token
	nonce      time.Duration // how long one is remembered
	onTheWay   time.Duration // see OnTheWay
	session    time.Duration // how long one without a connection can be resumed

	identifies  int           // left of the day's
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
		life:      15 * time.Minute, nonce: 5 * time.Minute, onTheWay: 100 * time.Millisecond, session: 3 * time.Minute,
		identifies: identifiesADay, shards: 1, concurrency: 1, identify: 5 * time.Second,
	}
}

// Lenient keeps violations from failing the test, for tests of the server itself.
func Lenient() Option { return func(c *config) { c.lenient = true } }

// WithoutSchema leaves Discord's OpenAPI description aside, for load tests: it is the
// slowest check. All others stay.
func WithoutSchema() Option { return func(c *config) { c.blind = true } }

// Heartbeat sets the interval that Hello asks for.
func Heartbeat(d time.Duration) Option { return func(c *config) { c.heartbeat = d } }

// ResponseWindow sets how long an interaction waits for its first callback.
func ResponseWindow(d time.Duration) Option { return func(c *config) { c.window = d } }

// TokenLife sets how long the token of an interaction is good for. Discord's are
// good for 15 minutes.
func TokenLife(d time.Duration) Option { return func(c *config) { c.life = d } }

// SessionLife sets how long a gateway session without a connection can be resumed. At
// least the last 1000 events of it are kept for that.
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
