package desk

import (
	"context"
	"io"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// Bench is the moderators' workbench, as [bench.Bench]. It is safe for concurrent use.
type Bench interface {
	// Preview says what a submission is and what publishing it would do. ErrInvalid,
	// with line and column, or ErrTooLarge, with the limit, for one that cannot be read.
	Preview(ctx context.Context, guild string, s bench.Submission) (bench.Preview, error)
	// Publish publishes it. ErrConflict as by [library.BaseError] when the article is
	// at another revision, and as [bench.BrokenError] when golden questions would break
	// and override is empty; override says why that is right.
	Publish(ctx context.Context, guild string, s bench.Submission, override string, act library.Act) (library.Receipt, error)
	// Keep keeps a submission that is being looked at, for at most 30 days, under a
	// name of 32 bytes; Kept returns it. ErrNotFound when it is gone.
	Keep(ctx context.Context, guild string, s bench.Submission) (name string, err error)
	Kept(ctx context.Context, guild, name string) (bench.Submission, error)
	// Impact says what a change would do to answers, as Preview does for a submission:
	// with a Change of a key alone, what it does to answer from that article no more.
	Impact(ctx context.Context, guild string, c bench.Change) (bench.Impact, error)
	// Diff compares two revisions of an article, as a unified diff; empty hashes stand
	// for the current one (to) and the one before it (from).
	Diff(ctx context.Context, guild, key, from, to string) (string, error)

	SaveDraft(ctx context.Context, guild string, s bench.Submission, act library.Act) (id string, err error)
	Drafts(ctx context.Context, guild string) ([]library.Record[library.Draft], error)
	Draft(ctx context.Context, guild, id string) (bench.Submission, error)
	DropDraft(ctx context.Context, guild, id string, act library.Act) error

	// Review records that the actor read the current revision; next may be zero.
	Review(ctx context.Context, guild, key string, next article.Date, act library.Act) (library.Review, error)
	// Due lists what is to be reviewed by a day, the longest overdue first.
	Due(ctx context.Context, guild string, by article.Date) ([]bench.Due, error)

	// Test runs the guild's golden questions, the failed ones first.
	Test(ctx context.Context, guild string) ([]bench.Tested, error)
	// AddGolden adds a golden question; the place is for ExpectQuote. DropGolden removes one.
	AddGolden(ctx context.Context, guild string, g library.Golden, act library.Act) (id string, err error)
	DropGolden(ctx context.Context, guild, id string, act library.Act) error
	Why(ctx context.Context, guild string, q answer.Question) (bench.Explanation, error)

	// Search finds passages for a moderator who looks for the right one, best first.
	Search(ctx context.Context, guild, text string, limit int) ([]bench.ExplainedPassage, error)
	Correct(ctx context.Context, guild string, r bench.Repair, act library.Act) (bench.Repaired, error)
	Corrections(ctx context.Context, guild string) ([]bench.Corrected, error) // newest first
	// Point makes a passage the answer to a question in a moderator's words, as a
	// correction does, without an answer that is corrected.
	Point(ctx context.Context, guild, question string, right library.Place, act library.Act) (bench.Repaired, error)
	// Undo removes the golden question and the preference of a correction.
	Undo(ctx context.Context, guild, correction string, act library.Act) error
	// Note keeps what a dialog needs in its next step, for at most 30 days, under a name
	// of 32 bytes; Noted returns it. ErrNotFound when it is gone.
	Note(ctx context.Context, guild string, value []byte) (name string, err error)
	Noted(ctx context.Context, guild, name string) ([]byte, error)

	Gaps(ctx context.Context, guild string) ([]bench.Gap, error) // the largest first
	Dismiss(ctx context.Context, guild string, ids []string, act library.Act) error
	Stats(ctx context.Context, guild string, days int) (bench.Stats, error)

	// Topics lists the guild's own safety topics. Propose checks a change of them and
	// puts it in force, or keeps it for somebody else to approve. alone says that the
	// actor owns the guild and nobody else moderates it.
	Topics(ctx context.Context, guild string) ([]bench.OwnTopic, error)
	Propose(ctx context.Context, guild string, p library.Proposal, alone bool, act library.Act) (bench.Decided, error)
	Decide(ctx context.Context, guild, id string, approve, alone bool, act library.Act) (bench.Decided, error)
	Proposals(ctx context.Context, guild string) ([]library.Record[library.Proposal], error) // newest first
}

// Articles is the desk for articles and settings, as [library.Desk].
type Articles interface {
	List(ctx context.Context, guild string) ([]library.Publication, error)
	History(ctx context.Context, guild, key string) ([]library.Version, error)
	Show(ctx context.Context, guild, key, hash string) (library.Revision, error)
	Revert(ctx context.Context, guild, key, hash string, act library.Act) (library.Receipt, error)
	Withdraw(ctx context.Context, guild, key string, act library.Act) (bool, error)
	Hide(ctx context.Context, guild, key string, act library.Act) (bool, error)
	Restore(ctx context.Context, guild, key string, act library.Act) (bool, error)
	Settings(ctx context.Context, guild string) (library.Settings, map[string]string, error)
	Set(ctx context.Context, guild, name, value string, act library.Act) (string, error)
	// Swap is Set in the place of a value as it is stored; ErrConflict when it is another one by now.
	Swap(ctx context.Context, guild, name, from, to string, act library.Act) error
	Trail(ctx context.Context, guild string, after int64, limit int) ([]library.Entry, error)
	LastEntry(ctx context.Context, guild string) (library.Entry, error)
	VerifyTrail(ctx context.Context, guild string) (library.Entry, error)
}

// Answers finds posted answers, as [library.Ledger], and what they quote.
type Answers interface {
	PostedByMessage(ctx context.Context, guild, message string) (library.Posted, error)
	PostedByID(ctx context.Context, guild, id string) (library.Posted, error)
}

// Archives moves whole libraries, as a job where that takes long.
type Archives interface {
	// Export writes the guild's library as an archive, at most limit bytes; ErrTooLarge
	// beyond that.
	Export(ctx context.Context, guild string, to io.Writer, limit int64) error
	// Look downloads an archive by fetch, checks it and says what importing it would do.
	// It is kept under held, for at most 30 days. ErrConflict while another one is read.
	Look(ctx context.Context, guild string, fetch func(context.Context) ([]byte, error)) (held string, o library.Outlook, err error)
	// Import enqueues the job that puts a kept archive into the library; ErrNotFound when
	// it is not kept any more. Drop forgets it.
	Import(ctx context.Context, guild, held string, act library.Act) (jobs.Job, error)
	Drop(ctx context.Context, guild, held string) error
}

// Jobs is where long work is seen, as in [jobs.Queue], and cancelled, which the audit
// trail says.
type Jobs interface {
	Job(ctx context.Context, guild, id string) (jobs.Job, error)
	Jobs(ctx context.Context, guild string) ([]jobs.Job, error)
	Cancel(ctx context.Context, guild, id string, act library.Act) error
}

// Reader reads what members are answered from, as shelf.Shelves.
type Reader interface {
	Articles(ctx context.Context, guild string) ([]*article.Article, error)
	Recall(ctx context.Context, guild string, p library.Place) (library.Recalled, error)
	Screen(guild string, q answer.Question) (answer.Answer, bool)
}
