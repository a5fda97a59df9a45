package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// postedColumns are those of a posted answer, in the order of postedFields.
const postedColumns = `id, channel, message, question, outcome, tier, article, revision, start_at, end_at, hash, others,
	against, decisive_start, decisive_end, sure, minor, private, shown, asker, at, expires`

func postedFields(p *library.Posted) []any {
	return []any{
		&p.ID, &p.Channel, &p.Message, &p.Question, &p.Outcome, &p.Tier,
		&p.Quoted.Article, (*string)(&p.Quoted.Revision), &p.Quoted.Start, &p.Quoted.End, &p.Hash,
		encoded[[]library.Place]{&p.Others},
		encoded[[]library.Place]{&p.Against},
		&p.Decisive.Start, &p.Decisive.End,
		&p.Sure, &p.Minor, &p.Private, (*string)(&p.Shown),
		&p.Asker,
		instant{&p.At},
		instant{&p.Expires},
	}
}

func readPosted(r scanner) (p library.Posted, err error) { return p, r.Scan(postedFields(&p)...) }

// Post implements library.Ledger.
func (s *Store) Post(ctx context.Context, guild string, p library.Posted, under lease.Lease) error {
	if err := cmp.Or(checkKeys(p.Question), checkPosted(p)); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		if err := t.fence(under); err != nil {
			return err
		}
		p := p
		if p.At.IsZero() {
			p.At = t.at
		}
		fields := append([]any{guild, againstArticle(p)}, postedFields(&p)...)
		n, err := t.count(`INSERT INTO posted (guild, against_article, `+postedColumns+`) VALUES (`+places(1, len(fields))+`) ON CONFLICT DO NOTHING`, fields...)
		if err == nil && n == 0 {
			err = fmt.Errorf("%w: this question has an answer already", article.ErrConflict)
		}
		return err
	})
}

// againstArticle is the article by which an answer is found that is contradicted. An
// answer shows one contradiction at most.
func againstArticle(p library.Posted) string {
	if len(p.Against) == 0 {
		return ""
	}
	return p.Against[0].Article
}

// checkPosted refuses what cannot be kept of an answer; its question may be empty.
func checkPosted(p library.Posted) error {
	if err := checkKeys(p.ID); err != nil {
		return err
	}
	if err := checkTexts(maxKey, p.Message, p.Question, p.Quoted.Article, p.Asker); err != nil {
		return err
	}
	for _, o := range slices.Concat(p.Others, p.Against) {
		if err := checkTexts(maxKey, o.Article, string(o.Revision)); err != nil {
			return err
		}
	}
	return checkFields(postedFields(&p))
}

// Sent implements library.Ledger.
func (s *Store) Sent(ctx context.Context, guild, id, message string) error {
	if err := checkKeys(id, message); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		n, err := t.count(`UPDATE posted SET message = $1 WHERE guild = $2 AND id = $3`, message, guild, id)
		if err := noAnswer(n, err, id); err != nil {
			return err
		}
		return t.propagateLate(id)
	})
}

// Redo implements library.Ledger. ErrNotFound when there is no such answer. What
// members thought of it stays.
func (s *Store) Redo(ctx context.Context, guild string, p library.Posted) error {
	if err := checkPosted(p); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		n, err := t.count(`UPDATE posted SET outcome = $3, tier = $4, article = $5, revision = $6, start_at = $7, end_at = $8,
			hash = $9, others = $10, against = $11, against_article = $12, decisive_start = $13, decisive_end = $14, sure = $15,
			minor = $16, private = $17, shown = $18, expires = $19 WHERE guild = $1 AND id = $2`,
			guild, p.ID, p.Outcome, p.Tier, p.Quoted.Article, string(p.Quoted.Revision), p.Quoted.Start, p.Quoted.End,
			p.Hash, encoded[[]library.Place]{&p.Others}, encoded[[]library.Place]{&p.Against}, againstArticle(p),
			p.Decisive.Start, p.Decisive.End, p.Sure, p.Minor, p.Private, string(p.Shown), instant{&p.Expires})
		return noAnswer(n, err, p.ID)
	})
}

// Repin implements library.Ledger. ErrInvalid for what is no standing; the empty one is.
func (s *Store) Repin(ctx context.Context, guild string, was, now library.Posted) error {
	if err := cmp.Or(checkPosted(was), checkPosted(now), checkStanding(now.Shown)); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		n, err := t.count(repinQuery, guild, was.ID, now.Quoted.Article, string(now.Quoted.Revision), now.Quoted.Start, now.Quoted.End,
			now.Hash, encoded[[]library.Place]{&now.Against}, againstArticle(now), now.Decisive.Start, now.Decisive.End, now.Sure, string(now.Shown),
			was.Quoted.Article, string(was.Quoted.Revision), was.Quoted.Start, was.Quoted.End, was.Hash, was.Outcome, was.Tier, was.Minor, string(was.Shown))
		if err != nil || n > 0 {
			return err
		}
		var there int64
		if err := t.row(`SELECT count(*) FROM posted WHERE guild = $1 AND id = $2`, guild, was.ID).Scan(&there); err != nil {
			return err
		}
		if there > 0 {
			return fmt.Errorf("%w: the answer %q was recorded anew meanwhile", article.ErrConflict, was.ID)
		}
		return noAnswer(0, nil, was.ID)
	})
}

// repinQuery leaves alone what says how dangerous a question is, and what came of it.
const repinQuery = `UPDATE posted SET article = $3, revision = $4, start_at = $5, end_at = $6, hash = $7, against = $8, against_article = $9,
		decisive_start = $10, decisive_end = $11, sure = $12, shown = $13
	WHERE guild = $1 AND id = $2 AND article = $14 AND revision = $15 AND start_at = $16 AND end_at = $17 AND hash = $18
		AND outcome = $19 AND tier = $20 AND minor = $21 AND shown = $22`

// checkStanding refuses what does not say what became of an answer.
func checkStanding(s library.Standing) error {
	switch s {
	case "", library.Current, library.Revised, library.Departed, library.Retracted:
		return nil
	}
	return fmt.Errorf("%w: %.40q does not say what became of an article", article.ErrInvalid, string(s))
}

// noAnswer is ErrNotFound when a statement concerned no row of posted answers.
func noAnswer(n int64, err error, id string) error {
	if err == nil && n == 0 {
		err = fmt.Errorf("%w: there is no answer %q", article.ErrNotFound, id)
	}
	return err
}

// PostedByID implements library.Ledger.
func (s *Store) PostedByID(ctx context.Context, guild, id string) (library.Posted, error) {
	return s.posted(ctx, guild, postedByID, id)
}

// PostedByMessage implements library.Ledger.
func (s *Store) PostedByMessage(ctx context.Context, guild, message string) (library.Posted, error) {
	if message == "" { // answers that were not sent have none
		return library.Posted{}, noAnswer(0, nil, message)
	}
	return s.posted(ctx, guild, postedByMessage, message)
}

// PostedByQuestion implements library.Ledger.
func (s *Store) PostedByQuestion(ctx context.Context, guild, question string) (library.Posted, error) {
	return s.posted(ctx, guild, postedByQuestion, question)
}

// postedQuery is followed by one of the conditions below.
const (
	postedQuery      = `SELECT ` + postedColumns + ` FROM posted WHERE guild = $1`
	postedByID       = ` AND id = $2`
	postedByMessage  = ` AND message = $2 ORDER BY at DESC LIMIT 1`
	postedByQuestion = ` AND question = $2 AND question <> ''` // the index has no empty ones
)

// posted finds one answer.
func (s *Store) posted(ctx context.Context, guild, where, value string) (p library.Posted, err error) {
	if err := checkTexts(maxKey, value); err != nil {
		return p, err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		p, err = readPosted(t.row(postedQuery+where, guild, value))
		return missing(err, "answer", value)
	})
	return p, err
}

// Quoting implements library.Ledger. Answers of one moment follow each other in the
// order that the database gives their ids, which is the same for every page.
func (s *Store) Quoting(ctx context.Context, guild, key, after string, limit int) (all []library.Posted, err error) {
	if err := checkTexts(maxKey, key, after); err != nil {
		return nil, err
	}
	err = s.read(ctx, guild, func(t *tx) error {
		at := int64(math.MinInt64)
		if after != "" {
			err := t.row(`SELECT at FROM posted WHERE guild = $1 AND id = $2`, guild, after).Scan(&at)
			if err != nil {
				return missing(err, "answer", after)
			}
		}
		all, err = t.quoting(key, at, after, max(limit, 0))
		return err
	})
	return all, err
}

// quoting lists answers that quote an article, after the one with an id that was posted at.
func (t *tx) quoting(key string, at int64, after string, limit int) ([]library.Posted, error) {
	return collect(t, readPosted, quotingQuery, t.guild, key, at, after, limit)
}

// quotingQuery has an index for each of its halves, both in the order that is asked for.
const quotingQuery = postedQuery + ` AND article = $2 AND (at, id) > ($3, $4) UNION ALL ` +
	postedQuery + ` AND against_article = $2 AND against_article <> '' AND article <> $2 AND (at, id) > ($3, $4) ORDER BY at, id LIMIT $5`

// Forget implements library.Ledger.
func (s *Store) Forget(ctx context.Context, guild, id string) error {
	if err := checkTexts(maxKey, id); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		_, err := t.forget(guild, id)
		return err
	})
}

// ForgetMessages implements library.Ledger. Most messages that are deleted are no
// answers, so that is read first, which waits for nobody.
func (s *Store) ForgetMessages(ctx context.Context, guild string, messages ...string) error {
	for _, message := range messages {
		p, err := s.PostedByMessage(ctx, guild, message)
		if errors.Is(err, article.ErrNotFound) {
			continue
		}
		if err == nil {
			err = s.Forget(ctx, guild, p.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forget removes an answer and then its votes, in the order in which Vote locks them.
// It returns how many rows went.
func (t *tx) forget(guild, id string) (int64, error) {
	answers, err := t.count(`DELETE FROM posted WHERE guild = $1 AND id = $2`, guild, id)
	if err != nil {
		return 0, err
	}
	votes, err := t.count(`DELETE FROM votes WHERE guild = $1 AND answer = $2`, guild, id)
	return answers + votes, err
}
