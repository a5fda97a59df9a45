package library

import (
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// Posted is an answer as it was posted: what it quoted and where it stands, without
// the question's text and without who asked it.
type Posted struct {
	ID       string
	Channel  string
	Message  string // the answer's message; empty until it was sent
	Question string // the question's message or interaction
	Outcome  string
	Tier     string
	Quoted   Place
	Hash     string        // [HashOf] of the quoted text
	Others   []Place       // for "More", best first
	Against  []Place       // what other articles say against it, shown below it
	Decisive article.Range // the sentence of the quoted text that answers; zero when it is one
	Sure     int           // how sure the answer was, in thousandths
	Minor    bool          // the asker stated an age under 18
	Private  bool          // only the asker sees it, so that it cannot be changed where it stands
	Shown    Standing      // what the message says became of the article; empty for nothing
	Asker    string        // keyed MAC, for "only the asker may"
	At       time.Time
	Expires  time.Time // when the guild's retention ends
}

// Place is a piece of a revision of an article.
type Place struct {
	Article  string           `json:"article"`
	Revision article.Revision `json:"revision"`
	Start    int              `json:"start"`
	End      int              `json:"end"`
}

// Verdict is what a member thought of an answer.
type Verdict string

// The verdicts.
const (
	Helpful    Verdict = "helpful"
	NotHelpful Verdict = "not_helpful"
)

// Feedback counts the verdicts on one answer.
type Feedback struct{ Helpful, NotHelpful int64 }

// MaxReason is how many characters a reason may have.
const MaxReason = 500

// Kept is what is kept of one member in one guild.
type Kept struct {
	Answers []Posted // to their questions, oldest first
	Votes   []Voted
	OptedIn bool // to age-restricted quotes in direct messages
}

// Voted is a verdict of one member.
type Voted struct {
	Answer  string // id of the posted answer
	Verdict Verdict
	Reason  string
}

// Standing says what became of an article since it was quoted.
type Standing string

// The standings.
const (
	Current  Standing = "current"  // the guild is answered from this very revision
	Revised  Standing = "revised"  // it is answered from another one
	Departed Standing = "departed" // it is not answered from the article any more
	// Retracted is that of an answer, not of an article: a moderator found it wrong.
	Retracted Standing = "retracted"
)

// Recalled is a place of a posted answer as it was quoted, with what stands around it.
type Recalled struct {
	Quote    answer.Quote
	Around   article.Range    // the section that the quote is from, in the text of Article
	Article  *article.Article // the revision that was quoted
	Standing Standing
}
