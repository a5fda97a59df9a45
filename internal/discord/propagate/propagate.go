// Package propagate brings posted answers in line with what became of their articles,
// or of themselves: it marks them, replaces what they quote by what stands there now,
// or deletes them, as the guild decided.
//
// It is the handler of jobs of kind [library.PropagateJob] and [library.PropagateOneJob]. A job looks at one answer
// after the other, and what each message has to say is decided from what is there at
// that moment, so that jobs may overlap, be done twice, or end in the middle.
//
// Invariants:
//   - no disclaimer and no card is taken away, but for a moderator who wants this one
//     answer removed: what cannot be rendered again whole is marked above its embeds,
//     and they stay as they are;
//   - a quote gives way to another one only where that may be shown, and never in an
//     answer to somebody under 18;
//   - a message that says already what it has to say is not edited again;
//   - what is quoted after an edit is what the record pins;
//   - of a record that changed since it was read nothing is overwritten, nor ever its
//     tier, its outcome, or the age of who asked.
package propagate

import (
	"context"
	"log/slog"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// Several is the outcome of a record whose message answers several questions. Nothing
// is recorded of any but one of them, so it cannot be rendered again.
const Several = "several"

// Ledger is where answers are recorded, as [library.Ledger].
type Ledger interface {
	Quoting(ctx context.Context, guild, key, after string, limit int) ([]library.Posted, error)
	PostedByID(ctx context.Context, guild, id string) (library.Posted, error)
	Repin(ctx context.Context, guild string, was, now library.Posted) error
	Forget(ctx context.Context, guild, id string) error
}

// Reader reads what was quoted and what the guild is answered from, as shelf.Shelves.
type Reader interface {
	// Settled returns when what is answered from has in it all that was changed before.
	Settled(ctx context.Context, guild string) error
	Articles(ctx context.Context, guild string) ([]*article.Article, error)
	Recall(ctx context.Context, guild string, p library.Place) (library.Recalled, error)
	Reading(guild string, channel answer.Channel, a *article.Article, heading string) answer.Reason
	Disclaimer(guild string) safety.Card
}

// Corrections lists what moderators corrected and nobody undid, oldest first.
type Corrections interface {
	List(ctx context.Context, guild string) ([]library.Record[library.Correction], error)
}

// Messages changes the bot's messages, as [api.Client].
type Messages interface {
	Edit(ctx context.Context, channel, message string, m api.Message) error
	// Delete deletes a message; one that is gone counts as deleted.
	Delete(ctx context.Context, channel, message string) error
	// Annotate puts a text above the embeds of a message, "" for none, and leaves all
	// else as it is. article.ErrInvalid for a message without embeds, which is text
	// itself.
	Annotate(ctx context.Context, channel, message, text string) error
}

// Config is what [New] needs. Kind, Say, Log and PerSecond may be left out.
type Config struct {
	Ledger      Ledger
	Reader      Reader
	Corrections Corrections
	Messages    Messages
	Words       *locale.Catalogue
	Settings    func(guild string) library.Settings
	// Buttons makes the components of a recorded answer anew; quoted says whether it
	// still shows a quote.
	Buttons func(guild string, p library.Posted, quoted bool) []render.Row
	// Kind says what may be quoted in a channel; nil stands for a general one.
	Kind func(ctx context.Context, guild, channel string) answer.Channel
	// Say posts a line to the guild's log channel, as far as there is one.
	Say func(ctx context.Context, guild, text string)
	Now func() time.Time
	Log *slog.Logger
	// PerSecond is how many messages are changed a second in one channel, over all jobs;
	// 2 when 0. In all channels it is ten times as many.
	PerSecond float64
}

// Propagator brings posted answers in line. It is safe for concurrent use.
type Propagator struct {
	Config

	pace *pace
}

// perSecond is below what Discord lets a bot edit in one channel, some five messages in
// five seconds, for what members ask at the same time: the rest are waits of the client.
const perSecond = 2

// New returns a Propagator.
func New(c Config) *Propagator {
	if c.Kind == nil {
		c.Kind = func(context.Context, string, string) answer.Channel { return answer.General }
	}
	if c.Say == nil {
		c.Say = func(context.Context, string, string) {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.PerSecond <= 0 {
		c.PerSecond = perSecond
	}
	return &Propagator{Config: c, pace: newPace(c.PerSecond)}
}
