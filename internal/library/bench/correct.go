package bench

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// maxWords is how many characters a question in a moderator's words may have: as many
// as the longest message in Discord.
const maxWords = 4000

// Correct records what a moderator found about a posted answer. With a question in the
// moderator's words it adds a golden question and, where another passage or none
// answers, a preference for questions like it; whatever had the very same question
// before gives way to them. The posted message is brought in line by a job. ErrNotFound
// when the answer is not kept any more, ErrConflict when the words that are pointed at
// are not in the article as it is now.
func (b *Bench) Correct(ctx context.Context, guild string, r Repair, act library.Act) (Repaired, error) {
	posted, err := b.Ledger.PostedByID(ctx, guild, r.Answer)
	if errors.Is(err, article.ErrNotFound) {
		return Repaired{}, fmt.Errorf("%w: this answer is not kept any more, so that it cannot be corrected; ask its question again and correct the new answer", article.ErrNotFound)
	}
	if err != nil {
		return Repaired{}, fmt.Errorf("reading the answer: %w", err)
	}
	r.Question, err = ownWords(r.Question, r.Kind == library.RightAnswer)
	if err != nil {
		return Repaired{}, err
	}
	l, err := b.lessonOf(ctx, guild, posted, r)
	if err != nil {
		return Repaired{}, err
	}
	c := library.Correction{Answer: r.Answer, Kind: r.Kind, Hash: posted.Hash, Right: l.right}
	if c.Was, err = b.quotedAtFirst(ctx, guild, posted); err != nil {
		return Repaired{}, err
	}
	return b.learn(ctx, guild, c, l, act)
}

// Point makes a passage the answer to a question in a moderator's words, as the
// correction of an answer by another passage does, without an answer.
func (b *Bench) Point(ctx context.Context, guild, question string, right library.Place, act library.Act) (Repaired, error) {
	question, err := ownWords(question, true)
	if err != nil {
		return Repaired{}, err
	}
	if err := b.stillThere(ctx, guild, right); err != nil {
		return Repaired{}, err
	}
	c := library.Correction{Kind: library.WrongPassage, Right: &right}
	return b.learn(ctx, guild, c, lesson{
		right: &right, golden: expecting(question, right), preference: preferring(question, right),
	}, act)
}

// ownWords checks a question that a moderator wrote.
func ownWords(text string, required bool) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case required && text == "":
		return "", fmt.Errorf("%w: write the question in your own words; without it there is nothing to remember", article.ErrInvalid)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", fmt.Errorf("%w: the question is no plain text; type it anew", article.ErrInvalid)
	case n > maxWords:
		return "", fmt.Errorf("%w: the question has %d characters, and the limit is %d; shorten it", article.ErrTooLarge, n, maxWords)
	}
	return text, nil
}

// lesson is what is learnt from a correction; what is nil is not.
type lesson struct {
	right      *library.Place
	golden     *library.Golden
	preference *library.Preference
}

// lessonOf checks a repair and says what is learnt from it.
func (b *Bench) lessonOf(ctx context.Context, guild string, p library.Posted, r Repair) (lesson, error) {
	switch r.Kind {
	case library.WrongPassage:
		if r.Right == nil {
			return lesson{}, fmt.Errorf("%w: choose the passage that answers", article.ErrInvalid)
		}
		l := lesson{right: r.Right, golden: expecting(r.Question, *r.Right), preference: preferring(r.Question, *r.Right)}
		return l.asked(r.Question), b.stillThere(ctx, guild, *r.Right)
	case library.NoAnswer:
		l := lesson{
			golden:     &library.Golden{Question: r.Question, Expect: library.ExpectAbstain},
			preference: &library.Preference{Question: r.Question},
		}
		return l.asked(r.Question), nil
	case library.WrongTier:
		l := lesson{golden: &library.Golden{Question: r.Question, Expect: library.ExpectTier, Tier: r.Tier}}
		return l.asked(r.Question), raises(p.Tier, r.Tier)
	case library.RemoveAnswer:
		return lesson{}, nil
	case library.RightAnswer:
		golden, err := b.asItIs(ctx, guild, p, r.Question)
		return lesson{golden: golden}, err
	}
	return lesson{}, fmt.Errorf("%w: there is no correction %q", article.ErrInvalid, r.Kind)
}

// asked is the lesson when a question was given: without one nothing is learnt but
// where the right words stand.
func (l lesson) asked(question string) lesson {
	if question == "" {
		l.golden, l.preference = nil, nil
	}
	return l
}

func expecting(question string, p library.Place) *library.Golden {
	return &library.Golden{
		Question: question, Expect: library.ExpectQuote, Article: p.Article, Revision: p.Revision, Start: p.Start, End: p.End,
	}
}

func preferring(question string, p library.Place) *library.Preference {
	return &library.Preference{Question: question, Article: p.Article, Revision: p.Revision, Start: p.Start, End: p.End}
}

// raises checks that a tier is above the one that an answer had: what a guild adds
// never makes a question less dangerous.
func raises(had, should string) error {
	to, err := safety.ParseTier(should)
	if err != nil {
		return fmt.Errorf("%w: there is no tier %q; use safety, urgent, emergency or crisis", article.ErrInvalid, should)
	}
	from, err := safety.ParseTier(had)
	if to == safety.TierNone || err == nil && to <= from {
		return fmt.Errorf("%w: the answer was taken as %s already, and a server can only raise that, never lower it; choose a higher one", article.ErrInvalid, from)
	}
	return nil
}

// asItIs expects of a question what an answer was: the words that it quoted, where the
// article has them now, or its tier when it was but a card, or silence.
func (b *Bench) asItIs(ctx context.Context, guild string, p library.Posted, question string) (*library.Golden, error) {
	switch outcome := answer.Outcome(p.Outcome); {
	case p.Quoted.Article != "":
	case outcome == answer.CardOnly:
		return &library.Golden{Question: question, Expect: library.ExpectTier, Tier: p.Tier}, nil
	case outcome == answer.Abstained:
		return &library.Golden{Question: question, Expect: library.ExpectAbstain}, nil
	default:
		return nil, fmt.Errorf("%w: this answer quotes no passage, and only a passage, silence or a safety card can be kept as a golden question", article.ErrInvalid)
	}
	now, err := b.asOfNow(ctx, guild, p.Quoted)
	if err != nil {
		return nil, err
	}
	return expecting(question, now), nil
}

// asOfNow finds the words of a place in the article as it is now.
func (b *Bench) asOfNow(ctx context.Context, guild string, p library.Place) (library.Place, error) {
	a, err := b.answeredFrom(ctx, guild, p.Article)
	if err != nil || a.Revision == p.Revision {
		return p, err
	}
	was, err := b.Shelves.Recall(ctx, guild, p)
	if err != nil {
		return p, fmt.Errorf("the quoted words: %w", err)
	}
	at := strings.Index(a.Canonical, was.Quote.Text)
	if at < 0 {
		return p, fmt.Errorf("%w: the article has changed and does not have these words any more; ask the question again and judge the new answer", article.ErrConflict)
	}
	return library.Place{Article: p.Article, Revision: a.Revision, Start: at, End: at + len(was.Quote.Text)}, nil
}

// stillThere checks that a place is in what the guild is answered from now.
func (b *Bench) stillThere(ctx context.Context, guild string, p library.Place) error {
	a, err := b.answeredFrom(ctx, guild, p.Article)
	if err != nil {
		return err
	}
	text, err := a.Text(article.Span{Revision: p.Revision, Range: article.Range{Start: p.Start, End: p.End}})
	switch {
	case errors.Is(err, article.ErrConflict):
		return fmt.Errorf("%w: the article has changed since you chose the passage; choose it again", article.ErrConflict)
	case err != nil || strings.TrimSpace(text) == "":
		return fmt.Errorf("%w: bytes %d to %d of %q are no passage; choose another one", article.ErrInvalid, p.Start, p.End, p.Article)
	}
	return nil
}

// answeredFrom returns an article that the guild is answered from.
func (b *Bench) answeredFrom(ctx context.Context, guild, key string) (*article.Article, error) {
	all, err := b.Shelves.Articles(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reading the articles: %w", err)
	}
	for _, a := range all {
		if a.Slug == key {
			return a, nil
		}
	}
	return nil, fmt.Errorf("%w: the article %q is not answered from any more; choose another passage", article.ErrNotFound, key)
}
