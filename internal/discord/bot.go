// Package discord is the bot: it connects to Discord, registers its commands,
// takes questions from members and shows what the answer package replies.
//
// The gateway is discordgo's, kept on a short lead because version 0.29.0 hangs,
// leaks and retries in ways of its own: it never reconnects by itself, every
// attempt gets a fresh session, and a supervisor decides what happens next. REST
// is our own, small and aware of contexts.
//
// Invariants:
//   - triage runs before the first callback of an interaction, and a card that is
//     the whole reply is that callback;
//   - an interaction gets exactly one callback, and every question gets a reply,
//     if only a sentence of apology;
//   - nothing that is sent can ping anybody;
//   - a channel that is not known to be age-restricted is treated as general;
//   - no token, no interaction token and no text of a member is ever logged;
//   - no goroutine outlives Run.
package discord

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// Answerer answers questions. It must be safe for concurrent use.
type Answerer interface {
	// Screen runs triage only: no input or output, and done within milliseconds.
	// It returns true when the answer is complete, a card being the whole reply.
	// Otherwise the answer holds the cards or the disclaimer known so far, if any,
	// to be shown should Ask fail.
	Screen(q answer.Question) (answer.Answer, bool)
	// Ask always returns an answer that is fit to be shown; its error is for the log.
	Ask(ctx context.Context, q answer.Question) (answer.Answer, error)
}

// Config is what a bot needs to know.
type Config struct {
	Token  string       // the bot's token, with or without "Bot " before it
	API    string       // base address under which /api/v10 hangs; Discord's own when empty
	Logger *slog.Logger // silent when nil
	Timing Timing       // zero fields take their defaults
}

// Bot is one connection of one application to Discord.
type Bot struct {
	token    string
	log      *slog.Logger
	timing   Timing
	answerer Answerer
	render   *render.Renderer
	words    *locale.Words
	rest     *restClient
	channels *channelCache
	work     *workers
	self     atomic.Pointer[string] // the bot's user id, from READY

	// Of the supervisor alone; app is set before the first event can arrive.
	app        application
	registered bool
	identified time.Time
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
	base, err := apiBase(cfg.API)
	if err != nil {
		return nil, err
	}
	words, err := locale.New()
	if err != nil {
		return nil, err
	}
	log := cfg.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	timing := cfg.Timing.withDefaults()
	return &Bot{
		token: token, log: log, timing: timing, answerer: a,
		render: render.New(words), words: words,
		rest: newRESTClient(base, token, timing), channels: newChannelCache(),
		work: newWorkers(log),
	}, nil
}

// Run connects, registers the commands when they changed, and answers until ctx
// is done; then it finishes what it is answering and leaves, within five seconds.
// It returns nil after ctx is done, and an error only when trying again cannot
// help: a token that Discord refuses, or intents that are not granted. A Bot runs
// once.
func (b *Bot) Run(ctx context.Context) error {
	defer b.rest.close()
	err := b.supervise(ctx)
	b.work.stop(b.timing.Grace)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// isSelf reports whether id is the bot's own user.
func (b *Bot) isSelf(id string) bool {
	self := b.self.Load()
	return self != nil && *self == id
}
