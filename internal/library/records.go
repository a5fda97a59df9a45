package library

import (
	"time"

	"verbatim/internal/article"
)

// What moderators keep beside articles. Each is a record with an id of its own in
// its guild; see [Records].

// Limits of what is kept in one piece: more would not fit into an archive, and one
// of them would keep the whole library from being exported.
const (
	MaxRecord = 8 << 20  // bytes of a record's JSON
	MaxPage   = 32 << 20 // bytes of a web page
)

// Golden is a question whose answer is known, to be checked before a change.
type Golden struct {
	Question string
	Expect   Expectation
	Article  string           // for ExpectQuote: the article's key
	Revision article.Revision // for ExpectQuote: where the span lies
	Start    int
	End      int
	Tier     string // for ExpectTier
	By       string
	At       time.Time
}

// Expectation says what a golden question wants.
type Expectation string

// The expectations.
const (
	ExpectQuote   Expectation = "quote"
	ExpectAbstain Expectation = "abstain"
	ExpectTier    Expectation = "tier"
)

// BankQuestion is a question that is offered while a member types.
type BankQuestion struct {
	Question string
	Article  string // its key; empty when the question belongs to none
	By       string
	At       time.Time
}

// Synonym is a group of words that a guild uses for one thing, or that it holds
// related.
type Synonym struct {
	Words   []string
	Related bool // related words count less than words for the same thing
	By      string
	At      time.Time
}

// Correction records that a moderator corrected a posted answer.
type Correction struct {
	Answer     string // id of the posted answer
	Kind       string // wrong passage, should not have answered, wrong tier, removed
	Preference string // id of the preference that came of it, if any
	Golden     string // id of the golden question that came of it, if any
	By         string
	At         time.Time
}

// Preference makes a passage the answer to questions like one that a moderator wrote.
type Preference struct {
	Question string // in the moderator's words, never those of the asker
	Article  string
	Revision article.Revision
	Start    int
	End      int
	By       string
	At       time.Time
}

// Draft is an article that is not published yet.
type Draft struct {
	Title  string
	Source string
	Base   string // hash of the revision that it changes; empty for a new article
	By     string
	At     time.Time
}

// MaxDrafts is how many drafts a guild may keep.
const MaxDrafts = 25

// Watch is a web page that is looked at for changes.
type Watch struct {
	URL     string
	Article string // the article that was imported from it
	Page    string // hash of the page as last seen
	Every   time.Duration
	Checked time.Time
	By      string
	At      time.Time
}

// Proposal is a change of the guild's safety data that waits for a second moderator.
type Proposal struct {
	Kind      string // what is proposed: add, change, remove
	Topic     string
	Body      string // the data, in the format of the shipped safety data
	State     string // open, approved, refused
	By        string
	DecidedBy string
	At        time.Time
}

// Missed is a question that was not answered, kept only where a guild asked for
// it: redacted, without who asked it or where.
type Missed struct {
	ID   string
	Text string
	At   time.Time
}

// MissedFor is how long missed questions are kept.
const MissedFor = 30 * 24 * time.Hour

// Daily is one number of one day.
type Daily struct {
	Day   article.Date
	Name  string
	Count int64
}
