// Package answer is the way from a question to a reply:
// triage -> retrieve -> excerpt -> decide -> compose.
//
// It owns the ports it uses ([Triager], [Library]) and knows nothing of
// Discord, terminals or databases; what it returns is data that a renderer shows.
//
// Invariants:
//   - triage runs first and on the whole text of the question; nothing later
//     lowers the tier, and no failure of retrieval removes a card or a disclaimer;
//   - at tiers crisis and emergency there is no quote, no nearest heading and no
//     candidate, shown or not;
//   - a quote is a slice of a stored revision and carries the span that proves it;
//   - every quote passes the gate by itself: what contradicts it, what is offered
//     beside it, and the headings that come closest;
//   - the zero [Channel] is the strictest one.
package answer

import (
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// Channel says what may be quoted where the question was asked.
type Channel uint8

// The kinds of channel. The zero value is General, the strict one.
const (
	General Channel = iota
	AgeRestricted
)

// Question is one message to answer.
type Question struct {
	Text         string
	Channel      Channel
	Conversation Conversation // what was said before, if anything
}

// Outcome is the kind of reply.
type Outcome string

// The outcomes.
const (
	Answered  Outcome = "answered"  // a quote
	Abstained Outcome = "abstained" // no quote; Notice says why
	CardOnly  Outcome = "card"      // a safety card and nothing else
	Help      Outcome = "help"      // greeting, thanks, "what can you do"
	FromMeta  Outcome = "meta"      // from the front matter
)

// Reason says why there is no quote, for whoever says it in another language than
// Notice does.
type Reason string

// The reasons.
const (
	Unanswered  Reason = "unanswered"   // the articles do not say
	Withheld    Reason = "withheld"     // a safety topic forbids a quote
	Restricted  Reason = "restricted"   // only where the channel is age-restricted
	UnderAge    Reason = "minor"        // not to anyone under 18
	Unavailable Reason = "unavailable"  // the lookup failed
	NoPublished Reason = "no-published" // the article does not say when it was first published
	NoBio       Reason = "no-bio"       // the article does not say that about its author
	WhichOne    Reason = "which"        // it is not clear which article is meant
)

// MetaField names the part of the front matter that answers a meta question.
type MetaField string

// The meta fields.
const (
	FieldAuthor    MetaField = "author"
	FieldAuthorBio MetaField = "author_bio"
	FieldUpdated   MetaField = "updated"
	FieldPublished MetaField = "published"
	FieldTitle     MetaField = "title"
	FieldCitation  MetaField = "citation"
	FieldContents  MetaField = "contents"
)

// Meta is an answer from the front matter of an article.
type Meta struct {
	Field MetaField
	Text  string

	Article string // slug of the article that it speaks of; empty when it speaks of several
	Title   string // its title

	// What Text says, for whoever says it in another language.
	Work     *article.Meta // the front matter of that article; nil when it speaks of several
	Style    article.Style // of a citation
	Headings []string      // of that article's sections, when Field is FieldContents
	Titles   []string      // of all articles, when it speaks of several
}

// Quote is an excerpt with everything that must be shown beside it.
type Quote struct {
	Text        string
	Decisive    article.Range // the sentence of Text that answers; zero when Text is one sentence
	Article     string        // slug
	Title       string
	Section     string // heading, empty for the text before the first one
	Author      string
	AuthorBio   string
	Updated     article.Date
	Reviewed    article.Date // when a moderator last reviewed it; zero for never
	Language    string       // BCP 47, of the article
	AdaptedFrom *article.Adaptation
	SourceURL   string
	Span        article.Span
}

// DecisiveIn returns Decisive when it lies in Text and is less than all of it.
func (q Quote) DecisiveIn() (article.Range, bool) {
	d := q.Decisive
	inside := 0 <= d.Start && d.Start < d.End && d.End <= len(q.Text)
	whole := d.Len() == len(q.Text)
	if !inside || whole || !boundary(q.Text, d.Start) || !boundary(q.Text, d.End) {
		return article.Range{}, false
	}
	return d, true
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// Heading points at a part of an article that may be of use.
type Heading struct {
	Article string // slug
	Title   string
	Section string
}

// Answer is a reply, ready to be rendered. What is empty is not shown.
// The order of showing is: Cards, Disclaimer, then Meta or Quote or Notice, and
// after a Quote what contradicts it, then More.
type Answer struct {
	Outcome    Outcome
	Tier       safety.Tier
	Topics     []string // ids of all safety topics that fired
	Minor      bool     // the asker states an age under 18
	Disclaimer *safety.Card
	Cards      []safety.Card
	Meta       *Meta
	Quote      *Quote
	// Contradicts is what another article says against Quote, at most one.
	Contradicts []Quote
	Notice      string   // one plain sentence or a short text: why there is no quote, or the help
	Reason      Reason   // what Notice says, when Outcome is Abstained; Restricted from [Answerer.Screen]
	Offered     []string // the titles of what can be asked about, when Outcome is Help
	Confidence  float64
	Best        *Quote    // the top candidate, shown or not; for evaluation only
	More        []Quote   // further excerpts; first those of other articles that say the same
	Nearest     []Heading // what comes closest, when Outcome is Abstained for want of an answer
	Parts       []Answer  // when one message asks several questions; each complete
	Unasked     int       // further questions of the message that were left unanswered
}
