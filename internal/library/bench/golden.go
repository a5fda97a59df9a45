package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

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
	if err := b.roomForGolden(ctx, guild, g.Question); err != nil {
		return "", err
	}
	id = b.NewID()
	g.By, g.At = act.Actor, b.Now().UTC()
	return id, b.putGolden(ctx, guild, id, g, act)
}

// checkExpectation refuses a golden question that wants what cannot be told.
func (b *Bench) checkExpectation(ctx context.Context, guild string, g library.Golden) error {
	switch g.Expect {
	case library.ExpectAbstain:
		return nil
	case library.ExpectTier:
		tier, err := safety.ParseTier(g.Tier)
		switch {
		case err != nil:
			return fmt.Errorf("%w: %q is no tier; give safety, urgent, emergency or crisis", article.ErrInvalid, g.Tier)
		case tier == safety.TierNone:
			return fmt.Errorf("%w: every question is at least of the tier none, so that there is nothing to test; give safety, urgent, emergency or crisis", article.ErrInvalid)
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
