package bench

import (
	"context"
	"fmt"
	"slices"

	"verbatim/internal/library"
)

// maxGrouped is how many missed questions are grouped, of more the newest.
const maxGrouped = 3000

// Gaps returns the questions that were missed, in groups of those that are alike, the
// largest first.
func (b *Bench) Gaps(ctx context.Context, guild string) ([]Gap, error) {
	missed, err := b.Config.Gaps.MissedQuestions(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("reading missed questions: %w", err)
	}
	return Group(missed[max(0, len(missed)-maxGrouped):]), nil
}

// Dismiss drops missed questions. The trail tells how many; those that are gone already
// count for nothing.
func (b *Bench) Dismiss(ctx context.Context, guild string, ids []string, act library.Act) error {
	missed, err := b.Config.Gaps.MissedQuestions(ctx, guild)
	if err != nil {
		return fmt.Errorf("reading missed questions: %w", err)
	}
	var there []string
	for _, m := range missed {
		if slices.Contains(ids, m.ID) {
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
