package bench

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// maxConflicts is how many conflicts of numbers a preview names.
const maxConflicts = 5

// conflictingNumbers names sentences of an article whose numbers cannot be right if
// those of another article are.
func conflictingNumbers(ctx context.Context, a *article.Article, others []*article.Article) ([]string, error) {
	found, err := search.Disagreements(ctx, a, others, maxConflicts)
	if err != nil {
		return nil, fmt.Errorf("comparing numbers: %w", err)
	}
	list := make([]string, len(found))
	for i, d := range found {
		list[i] = fmt.Sprintf("Its numbers disagree with those of %s: it says %s, and that one says %s. Find out which is right.",
			d.Other.Slug, shown(a.Canonical[d.Mine.Start:d.Mine.End]), shown(d.Other.Canonical[d.Theirs.Start:d.Theirs.End]))
	}
	return list, nil
}
