package discord

import (
	"context"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
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

// Reader shows articles to members, as shelf.Shelves does. It must be safe for
// concurrent use.
type Reader interface {
	// Articles returns what a guild is answered from. The result is not changed.
	Articles(ctx context.Context, guild string) ([]*article.Article, error)
	// Recall returns a place of a posted answer as it was quoted. ErrNotFound when that
	// is kept no more.
	Recall(ctx context.Context, guild string, p library.Place) (library.Recalled, error)
	// Reading says why what an article says under a heading may not be shown in a
	// channel, "" when it may. Without a heading it goes by the article alone.
	Reading(guild string, channel answer.Channel, a *article.Article, heading string) answer.Reason
	// CardsFor returns the cards of those topics that fired, with the guild's helplines,
	// and whether there are any. It reads nothing.
	CardsFor(guild string, fired func(topic string) bool) (answer.Answer, bool)
	// Disclaimer returns the medical-advice disclaimer.
	Disclaimer(guild string) safety.Card
	// Suggest returns questions that begin, or mean, what is typed so far, at most
	// limit, best first. What is typed is neither logged nor kept.
	Suggest(ctx context.Context, guild string, channel answer.Channel, typed string, limit int) ([]string, error)
}

// Moderators does what moderators ask for, as desk.Desk does. It must be safe for
// concurrent use.
type Moderators interface {
	// Run answers the use of a command, a component or a form by somebody who moderates
	// the guild. The reply is fit to be shown, whatever the error, which is for the log.
	Run(ctx context.Context, u desk.Use) (desk.Reply, error)
	// Complete completes what is typed into an option.
	Complete(ctx context.Context, u desk.Use) ([]api.Choice, error)
}

// Ledger records what is posted, as [library.Ledger] does.
type Ledger interface {
	// Post records an answer that is about to be sent. article.ErrConflict means
	// that the question has an answer already, or that under was lost.
	Post(ctx context.Context, guild string, p library.Posted, under lease.Lease) error
	// Sent records the message that an answer became.
	Sent(ctx context.Context, guild, id, message string) error
	// Redo replaces what a recorded answer says, after its question was edited.
	Redo(ctx context.Context, guild string, p library.Posted) error
	// PostedByID and PostedByQuestion find an answer, or article.ErrNotFound.
	PostedByID(ctx context.Context, guild, id string) (library.Posted, error)
	PostedByQuestion(ctx context.Context, guild, question string) (library.Posted, error)
	// Forget forgets an answer, and ForgetMessages those that these messages are. Most
	// messages are none.
	Forget(ctx context.Context, guild, id string) error
	ForgetMessages(ctx context.Context, guild string, messages ...string) error
	// Vote records a verdict; a voter's last one counts. voter is a keyed MAC.
	Vote(ctx context.Context, guild, id, voter string, v library.Verdict, reason string) error
}

// Trail keeps the audit trail, as [library.Trail] does.
type Trail interface {
	Note(ctx context.Context, guild string, e library.Entry, act library.Act) error
}

// Members answers for what is kept of one member, as [library.Members] does.
type Members interface {
	KeptOf(ctx context.Context, guild string, who ...string) (library.Kept, error)
	ForgetMember(ctx context.Context, guild string, who ...string) (int64, error)
}

// OptIns keeps who agreed to age-restricted quotes in direct messages, as
// [library.OptIns] does.
type OptIns interface {
	OptIn(ctx context.Context, guild, who string) error
	OptOut(ctx context.Context, guild, who string) error
	OptedIn(ctx context.Context, guild, who string) (bool, error)
}

// Marks keeps how far something has come in a guild, as [library.Marks] does.
type Marks interface {
	Mark(ctx context.Context, guild, name string) (string, error)
	SetMark(ctx context.Context, guild, name, value string) error
}

// Gaps keeps questions without an answer, as [library.Gaps] does. What it gets is redacted.
type Gaps interface {
	Miss(ctx context.Context, guild string, m library.Missed) error
}

// Counters keeps daily numbers, as [library.Counters] does.
type Counters interface {
	Count(ctx context.Context, guild string, day article.Date, name string, n int64) error
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
	// Handled is called when a handler ended, took after it began; failed when it panicked.
	Handled(handler string, took time.Duration, failed bool)
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
func (unobserved) Handled(string, time.Duration, bool)        {}
func (unobserved) Unsent(error)                               {}
func (unobserved) LedgerFailed(error)                         {}
func (unobserved) ShardsHeld(int)                             {}
