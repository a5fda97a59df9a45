package bench

import (
	"context"
	"fmt"

	"verbatim/internal/answer"
	"verbatim/internal/library"
)

// Why says how a question is answered now, with the ids of the preferences that it is
// like. It changes nothing. The errors are those of what answers, and of the records.
func (b *Bench) Why(ctx context.Context, guild string, q answer.Question) (Explanation, error) {
	e, err := b.Shelves.Explain(ctx, guild, q)
	if err != nil {
		return e, fmt.Errorf("explaining the answer: %w", err)
	}
	if len(e.Preferred) == 0 {
		return e, nil
	}
	kept, err := b.Preferences.List(ctx, guild)
	if err != nil {
		return e, fmt.Errorf("preferences: %w", err)
	}
	for i := range e.Preferred {
		e.Preferred[i].ID = idOf(e.Preferred[i].Preference, kept, e.Preferred[:i])
	}
	return e, nil
}

// idOf returns the id of a preference, empty when it was removed meanwhile. Of several
// that are the same each is named once.
func idOf(p library.Preference, kept []library.Record[library.Preference], named []AppliedPreference) string {
	taken := map[string]bool{}
	for _, n := range named {
		taken[n.ID] = true
	}
	for _, k := range kept {
		if !taken[k.ID] && samePreference(k.Value, p) {
			return k.ID
		}
	}
	return ""
}

// samePreference compares moments as the store keeps them, to the millisecond.
func samePreference(a, b library.Preference) bool {
	sameTime := a.At.UnixMilli() == b.At.UnixMilli()
	a.At = b.At
	return sameTime && a == b
}

// Search finds passages for a moderator who looks for the right one, the best first and
// at most limit, however unsure the search is.
func (b *Bench) Search(ctx context.Context, guild, text string, limit int) ([]ExplainedPassage, error) {
	found, err := b.Shelves.Passages(ctx, guild, text, limit)
	if err != nil {
		return nil, fmt.Errorf("searching for passages: %w", err)
	}
	return found, nil
}
