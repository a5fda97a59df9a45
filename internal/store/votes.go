package store

import (
	"cmp"
	"context"
	"fmt"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Vote implements library.Ledger. ErrNotFound when there is no such answer. A vote
// replaces the voter's last one with its reason, also by an empty one.
func (s *Store) Vote(ctx context.Context, guild, id, voter string, v library.Verdict, reason string) error {
	if v != library.Helpful && v != library.NotHelpful {
		return fmt.Errorf("%w: %.40q is no verdict on an answer", article.ErrInvalid, string(v))
	}
	if err := cmp.Or(checkKeys(id, voter), checkReason(reason)); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		// The answer is written, not only read: it is locked until the commit, so
		// that no vote outlives an answer that is forgotten meanwhile.
		n, err := t.count(`UPDATE posted SET expires = expires WHERE guild = $1 AND id = $2`, guild, id)
		if err := noAnswer(n, err, id); err != nil {
			return err
		}
		return t.exec(`INSERT INTO votes (guild, answer, voter, verdict, reason) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (guild, answer, voter) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason`,
			guild, id, voter, string(v), reason)
	})
}

func checkReason(reason string) error {
	if err := checkTexts(maxText, reason); err != nil {
		return err
	}
	if n := utf8.RuneCountInString(reason); n > library.MaxReason {
		return fmt.Errorf("%w: the reason has %d characters, and the limit is %d", article.ErrTooLarge, n, library.MaxReason)
	}
	return nil
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
