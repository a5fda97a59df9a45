package discord

import (
	"context"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// Answerer answers questions. guild is Discord's id of where they were asked, or
// [library.Direct]. It must be safe for concurrent use.
type Answerer interface {
	// Screen runs triage only: no input or output, and done within milliseconds.
	// It returns true when the answer is complete, a card being the whole reply.
	// Otherwise the answer holds the cards or the disclaimer known so far, if any,
	// to be shown should Ask fail.
	Screen(guild string, q answer.Question) (answer.Answer, bool)
	// Ask always returns an answer that is fit to be shown; its error is for the log.
	Ask(ctx context.Context, guild string, q answer.Question) (answer.Answer, error)
}

// Ledger records what is posted, as [library.Ledger] does.
type Ledger interface {
	// Post records an answer that is about to be sent. article.ErrConflict means
	// that the question has an answer already, or that under was lost.
	Post(ctx context.Context, guild string, p library.Posted, under lease.Lease) error
	// Sent records the message that an answer became.
	Sent(ctx context.Context, guild, id, message string) error
	// ForgetMessages forgets the answers that these messages are. Most messages are none.
	ForgetMessages(ctx context.Context, guild string, messages ...string) error
}

// Guilds is told which guilds the bot is in, as [library.Guilds] is. Calls may be repeated.
type Guilds interface {
	// Guilds lists the guilds that the bot is or was in, of all shards.
	Guilds(ctx context.Context) ([]library.Guild, error)
	Joined(ctx context.Context, guild string) error
	Left(ctx context.Context, guild string) error
}

// Observer is told what happens, for metrics. Its methods return at once and are
// safe for concurrent use.
type Observer interface {
	// Replied is called for each answer that was sent, took after it was asked for.
	Replied(outcome string, tier safety.Tier, took time.Duration)
	// Unsent is called for each answer that Discord did not take.
	Unsent(err error)
	// LedgerFailed is called when an answer could not be recorded, or not in time.
	LedgerFailed(err error)
	// ShardsHeld is called with the number of shards of this process when it changes.
	ShardsHeld(n int)
}

// unobserved is the Observer of a bot that has none.
type unobserved struct{}

func (unobserved) Replied(string, safety.Tier, time.Duration) {}
func (unobserved) Unsent(error)                               {}
func (unobserved) LedgerFailed(error)                         {}
func (unobserved) ShardsHeld(int)                             {}
