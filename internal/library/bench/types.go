package bench

import (
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// Submission is an article that somebody wants to publish.
type Submission struct {
	Source string `json:"source"`          // Markdown with front matter, or raw text
	File   string `json:"file"`            // what it was called, for errors; may be empty
	Key    string `json:"key,omitempty"`   // the article that it changes; empty for a new one
	Base   string `json:"base,omitempty"`  // the revision that its author started from, or [library.AnyBase]
	Draft  string `json:"draft,omitempty"` // the draft that it comes from, deleted once it is published
	// Opened is the hash of that draft's text as it was opened. A draft that is another one
	// by now is neither replaced nor deleted; empty for whatever it is.
	Opened string `json:"opened,omitempty"`
}

// Preview is what a submission is, and what it would do.
type Preview struct {
	Key      string           // the name that it has or gets
	New      bool             // there is no article of that name
	Same     bool             // it is what is published already
	Article  *article.Article // as it would be published
	Markdown string           // what would be kept: the submission, or what was made of raw text
	Dropped  []string         // what was left out of raw text, a line each
	Warnings []string         // what to look at, a plain sentence each
	Diff     string           // against what is published, as [Bench.Diff]; empty for a new article
	Impact   Impact
	// Conflict is set when the article is at another revision than Base: what others
	// changed meanwhile is Theirs, as a diff from Base.
	Conflict *library.BaseError
	Theirs   string
}

// Impact is what a change does to answers.
type Impact struct {
	Golden    []GoldenChange // those that pass now and would not, and the other way round
	Bank      []AnswerChange // of the questions that are offered while members type
	Posted    []PostedChange // quoted words that change or go
	Asked     int            // how many golden and bank questions were tried
	Looked    int            // how many posted answers were looked at
	Truncated bool           // there were more of either than are looked at
}

// Breaks reports whether a golden question that passes now would not.
func (i Impact) Breaks() bool {
	for _, g := range i.Golden {
		if g.Before.Passed && !g.After.Passed {
			return true
		}
	}
	return false
}

// GoldenChange is a golden question before and after.
type GoldenChange struct{ Before, After Tested }

// AnswerChange is what a question gets before and after: quoted words, or a sentence
// that says why there are none.
type AnswerChange struct{ Question, Before, After string }

// PostedChange is a posted answer whose quoted words would change or go.
type PostedChange struct {
	Posted library.Posted
	Before string // the quoted words
	After  string // what stands there after it; empty when it is gone
}

// Tested is a golden question with what came of it.
type Tested struct {
	ID     string
	Golden library.Golden
	Passed bool
	Want   string        // what it wants, in one sentence
	Got    string        // what it got, in one sentence; for a miss with what was found instead
	Quote  *answer.Quote // what was quoted, nil for nothing
	Score  float64       // how sure the best passage was, from 0 to 1
	Needed float64       // how sure it must be to be quoted
}

// Explanation says how a question is answered.
type Explanation struct {
	Answer    answer.Answer
	Triage    safety.Decision     // with the rule, the view and the words of each match
	Guild     []string            // ids of those matches that are of the guild's own topics
	Kind      string              // of question, as the search takes it; empty for none in particular
	Words     []ExplainedWord     // what the search looks for
	Passages  []ExplainedPassage  // the best first, at most five
	Score     float64             // how sure the best passage is, from 0 to 1
	Needed    float64             // how sure it must be to be quoted
	Preferred []AppliedPreference // those of the moderators' preferences that the question is like
}

// ExplainedWord is one idea of a question.
type ExplainedWord struct {
	Text   string
	Weight float64
	Known  bool // an article has it, or a word for it
}

// ExplainedPassage is a passage that was found.
type ExplainedPassage struct {
	Title, Section string
	Article        string // slug
	Place          library.Place
	Excerpt        string
	Score          float64
	Parts          []Part // what the score is made of, the largest first
}

// Part is one part of a score.
type Part struct {
	Name   string
	Value  float64 // of the feature
	Points float64 // what it adds to the score
}

// AppliedPreference is a preference that a question is like.
type AppliedPreference struct {
	ID         string
	Preference library.Preference
	Alike      float64 // from 0 to 1
	Applied    bool    // false when its passage is gone, or another one is more alike
}

// Due is an article that is to be reviewed.
type Due struct {
	Key, Title string
	Last       library.Review // the zero Review when it never was
	Next       article.Date   // zero when it never was
	Changed    bool           // another revision is published than was reviewed
}

// Repair is how a moderator corrects a posted answer.
type Repair struct {
	Answer   string // id of the posted answer
	Kind     library.CorrectionKind
	Question string         // in the moderator's words; may be empty but for RightAnswer
	Right    *library.Place // for WrongPassage
	Tier     string         // for WrongTier: what it should be
}

// Repaired is what came of a repair.
type Repaired struct {
	Correction string // id
	Golden     string // id of the golden question; empty for none
	Preference string // id of the preference; empty for none
	Job        string // id of the job that changes the message
}

// Corrected is a correction with what came of it.
type Corrected struct {
	ID         string
	Correction library.Correction
	Question   string // of the preference or the golden question
	Undone     bool   // nothing of it is in force any more
}

// Gap is a group of questions that were missed and are alike.
type Gap struct {
	Text        string   // the one that stands for all of them
	IDs         []string // of all of them
	Count       int
	First, Last time.Time
}

// Stats is what the daily numbers of a guild say.
type Stats struct {
	Days     []DayStats // oldest first, without gaps
	Total    DayStats
	Sections []SectionCount // most quoted first, at most ten
}

// DayStats are the numbers of one day. Answered, Abstained and Cards may add up to less
// than Asked: there are greetings and questions about an author.
type DayStats struct {
	Day                               article.Date
	Asked, Answered, Abstained, Cards int64
	Tiers                             map[string]int64 // by the tier's name
	Helpful, NotHelpful               int64
}

// HelpfulRate is the share of verdicts that are helpful, and false when there is none.
func (d DayStats) HelpfulRate() (float64, bool) {
	if d.Helpful+d.NotHelpful == 0 {
		return 0, false
	}
	return float64(d.Helpful) / float64(d.Helpful+d.NotHelpful), true
}

// SectionCount is how often a section was quoted.
type SectionCount struct {
	Article, Section string
	Count            int64
}

// OwnTopic is one of a guild's own safety topics, or of its stricter versions of shipped ones.
type OwnTopic struct {
	ID                 string
	Tier               safety.Tier
	Raises             string // the shipped topic that it makes stricter; empty for a topic of its own
	Body               string // its data
	Positive, Negative []string
}

// Decided is what came of a proposal.
type Decided struct {
	ID       string
	Proposal library.Proposal
	InForce  bool   // false when it waits for somebody else
	Waits    string // why it waits, one sentence
}
