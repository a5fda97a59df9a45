package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// maxGolden is how many golden questions a guild may add: all of them are asked twice
// before each publication.
const maxGolden = 500

// AddGolden adds a golden question and returns its id. It takes the place of those of
// the same words, since two expectations of one question cannot both be met. For
// [library.ExpectQuote] article, revision, start and end name a place that must be kept.
// ErrInvalid, ErrNotFound or ErrTooLarge for one that cannot be asked.
func (b *Bench) AddGolden(ctx context.Context, guild string, g library.Golden, act library.Act) (id string, err error) {
	if g.Question, err = ownWords(g.Question, true); err != nil {
		return "", err
	}
	if err := b.checkExpectation(ctx, guild, g); err != nil {
		return "", err
	}
	all, err := b.goldens(ctx, guild)
	if err != nil {
		return "", err
	}
	same := func(o library.Golden) bool { return sameWords(o.Question, g.Question) }
	if len(all) >= maxGolden && !slices.ContainsFunc(all, func(o library.Record[library.Golden]) bool { return same(o.Value) }) {
		return "", fmt.Errorf("%w: this server has %d golden questions, and the limit is %d; delete one of them first", article.ErrTooLarge, len(all), maxGolden)
	}
	id = b.NewID()
	g.By, g.At = act.Actor, b.Now().UTC()
	if err := putInstead(ctx, b.Golden, guild, id, g, same, act); err != nil {
		return "", fmt.Errorf("adding the golden question: %w", err)
	}
	return id, nil
}

// checkExpectation refuses a golden question that wants what cannot be told.
func (b *Bench) checkExpectation(ctx context.Context, guild string, g library.Golden) error {
	switch g.Expect {
	case library.ExpectAbstain:
		return nil
	case library.ExpectTier:
		if _, err := safety.ParseTier(g.Tier); err != nil {
			return fmt.Errorf("%w: %q is no tier; give none, safety, urgent, emergency or crisis", article.ErrInvalid, g.Tier)
		}
		return nil
	case library.ExpectQuote:
		if g.Article == "" || g.Start < 0 || g.End <= g.Start {
			return fmt.Errorf("%w: choose the passage that is to be quoted", article.ErrInvalid)
		}
		words, err := b.newPlaces(guild, nil).words(ctx, placeOf(g))
		if err == nil && words == "" {
			err = fmt.Errorf("%w: the passage that is to be quoted is not there any more; choose it anew", article.ErrNotFound)
		}
		return err
	}
	return fmt.Errorf("%w: a golden question wants a quote, no quote or a tier, and not %.20q", article.ErrInvalid, g.Expect)
}

func placeOf(g library.Golden) library.Place {
	return library.Place{Article: g.Article, Revision: g.Revision, Start: g.Start, End: g.End}
}

// DropGolden removes a golden question.
func (b *Bench) DropGolden(ctx context.Context, guild, id string, act library.Act) error {
	if err := b.Golden.Delete(ctx, guild, id, act); err != nil {
		return fmt.Errorf("deleting the golden question: %w", err)
	}
	return nil
}

func (b *Bench) goldens(ctx context.Context, guild string) ([]library.Record[library.Golden], error) {
	all, err := b.Golden.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("golden questions: %w", err)
	}
	return all, nil
}

// Test runs the guild's golden questions against what it is answered from now, as if
// they were asked in an age-restricted channel, so that what is said there is tested
// too. Those that fail come first, each part in the order in which they were added.
func (b *Bench) Test(ctx context.Context, guild string) ([]Tested, error) {
	all, err := b.goldens(ctx, guild)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if err := b.settled(ctx, guild); err != nil {
		return nil, err
	}
	now, err := b.present(ctx, guild)
	if err != nil {
		return nil, err
	}
	tested, err := now.testAll(ctx, all)
	slices.SortStableFunc(tested, func(a, b Tested) int { return cmp.Compare(rank(a.Passed), rank(b.Passed)) })
	return tested, err
}

func rank(passed bool) int {
	if passed {
		return 1
	}
	return 0
}

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
		t.Passed = ans.Tier.String() == g.Tier
	}
	t.Want, t.Got = want(g, wanted), e.got(ans)
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
		return fmt.Sprintf("The tier is %s.", g.Tier)
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
