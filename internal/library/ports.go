package library

import (
	"context"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
)

// The ports of a guild's library. Each is safe for concurrent use, takes the guild
// it speaks of, and returns errors of article's classes: ErrNotFound for what is
// not there, ErrConflict for what was changed meanwhile or exists, ErrInvalid for
// what cannot be kept (a text that is not UTF-8 or holds a NUL), ErrTooLarge beyond
// a stated limit, ErrUnavailable when the database is out of reach, busy, full or
// read-only. Times come back in UTC, to the millisecond.

// Book keeps the articles of a guild.
type Book interface {
	// Publish adds a revision and makes it the current one. base is the hash of the
	// revision that the author started from, empty for a new article; ErrConflict
	// when the article is at another one by now. Publishing what is current
	// already changes nothing and returns false. A withdrawn article is published
	// again. ErrTooLarge when what is answered from would have more than [MaxShelf]
	// bytes, as also for SetState. Where posted answers quote the article, a job of
	// kind [PropagateJob] is enqueued in the same transaction, as also by SetState.
	Publish(ctx context.Context, guild string, r Revision, base string, act Act) (changed bool, err error)
	// SetState hides a shipped article, withdraws an own one, or publishes either
	// again. ErrNotFound for an own article that is not there; ErrInvalid for a
	// state that the article cannot have. own says which of the two it is.
	SetState(ctx context.Context, guild, key string, own bool, s State, act Act) (changed bool, err error)
	// Publications lists what a guild did with articles, by key.
	Publications(ctx context.Context, guild string) ([]Publication, error)
	// Publication returns one of them, or ErrNotFound.
	Publication(ctx context.Context, guild, key string) (Publication, error)
	// Revision returns a revision by its hash.
	Revision(ctx context.Context, guild, hash string) (Revision, error)
	// History lists an article's revisions, oldest first, without their texts.
	History(ctx context.Context, guild, key string) ([]Revision, error)
	// Text returns a canonical text of the guild, or a shipped one.
	Text(ctx context.Context, guild string, r article.Revision) (Text, error)
	// KeepText keeps a canonical text; keeping it again does nothing.
	KeepText(ctx context.Context, guild string, t Text) error
	// Shelf returns all that a guild's answers depend on, as of one moment.
	Shelf(ctx context.Context, guild string) (Shelf, error)
	// AddReview records a review, which the feed tells as a change of the article; Reviews lists those of an article, oldest first.
	AddReview(ctx context.Context, guild string, r Review, act Act) error
	Reviews(ctx context.Context, guild, key string) ([]Review, error)
}

// Records keeps one sort of record of a guild.
type Records[T any] interface {
	// Put adds a record, or replaces the one with that id. ErrTooLarge beyond
	// [MaxRecord].
	Put(ctx context.Context, guild, id string, value T, act Act) error
	// Get returns a record, or ErrNotFound.
	Get(ctx context.Context, guild, id string) (T, error)
	// List returns all records, oldest first, those of one moment by id.
	List(ctx context.Context, guild string) ([]Record[T], error)
	// Delete removes a record, or returns ErrNotFound.
	Delete(ctx context.Context, guild, id string, act Act) error
}

// Record is a record with its id.
type Record[T any] struct {
	ID    string
	Value T
}

// SettingsTable keeps guilds' settings as texts; [Settings] gives them meaning.
type SettingsTable interface {
	// SetSetting stores a setting; the empty value removes it, so that the default holds.
	SetSetting(ctx context.Context, guild, key, value string, act Act) error
	// SwapSetting is SetSetting for a value that was made of another one: ErrConflict when
	// what is stored is not from any more.
	SwapSetting(ctx context.Context, guild, key, from, to string, act Act) error
	// Settings returns what a guild has set.
	Settings(ctx context.Context, guild string) (map[string]string, error)
}

// Ledger keeps posted answers and what came of them.
type Ledger interface {
	// Post records an answer that is about to be sent. ErrConflict when the
	// question has an answer already, or when under is a lease that was lost.
	Post(ctx context.Context, guild string, p Posted, under lease.Lease) error
	// Sent records the message that an answer became.
	Sent(ctx context.Context, guild, id, message string) error
	// PostedByID, PostedByMessage and PostedByQuestion find an answer, or ErrNotFound.
	PostedByID(ctx context.Context, guild, id string) (Posted, error)
	PostedByMessage(ctx context.Context, guild, message string) (Posted, error)
	PostedByQuestion(ctx context.Context, guild, question string) (Posted, error)
	// Quoting lists answers that quote an article, also beside another one that it
	// contradicts, oldest first, at most limit after the one with id after.
	Quoting(ctx context.Context, guild, key, after string, limit int) ([]Posted, error)
	// Forget removes an answer and what members thought of it; one that is not
	// there is forgotten already.
	Forget(ctx context.Context, guild, id string) error
	// ForgetMessages is Forget for the answers that these messages are; messages that
	// are no answers are left alone.
	ForgetMessages(ctx context.Context, guild string, messages ...string) error
	// Redo replaces what a recorded answer says, because its question was edited: all
	// but its id, channel, message, question, asker and time. ErrNotFound when the
	// answer is not there.
	Redo(ctx context.Context, guild string, p Posted) error
	// Repin records what the message of an answer quotes and says by now: of now it
	// takes what is quoted, with its hash, what stands against it, the decisive
	// sentence, how sure it is, and what the message shows; all else stays. It is
	// ErrConflict, and records nothing, unless the answer still quotes and shows what
	// was does, with the same outcome, tier and age; ErrNotFound when it is not there.
	Repin(ctx context.Context, guild string, was, now Posted) error
	// Vote records a verdict; a voter's last one counts, with its reason. voter is
	// a keyed MAC. The reason may be empty; ErrTooLarge beyond [MaxReason] characters.
	Vote(ctx context.Context, guild, id, voter string, v Verdict, reason string) error
	// Feedback counts the verdicts on an answer.
	Feedback(ctx context.Context, guild, id string) (Feedback, error)
}

// Members answers for what is kept of one member. who are all keyed MACs that may
// stand for them, the newest first, of which at least one must be given.
type Members interface {
	// KeptOf returns everything in a guild that a MAC of the member stands beside.
	KeptOf(ctx context.Context, guild string, who ...string) (Kept, error)
	// ForgetMember removes it: verdicts with their reasons and the opt-in are deleted,
	// and answers name neither the asker nor the question any more. Answers stay, so
	// that they can be corrected and withdrawn where they stand. It returns how many
	// rows it changed.
	ForgetMember(ctx context.Context, guild string, who ...string) (int64, error)
}

// Counters keeps daily numbers, for 400 days.
type Counters interface {
	// Count adds n to a day's number.
	Count(ctx context.Context, guild string, day article.Date, name string, n int64) error
	// Counts returns the numbers of the days from first to last, by day and name.
	Counts(ctx context.Context, guild string, first, last article.Date) ([]Daily, error)
}

// Gaps keeps missed questions.
type Gaps interface {
	// Miss keeps a missed question; of a guild's only the newest [MaxMissed] stay.
	Miss(ctx context.Context, guild string, m Missed) error
	MissedQuestions(ctx context.Context, guild string) ([]Missed, error) // oldest first
	DropMissed(ctx context.Context, guild string, ids ...string) error
}

// Pages keeps raw web pages of at most [MaxPage] bytes by the hash of their bytes.
type Pages interface {
	KeepPage(ctx context.Context, guild string, body []byte) (hash string, err error)
	Page(ctx context.Context, guild, hash string) ([]byte, error)
}

// OptIns keeps who agreed to age-restricted quotes in direct messages. who is a keyed MAC.
type OptIns interface {
	OptIn(ctx context.Context, guild, who string) error
	OptOut(ctx context.Context, guild, who string) error
	OptedIn(ctx context.Context, guild, who string) (bool, error)
}

// Trail keeps the audit trail.
type Trail interface {
	// Audit lists entries after the one numbered after, oldest first, at most limit.
	Audit(ctx context.Context, guild string, after int64, limit int) ([]Entry, error)
	// LastEntry returns the newest entry, the zero one when there is none.
	LastEntry(ctx context.Context, guild string) (Entry, error)
	// Note adds an entry for something that no other port records. Only Action,
	// Subject, Before and After of e are taken.
	Note(ctx context.Context, guild string, e Entry, act Act) error
}

// Marks keeps how far something has come in a guild, such as how much of the audit
// trail was posted. They are neither audited nor exported.
type Marks interface {
	// Mark returns what was set last, or "".
	Mark(ctx context.Context, guild, name string) (string, error)
	SetMark(ctx context.Context, guild, name, value string) error
	// SwapMark sets a mark that was from; ErrConflict when it is another one by now.
	SwapMark(ctx context.Context, guild, name, from, to string) error
}

// Guilds keeps which guilds there are.
type Guilds interface {
	// Joined records that the bot is in a guild; Left that it was removed.
	Joined(ctx context.Context, guild string) error
	Left(ctx context.Context, guild string) error
	Guild(ctx context.Context, guild string) (Guild, error)
	// Guilds lists all guilds, by id.
	Guilds(ctx context.Context) ([]Guild, error)
	// Delete removes everything of a guild, the audit trail included.
	Delete(ctx context.Context, guild string) error
}

// Feed tells what changed. A sequence number is given out inside the transaction
// that makes the change, so their order is the order in which changes became visible.
type Feed interface {
	// Head returns the sequence number of the last change.
	Head(ctx context.Context) (int64, error)
	// Changes lists changes after a sequence number, at most limit. ErrNotFound when
	// the feed no longer reaches back that far: whoever follows must read all anew.
	Changes(ctx context.Context, after int64, limit int) ([]Change, error)
	// Owners lists the guilds whose [Shelf] is not bare, and AllSettings the
	// settings of all guilds that have any, each as of one moment.
	Owners(ctx context.Context) ([]string, error)
	AllSettings(ctx context.Context) (map[string]map[string]string, error)
}

// Sweeper removes what has been kept long enough, a limited number of rows a call.
type Sweeper interface {
	// Sweep removes posted answers past their retention, and missed questions, daily
	// numbers, ended jobs and entries of the feed that are older than their time, and
	// returns how many rows went. Zero means that nothing is left to remove.
	Sweep(ctx context.Context, now time.Time, limit int) (int64, error)
}
