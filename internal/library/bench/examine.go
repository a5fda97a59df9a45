package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// settled waits until the guild is answered from all that was changed before.
func (b *Bench) settled(ctx context.Context, guild string) error {
	if err := b.Shelves.Settled(ctx, guild); err != nil {
		return fmt.Errorf("waiting until the guild's articles are read: %w", err)
	}
	return nil
}

// examiner asks golden questions of one state of a guild's library.
type examiner struct {
	ask      func(ctx context.Context, q answer.Question) (answer.Answer, error)
	articles []*article.Article
	places   *places
	needed   float64
}

// present returns an examiner of the library as it is.
func (b *Bench) present(ctx context.Context, guild string) (*examiner, error) {
	articles, err := b.Shelves.Articles(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("the guild's articles: %w", err)
	}
	e := &examiner{articles: articles, places: b.newPlaces(guild, articles)}
	e.ask = func(ctx context.Context, q answer.Question) (answer.Answer, error) {
		return b.Shelves.Ask(ctx, guild, q)
	}
	// The threshold is the same for all questions: it is told with the weights.
	x, err := b.Shelves.Explain(ctx, guild, answer.Question{Text: "?", Channel: answer.AgeRestricted})
	if err != nil {
		return nil, fmt.Errorf("the threshold: %w", err)
	}
	e.needed = x.Needed
	return e, nil
}

// after returns an examiner of the library as it would be.
func (e *examiner) after(t Trial) *examiner {
	other := *e
	other.ask, other.articles = t.Ask, t.Articles()
	other.places = e.places.with(other.articles)
	return &other
}

// testAll runs golden questions, in their order. It fails when one could not be asked.
func (e *examiner) testAll(ctx context.Context, all []library.Record[library.Golden]) ([]Tested, error) {
	tested := make([]Tested, len(all))
	for i, g := range all {
		var err error
		if tested[i], err = e.test(ctx, g); err != nil {
			return nil, fmt.Errorf("golden question %q: %w", clip(g.Value.Question, maxShown), err)
		}
	}
	return tested, nil
}

// test runs one golden question.
func (e *examiner) test(ctx context.Context, r library.Record[library.Golden]) (Tested, error) {
	g := r.Value
	ans, err := e.ask(ctx, answer.Question{Text: g.Question, Channel: answer.AgeRestricted})
	if err != nil {
		return Tested{}, err
	}
	t := Tested{ID: r.ID, Golden: g, Score: ans.Confidence, Needed: e.needed, Quote: ans.Quote}
	quotes := quotesOf(ans)
	wanted := ""
	switch g.Expect {
	case library.ExpectQuote:
		if wanted, err = e.places.words(ctx, placeOf(g)); err != nil {
			return Tested{}, err
		}
		for _, q := range quotes {
			if !t.Passed && e.meets(g, wanted, q) {
				t.Passed, t.Quote = true, &q
			}
		}
	case library.ExpectAbstain:
		t.Passed = len(quotes) == 0 && silent(ans)
	case library.ExpectTier:
		tier, err := safety.ParseTier(g.Tier)
		t.Passed = err == nil && ans.Tier >= tier
	}
	t.Want, t.Got = want(g, wanted), e.got(ans)
	if g.Expect == library.ExpectTier && ans.Tier == safety.TierNone { // else it says so
		t.Got = strings.TrimSpace(t.Got) + " The tier is none."
	}
	return t, nil
}

// quotesOf returns what an answer quotes first of all: one excerpt for each question.
func quotesOf(ans answer.Answer) []answer.Quote {
	var all []answer.Quote
	if ans.Quote != nil {
		all = append(all, *ans.Quote)
	}
	for _, p := range ans.Parts {
		all = append(all, quotesOf(p)...)
	}
	return all
}

// silent reports whether an answer says nothing of the articles: it abstains, or shows a
// card alone. One whose articles could not be searched shows nothing of the kind.
func silent(ans answer.Answer) bool {
	for _, p := range ans.Parts {
		if !silent(p) {
			return false
		}
	}
	return ans.Outcome == answer.CardOnly || ans.Outcome == answer.Abstained && ans.Reason != answer.Unavailable
}

// maxShown is how many characters of a question or a passage a sentence holds.
const maxShown = 200

// shown is a text inside a sentence.
func shown(text string) string { return fmt.Sprintf("“%s”", clip(text, maxShown)) }

// want says what a golden question wants.
func want(g library.Golden, wanted string) string {
	switch {
	case g.Expect == library.ExpectAbstain:
		return "Nothing is quoted."
	case g.Expect == library.ExpectTier:
		return fmt.Sprintf("The tier is at least %s.", g.Tier)
	case wanted == "":
		return fmt.Sprintf("A passage of %s is quoted that is not kept any more.", g.Article)
	}
	return fmt.Sprintf("%s quotes %s.", g.Article, shown(wanted))
}

// noQuote says what a card alone is.
const noQuote = "A safety card is shown, and nothing is quoted."

// got says what an answer is; where nothing was quoted, with what came closest.
func (e *examiner) got(ans answer.Answer) string {
	tier := ""
	if ans.Tier > safety.TierNone {
		tier = fmt.Sprintf(" The tier is %s.", ans.Tier)
	}
	if quotes := quotesOf(ans); len(quotes) > 0 {
		sentences := make([]string, len(quotes))
		for i, q := range quotes {
			sentences[i] = fmt.Sprintf("%s quotes %s.", q.Article, shown(q.Text))
		}
		return strings.Join(sentences, " ") + tier
	}
	switch {
	case ans.Outcome == answer.CardOnly:
		return noQuote + tier
	case ans.Outcome == answer.FromMeta:
		return "The front matter answers: " + shown(metaText(ans)) + "." + tier
	case ans.Outcome == answer.Help:
		return "It is taken for small talk, and nothing is quoted."
	case ans.Reason == answer.Unanswered && ans.Best != nil:
		return fmt.Sprintf("Nothing is quoted: the best passage, %s of %s, scores %.2f, and %.2f is needed.%s",
			shown(ans.Best.Text), ans.Best.Article, ans.Confidence, e.needed, tier)
	}
	return "Nothing is quoted: " + ans.Notice + tier
}

func metaText(ans answer.Answer) string {
	if ans.Meta == nil || !utf8.ValidString(ans.Meta.Text) {
		return ""
	}
	return ans.Meta.Text
}

// meets reports whether a quote is the one that a golden question wants. Of one and the
// same revision, the two places have at least half of the shorter one in common. Of
// another revision, the wanted words stand in the quote or the other way round, or some
// of its sentences repeat them but for words that change nothing: see [search.Repeats].
func (e *examiner) meets(g library.Golden, wanted string, q answer.Quote) bool {
	if q.Article != g.Article {
		return false
	}
	if q.Span.Revision == g.Revision {
		common := min(g.End, q.Span.End) - max(g.Start, q.Span.Start)
		return common > 0 && 2*common >= min(g.End-g.Start, q.Span.Len())
	}
	if wanted == "" {
		return false
	}
	if strings.Contains(q.Text, wanted) || q.Text != "" && strings.Contains(wanted, q.Text) {
		return true
	}
	at := slices.IndexFunc(e.articles, func(a *article.Article) bool { return a.Slug == q.Article && a.Revision == q.Span.Revision })
	if at < 0 {
		return search.Repeats(q.Text, wanted)
	}
	return anyRun(e.articles[at], q.Span.Range, func(text string) bool { return search.Repeats(text, wanted) })
}

// anyRun reports whether a run of neighbouring sentences of a piece of an article is ok.
func anyRun(a *article.Article, within article.Range, ok func(text string) bool) bool {
	var sentences []article.Range
	for _, b := range a.Blocks {
		for _, s := range b.Sentences {
			if within.Start <= s.Start && s.End <= within.End {
				sentences = append(sentences, s)
			}
		}
	}
	for i, first := range sentences {
		for _, last := range sentences[i:] {
			if ok(a.Canonical[first.Start:last.End]) {
				return true
			}
		}
	}
	return false
}
