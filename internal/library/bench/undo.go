package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Corrections lists what was corrected, newest first.
func (b *Bench) Corrections(ctx context.Context, guild string) ([]Corrected, error) {
	all, err := b.Config.Corrections.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("listing the corrections: %w", err)
	}
	golden, err := questionsOf(ctx, b.Golden, guild, func(g library.Golden) string { return g.Question })
	if err != nil {
		return nil, err
	}
	preferred, err := questionsOf(ctx, b.Preferences, guild, func(p library.Preference) string { return p.Question })
	if err != nil {
		return nil, err
	}
	list := make([]Corrected, 0, len(all))
	for _, r := range slices.Backward(all) {
		c := Corrected{ID: r.ID, Correction: r.Value, Question: cmp.Or(preferred[r.Value.Preference], golden[r.Value.Golden])}
		if c.Undone, err = b.spent(ctx, guild, c); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// spent reports whether nothing of a correction is in force: neither what was learnt
// from it, nor what it did to a message that is still kept.
func (b *Bench) spent(ctx context.Context, guild string, c Corrected) (bool, error) {
	if c.Question != "" {
		return false, nil
	}
	if c.Correction.Answer == "" || c.Correction.Kind == library.RightAnswer {
		return true, nil
	}
	_, err := b.Ledger.PostedByID(ctx, guild, c.Correction.Answer)
	if err == nil || errors.Is(err, article.ErrNotFound) {
		return err != nil, nil
	}
	return false, fmt.Errorf("reading the answer: %w", err)
}

// questionsOf returns the questions of records by their ids.
func questionsOf[T any](ctx context.Context, records library.Records[T], guild string, question func(T) string) (map[string]string, error) {
	all, err := records.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("listing the corrections: %w", err)
	}
	questions := make(map[string]string, len(all))
	for _, r := range all {
		questions[r.ID] = question(r.Value)
	}
	return questions, nil
}

// Undo takes a correction back: what was learnt from it goes, what gave way to that comes
// back, and its message is brought in line again, as far as it still stands: it shows the
// words that it quoted first. ErrNotFound when there is no such
// correction.
func (b *Bench) Undo(ctx context.Context, guild, correction string, act library.Act) error {
	c, err := b.Config.Corrections.Get(ctx, guild, correction)
	if errors.Is(err, article.ErrNotFound) {
		return fmt.Errorf("%w: this correction is not there any more; somebody has undone it already", article.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("reading the correction: %w", err)
	}
	// Before the correction goes, so that it can be undone again should this fail.
	if err := b.unpin(ctx, guild, correction, c); err != nil {
		return err
	}
	if err := b.takeBack(ctx, guild, correction, c, act); err != nil {
		return err
	}
	if c.Answer == "" || c.Kind == library.RightAnswer {
		return nil
	}
	// Once more: the message may have been corrected at that very moment.
	if err := b.unpin(ctx, guild, correction, c); err != nil {
		return err
	}
	_, err = b.alignAnswer(ctx, guild, c.Answer, correction+"/undone")
	return err
}

// without removes a record that may be gone already, or never was there.
func without[T any](ctx context.Context, records library.Records[T], guild, id string, act library.Act) error {
	if id == "" {
		return nil
	}
	if err := records.Delete(ctx, guild, id, act); err != nil && !errors.Is(err, article.ErrNotFound) {
		return err
	}
	return nil
}
