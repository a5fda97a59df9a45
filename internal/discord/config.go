package discord

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/memory"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// DiscordAPI is the base address of Discord itself.
const DiscordAPI = "https://discord.com"

// Config is what a bot needs to know. Only Token has no default.
type Config struct {
	Token  string        // the bot's token, with or without "Bot " before it
	API    string        // base address under which /api/v10 hangs; Discord's own when empty
	Logger *slog.Logger  // silent when nil
	Timing Timing        // zero fields take their defaults
	Limits memory.Limits // zero fields take their defaults

	// Shards is into how many shards the gateway is divided, the same in every
	// process; 0 for as many as Discord recommends.
	Shards int
	// Leases shares the shards with other processes; nil when there are none, so that
	// this process holds all shards.
	Leases *lease.Keeper
	// Ledger records what is posted; nil for nothing.
	Ledger Ledger
	// Trail is told what moderators remove; nil for nobody.
	Trail Trail
	// Guilds is told which guilds the bot joins and leaves; may be nil.
	Guilds Guilds
	// Settings returns what a guild, or [library.Direct], decided. It is called for
	// every question and returns at once. All defaults when nil.
	Settings func(guild string) library.Settings
	// Reader shows articles; without it there are no buttons and no commands but /ask.
	Reader Reader
	// Members and OptIns answer for what is kept of members; may be nil.
	Members Members
	OptIns  OptIns
	// Askers returns the keyed MACs that may stand for a member in the ledger, the one
	// that new records get first; none when nil.
	Askers func(guild, user string) []string
	// Sealer makes the ids of components; without it there are none.
	Sealer Sealer
	// Moderators does what moderators ask for; without it their commands are not offered.
	Moderators Moderators
	// Client sends the requests, as [NewClient] makes it; one is made when nil.
	Client *api.Client
	// Cards is told of crisis and emergency cards that were shown; may be nil.
	Cards Cards
	// Marks keeps who was welcomed; without it nobody is.
	Marks Marks
	// Gaps keeps questions without an answer, for guilds that want that; nil for none.
	Gaps Gaps
	// Counters keeps daily numbers; nil for none.
	Counters Counters
	// Content says that the application has the message content intent, and asks for
	// it: without it the bot reads only what is said to it.
	Content bool
	// Now returns the time; the system's clock when nil.
	Now func() time.Time
	// NewID returns the id of a new record, never the same twice; random when nil.
	NewID func() string
	// Observe is told what happens; may be nil.
	Observe Observer
}

// Timing holds the bot's deadlines.
type Timing struct {
	// Fast is how long an answer may take to be the first callback itself; a
	// slower one is announced and follows. Discord waits three seconds.
	Fast time.Duration
	// Answer is how long an answer may take at all.
	Answer time.Duration
	// Request is how long one REST request may take, with its retries.
	Request time.Duration
	// Connect is how long connecting to the gateway may take, up to READY.
	Connect time.Duration
	// Silence is how long the gateway may send nothing before it counts as lost.
	// Discord acknowledges a heartbeat every 41 seconds.
	Silence time.Duration
	// Identify is the least time between two sessions of a bucket; Discord allows one
	// in five seconds, counted where the network's delays have come on top.
	Identify time.Duration
	// Claim is how often, on average, shards are claimed from and given up to other processes.
	Claim time.Duration
	// Backoff and MaxBackoff bound the wait between two connections.
	Backoff, MaxBackoff time.Duration
	// Settle is how long a member who called nobody may go on writing before the bot
	// answers all of it at once.
	Settle time.Duration
	// Tally is how often daily numbers are written.
	Tally time.Duration
	// Grace is how long answers in the making are waited for at the end.
	Grace time.Duration
}

func (t Timing) withDefaults() Timing {
	return Timing{
		Fast:       cmp.Or(t.Fast, 1200*time.Millisecond),
		Answer:     cmp.Or(t.Answer, 10*time.Second),
		Request:    cmp.Or(t.Request, 5*time.Second),
		Connect:    cmp.Or(t.Connect, 20*time.Second),
		Silence:    cmp.Or(t.Silence, 2*time.Minute),
		Identify:   cmp.Or(t.Identify, 5500*time.Millisecond),
		Claim:      cmp.Or(t.Claim, 2*time.Second),
		Backoff:    cmp.Or(t.Backoff, time.Second),
		MaxBackoff: cmp.Or(t.MaxBackoff, 20*time.Second),
		Settle:     cmp.Or(t.Settle, 4*time.Second),
		Tally:      cmp.Or(t.Tally, 10*time.Second),
		Grace:      cmp.Or(t.Grace, 2*time.Second),
	}
}

// CheckToken reports whether a token has the form of a bot token: three parts
// joined by dots. The error never holds any of it.
func CheckToken(token string) error {
	token = bareToken(token)
	if token == "" {
		return fmt.Errorf("%w: the Discord token is empty; copy it from the Bot page of the application", article.ErrInvalid)
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		has := fmt.Sprintf("%d parts", len(parts))
		if len(parts) == 1 {
			has = "1 part"
		}
		return fmt.Errorf("%w: the Discord token has %s instead of 3 joined by dots; copy the token from the Bot page, not the client secret or the application id", article.ErrInvalid, has)
	}
	for i, part := range parts {
		if part == "" || strings.ContainsFunc(part, notOfToken) {
			return fmt.Errorf("%w: part %d of the Discord token is empty or has a character that no token has; copy it again, without quotes or spaces", article.ErrInvalid, i+1)
		}
	}
	return nil
}

// notOfToken reports whether r is outside the base64url alphabet.
func notOfToken(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == '=')
}

// bareToken strips what people copy along with a token.
func bareToken(token string) string {
	token = strings.TrimSpace(token) + " "
	return strings.TrimSpace(strings.TrimPrefix(token, "Bot "))
}

// apiBase parses the base address of the API.
func apiBase(raw string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSuffix(cmp.Or(raw, DiscordAPI), "/"))
	if err != nil || base.Host == "" || (base.Scheme != "https" && base.Scheme != "http") {
		return nil, fmt.Errorf("%w: %q is not a web address; the Discord API is at %s", article.ErrInvalid, raw, DiscordAPI)
	}
	return base, nil
}
