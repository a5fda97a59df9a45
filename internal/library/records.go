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
	Kind       CorrectionKind
	Hash       string    // [HashOf] of the quoted text that was corrected; empty when nothing was quoted
	Was        *Place    // what the answer quoted before it was ever corrected, nil for nothing
	Right      *Place    // the passage that answers, for WrongPassage
	Preference string    // id of the preference that came of it, if any
	Golden     string    // id of the golden question that came of it, if any
	Replaced   *Replaced // what gave way to these two, nil for nothing
	By         string
	At         time.Time
}

// Replaced are the records that gave way to those of a correction, which are put back
// when it is undone.
type Replaced struct {
	Golden      []Record[Golden]     `json:"golden,omitempty"`
	Preferences []Record[Preference] `json:"preferences,omitempty"`
}

// CorrectionKind says what was wrong with an answer.
type CorrectionKind string

// The kinds of correction. Right is none: the answer is what it should be, and became a
// golden question.
const (
	WrongPassage CorrectionKind = "passage" // another passage answers
	NoAnswer     CorrectionKind = "abstain" // it should not have been answered
	WrongTier    CorrectionKind = "tier"    // it is more dangerous than it was taken for
	RemoveAnswer CorrectionKind = "remove"  // it should not stand there
	RightAnswer  CorrectionKind = "right"
)

// Preference makes a passage the answer to questions like one that a moderator wrote,
// or, without an article, lets the bot abstain from them.
type Preference struct {
	Question string // in the moderator's words, never those of the asker
	Article  string // empty for no answer
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

// Proposal is a change of the guild's own safety data. One that weakens it waits for a
// second moderator.
type Proposal struct {
	Kind      ProposalKind
	Topic     string
	Body      string // the topic's data, in the format of the shipped safety data; empty to remove it
	State     ProposalState
	By        string
	DecidedBy string
	At        time.Time
}

// ProposalKind says what a proposal does to a topic of the guild's own.
type ProposalKind string

// The kinds of proposal.
const (
	AddTopic    ProposalKind = "add"
	ChangeTopic ProposalKind = "change"
	RemoveTopic ProposalKind = "remove"
)

// ProposalState says what became of a proposal.
type ProposalState string

// The states of a proposal.
const (
	ProposalOpen     ProposalState = "open"
	ProposalApproved ProposalState = "approved"
	ProposalRefused  ProposalState = "refused"
)

// Missed is a question that was not answered, kept only where a guild asked for
// it: redacted, without who asked it or where.
type Missed struct {
	ID   string
	Text string
	At   time.Time
}

// MissedFor is how long missed questions are kept, and MaxMissed how many of a guild:
// the newest.
const (
	MissedFor = 30 * 24 * time.Hour
	MaxMissed = 3000
)

// Daily is one number of one day.
type Daily struct {
	Day   article.Date
	Name  string
	Count int64
}
