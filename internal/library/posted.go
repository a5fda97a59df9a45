package library

import (
	"time"

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
	Hash     string  // [HashOf] of the quoted text
	Others   []Place // for "More", best first
	Asker    string  // keyed MAC, for "only the asker may"
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
