package answer

import (
	"context"
	"sync"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// Triager judges a text before anything is looked up. It must be safe for
// concurrent use and do no I/O. [safety.Rules] is one.
type Triager interface {
	Triage(text string) safety.Decision
	Cards(d safety.Decision) []safety.Card
	Disclaimer() safety.Card
	Technique(text string) bool // does the text say how to do it
}

// Library is what may be quoted, with the index over it. All methods speak of
// the same snapshot and must be safe for concurrent use. [search.Index] is one.
type Library interface {
	Find(ctx context.Context, q search.Query) (search.Result, error)
	// Support says how much of a question a text outside the index speaks of.
	Support(question, text string) search.Support
	// Titles prepares the titles of the articles to be compared with questions.
	Titles() *search.Titles
	Articles() []*article.Article
}

// Preferences are what moderators decided about questions like theirs. They must be
// safe for concurrent use.
type Preferences interface {
	// Preferred returns what answers a question, judged by its own words: an excerpt
	// of an article of the library, or none at all when Article is nil. It is false
	// when nothing was decided.
	Preferred(question string) (search.Chosen, bool)
}

// Answerer answers questions. It is safe for concurrent use.
type Answerer struct {
	rules   Triager
	library Library
	decided Preferences           // nil when nothing was
	shelf   func() []shelved      // the library's articles, prepared at the first question
	titles  func() *search.Titles // their titles, prepared when first compared
}

// New returns an Answerer over its two ports, for as long as the library holds
// the same articles.
func New(rules Triager, library Library) *Answerer {
	return &Answerer{
		rules: rules, library: library,
		shelf:  sync.OnceValue(func() []shelved { return shelve(library.Articles()) }),
		titles: sync.OnceValue(func() *search.Titles { return library.Titles() }),
	}
}

// Preferring returns an Answerer that goes by what moderators decided. Triage and the
// gate come first all the same, and courtesies are no questions.
func (a *Answerer) Preferring(p Preferences) *Answerer {
	other := *a
	other.decided = p
	return &other
}
