// Package discord is the bot: it connects to Discord, registers its commands,
// takes questions from members and shows what the answer package replies.
//
// Package gateway speaks the protocol of one connection, package api sends all requests
// and package memory holds what is remembered of what goes on; here a supervisor a shard
// decides what happens next, a router hands each event to a handler, and the handlers
// ask, show and record. Many processes may share the shards, each holding some of them
// under leases.
//
// Invariants:
//   - triage runs before the first callback of an interaction, and a card that is
//     the whole reply is that callback;
//   - an interaction gets exactly one callback, and every question gets a reply,
//     if only a sentence of apology, unless it has an answer already or the guild's
//     moderators want none;
//   - an answer is recorded before it is sent, a card after: nothing keeps a card
//     waiting, and no ledger keeps an answer waiting for long;
//   - a shard is connected only while its lease is held, and what arrived on it is
//     recorded under that lease;
//   - cards are exempt from every limit, pause and block, and need no database;
//   - a component acts only for the member, the guild and the message that it is for;
//   - what members typed is kept in memory for a conversation, and nowhere else;
//   - nothing that is sent can ping anybody;
//   - a channel that is not known to be age-restricted is treated as general;
//   - no token, no interaction token and no text of a member is ever logged;
//   - no goroutine outlives Run, but one that waits for a port that minds no context.
package discord

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/memory"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// Bot is one process of one application at Discord.
type Bot struct {
	token    string
	log      *slog.Logger
	timing   Timing
	answerer Answerer
	ledger   Ledger // may be nil
	trail    Trail  // may be nil
	settings func(guild string) library.Settings
	reader   Reader  // may be nil
	members  Members // may be nil
	optIns   OptIns  // may be nil
	sealer   Sealer  // may be nil

	moderators Moderators // may be nil
	greeter    *greeter
	askers     func(guild, user string) []string
	newID      func() string
	now        func() time.Time
	content    bool // it reads messages that are not said to it
	observe    Observer
	words      *locale.Catalogue
	rest       *api.Client
	listeners  map[string]listener
	channels   *channelCache
	guilds     *guildCache
	talks      *memory.Talks
	limits     *memory.Limiter
	replies    *memory.Replies
	lurking    *memory.Lurking[asked]
	roster     *roster
	recent     *memory.Recent
	work       *workers
	self       atomic.Pointer[string]       // the bot's user id, from READY
	holding    atomic.Pointer[map[int]bool] // the shards that this process holds
	gaps       Gaps                         // may be nil
	cards      Cards                        // may be nil
	tally      *tally

	shards     int           // as configured; 0 for as many as Discord recommends
	leases     *lease.Keeper // may be nil
	registered atomic.Bool

	// Found out before the first shard is held.
	app     api.Application
	gateway api.GatewayInfo
	gate    *budget
}

// New checks the configuration and returns a bot that is not connected yet. The
// form of the token is left to Discord, which alone knows its tokens; see
// [CheckToken] for a closer look.
func New(cfg Config, a Answerer) (*Bot, error) {
	if a == nil {
		return nil, fmt.Errorf("%w: the bot has nothing to answer with", article.ErrInvalid)
	}
	token := bareToken(cfg.Token)
	if token == "" || strings.ContainsFunc(token, unicode.IsSpace) {
		return nil, fmt.Errorf("%w: the Discord token is empty or has white space in it; copy it from the Bot page of the application", article.ErrInvalid)
	}
	if cfg.Shards < 0 {
		return nil, fmt.Errorf("%w: %d shards; name at least 1, or 0 for as many as Discord recommends", article.ErrInvalid, cfg.Shards)
	}
	if cfg.Client == nil {
		client, err := NewClient(cfg)
		if err != nil {
			return nil, err
		}
		cfg.Client = client
	}
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	b := &Bot{
		token: token, log: cfg.Logger, timing: cfg.Timing, answerer: a,
		ledger: cfg.Ledger, trail: cfg.Trail, settings: cfg.Settings, reader: cfg.Reader, members: cfg.Members, optIns: cfg.OptIns, sealer: cfg.Sealer, moderators: cfg.Moderators,
		askers: cfg.Askers, newID: cfg.NewID, now: cfg.Now, content: cfg.Content, observe: cfg.Observe, words: words,
		rest: cfg.Client, cards: cfg.Cards,
		channels: newChannelCache(), guilds: newGuildCache(), talks: memory.NewTalks(cfg.Now), limits: memory.NewLimiter(cfg.Limits, cfg.Now),
		replies: memory.NewReplies(remembered), lurking: memory.NewLurking[asked](remembered),
		roster: newRoster(cfg.Guilds, cfg.Logger, cfg.Timing.MaxBackoff), recent: memory.NewRecent(remembered),
		work: newWorkers(cfg.Logger, cfg.Observe.Handled), shards: cfg.Shards, leases: cfg.Leases,
	}
	b.greeter = newGreeter(b, cfg.Marks)
	b.gaps, b.tally = cfg.Gaps, newTally(cfg.Counters, cfg.Timing.Tally, cfg.Now, cfg.Logger)
	b.listeners = b.newListeners()
	return b, nil
}

// remembered is how many of the last events, replies and channels with moderators are
// remembered: more than arrive between a session's loss and the repetition of what it
// may have missed.
const remembered = 4096

// withDefaults fills in what may be left out.
func (c Config) withDefaults() Config {
	c.Timing = c.Timing.withDefaults()
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Settings == nil {
		c.Settings = func(string) library.Settings { return library.Settings{} }
	}
	if c.Askers == nil {
		c.Askers = func(string, string) []string { return nil }
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = rand.Text
	}
	if c.Observe == nil {
		c.Observe = unobserved{}
	}
	return c
}

// Run connects, registers the commands when they changed, and answers until ctx
// is done; then it finishes what it is answering, gives its leases back and leaves,
// within five seconds. It returns nil after ctx is done, and an error only when
// trying again cannot help: a token that Discord refuses, or intents that are not
// granted. A Bot runs once.
func (b *Bot) Run(ctx context.Context) error {
	defer b.rest.Close()
	sweeping, done := context.WithCancel(ctx)
	swept := make(chan struct{})
	go func() { defer close(swept); b.sweep(sweeping) }()
	tallied := make(chan struct{})
	go func() { defer close(tallied); b.tally.run(sweeping) }()
	greeted := make(chan struct{})
	go func() { defer close(greeted); b.greeter.run(sweeping) }()
	defer func() { // also when ctx goes on, after what cannot be cured
		done()
		<-swept
		<-greeted
		<-tallied
		b.tally.finish(ctx)
	}()
	err := b.persist(ctx, b.log, b.prepare)
	if err == nil && ctx.Err() == nil {
		err = b.holdShards(ctx)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// sweepEvery is how often what is remembered for a while only is looked through.
const sweepEvery = time.Minute

// sweep forgets what was remembered for long enough, until ctx is done.
func (b *Bot) sweep(ctx context.Context) {
	for pause(ctx, sweepEvery) {
		b.talks.Sweep()
		b.limits.Sweep()
	}
}

// isSelf reports whether id is the bot's own user.
func (b *Bot) isSelf(id string) bool {
	self := b.self.Load()
	return self != nil && *self == id
}
