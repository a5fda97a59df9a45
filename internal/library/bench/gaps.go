package bench

import (
	"context"
	"fmt"

	"verbatim/internal/library"
)

// Gaps returns the questions that were missed, in groups of those that are alike, the
// largest first.
func (b *Bench) Gaps(ctx context.Context, guild string) ([]Gap, error) {
	missed, err := b.Config.Gaps.MissedQuestions(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reading missed questions: %w", err)
	}
	return Group(missed[max(0, len(missed)-library.MaxMissed):]), nil
}

// Dismiss drops missed questions. The trail tells how many; those that are gone already
// count for nothing.
func (b *Bench) Dismiss(ctx context.Context, guild string, ids []string, act library.Act) error {
	missed, err := b.Config.Gaps.MissedQuestions(ctx, guild)
	if err != nil {
		return fmt.Errorf("reading missed questions: %w", err)
	}
	named := make(map[string]bool, len(ids))
	for _, id := range ids {
		named[id] = true
	}
	var there []string
	for _, m := range missed {
		if named[m.ID] {
			there = append(there, m.ID)
		}
	}
	if len(there) == 0 {
		return nil
	}
	// First, so that nothing is dropped that the trail does not tell.
	note := library.Entry{Action: "gaps.dismiss", Subject: fmt.Sprint(len(there))}
	if err := b.Trail.Note(ctx, guild, note, act); err != nil {
		return fmt.Errorf("recording that missed questions are dismissed: %w", err)
	}
	if err := b.Config.Gaps.DropMissed(ctx, guild, there...); err != nil {
		return fmt.Errorf("dropping missed questions: %w", err)
	}
	return nil
}
