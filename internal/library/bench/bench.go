// Package bench is the moderators' workbench: what a change would do before it is
// made, what is wrong with an answer and how it is put right, what members asked for
// in vain, and what the numbers say.
//
// The library's own [library.Desk] changes articles and settings; what needs the
// answers as well is here. The commands in Discord and on the command line call the
// same methods, so that they cannot differ.
//
// Invariants:
//   - nothing is published while a golden question fails that passes now, unless
//     somebody overrides that and says why;
//   - no text of a member becomes a golden question, a preference or a draft;
//   - a guild's own safety topics only ever raise a tier, and what weakens them is
//     decided by two people where there are two;
//   - every change is in the audit trail.
package bench

import (
	"context"
	"log/slog"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// Config is what [New] needs. Only Log may be left out.
type Config struct {
	Desk        *library.Desk
	Book        library.Book
	Trail       library.Trail
	Settings    library.SettingsTable
	Ledger      library.Ledger
	Counters    library.Counters
	Gaps        library.Gaps
	Pages       library.Pages
	Golden      library.Records[library.Golden]
	Bank        library.Records[library.BankQuestion]
	Corrections library.Records[library.Correction]
	Preferences library.Records[library.Preference]
	Drafts      library.Records[library.Draft]
	Proposals   library.Records[library.Proposal]
	Queue       jobs.Queue
	Shelves     Shelves
	Rules       *safety.Rules          // those that came with the program
	Questions   []library.BankQuestion // those that came with the program
	Now         func() time.Time
	NewID       func() string // never the same twice, at most 26 characters
	Log         *slog.Logger
}

// Shelves answers for guilds, as shelf.Shelves does. It is safe for concurrent use.
type Shelves interface {
	// Ask answers from what the guild has now.
	Ask(ctx context.Context, guild string, q answer.Question) (answer.Answer, error)
	// Articles returns what the guild is answered from. It is not changed.
	Articles(ctx context.Context, guild string) ([]*article.Article, error)
	// Recall returns a place of a posted answer as it was quoted.
	Recall(ctx context.Context, guild string, p library.Place) (library.Recalled, error)
	// Try returns the guild's library as it would be after a change; whoever has it
	// closes it. It changes nothing.
	Try(ctx context.Context, guild string, c Change) (Trial, error)
	// Explain says how a question is answered now.
	Explain(ctx context.Context, guild string, q answer.Question) (Explanation, error)
	// Passages finds passages for somebody who looks for one, best first, at most limit.
	// It goes by the words alone: no triage, no threshold.
	Passages(ctx context.Context, guild, text string, limit int) ([]ExplainedPassage, error)
	// Settled returns when what is answered from has in it all that was changed before the
	// call, or with ctx's error.
	Settled(ctx context.Context, guild string) error
}

// Change is a change that is tried out.
type Change struct {
	Key        string              // the article that changes; empty for none
	Article    *article.Article    // what it becomes; nil when it is answered from no more
	Preference *library.Preference // one that is added; nil for none
	Topics     *string             // the guild's own safety topics as they would be; nil for as they are
}

// Trial is a library as it would be. It is safe for concurrent use.
type Trial interface {
	Ask(ctx context.Context, q answer.Question) (answer.Answer, error)
	Articles() []*article.Article
	Close()
}

// Bench is the workbench of all guilds. It keeps nothing itself and is safe for
// concurrent use. Errors are of article's classes, and say what to do.
type Bench struct{ Config }

// New returns a workbench.
func New(c Config) *Bench {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Bench{c}
}
