package store

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Vote implements library.Ledger. ErrNotFound when there is no such answer.
func (s *Store) Vote(ctx context.Context, guild, id, voter string, v library.Verdict) error {
	if v != library.Helpful && v != library.NotHelpful {
		return fmt.Errorf("%w: %.40q is no verdict on an answer", article.ErrInvalid, string(v))
	}
	if err := checkKeys(id, voter); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		// The answer is written, not only read: it is locked until the commit, so
		// that no vote outlives an answer that is forgotten meanwhile.
		n, err := t.count(`UPDATE posted SET expires = expires WHERE guild = $1 AND id = $2`, guild, id)
		if err := noAnswer(n, err, id); err != nil {
			return err
		}
		return t.exec(`INSERT INTO votes (guild, answer, voter, verdict) VALUES ($1, $2, $3, $4)
			ON CONFLICT (guild, answer, voter) DO UPDATE SET verdict = excluded.verdict`, guild, id, voter, string(v))
	})
}

// Feedback implements library.Ledger. An answer that is not there has no verdicts.
func (s *Store) Feedback(ctx context.Context, guild, id string) (f library.Feedback, err error) {
	if err := checkTexts(maxKey, id); err != nil {
		return f, err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		return t.row(`SELECT count(CASE WHEN verdict = $1 THEN 1 END), count(CASE WHEN verdict = $2 THEN 1 END)
			FROM votes WHERE guild = $3 AND answer = $4`, string(library.Helpful), string(library.NotHelpful), guild, id).
			Scan(&f.Helpful, &f.NotHelpful)
	})
	return f, err
}
