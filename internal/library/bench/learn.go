package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// learn records a correction with what is learnt from it, and sees to it that the
// posted message is brought in line. The correction comes first, so that whatever is
// in force can be found and undone; what was begun is taken back when it fails.
func (b *Bench) learn(ctx context.Context, guild string, c library.Correction, l lesson, act library.Act) (done Repaired, err error) {
	if l.golden != nil {
		if err := b.roomForGolden(ctx, guild, l.golden.Question); err != nil {
			return Repaired{}, err
		}
	}
	now := b.Now()
	c.By, c.At = act.Actor, now
	done.Correction = b.NewID()
	if l.golden != nil {
		c.Golden = b.NewID()
	}
	if l.preference != nil {
		c.Preference = b.NewID()
	}
	done.Golden, done.Preference = c.Golden, c.Preference
	defer func() {
		if err != nil {
			_ = b.takeBack(context.WithoutCancel(ctx), guild, done.Correction, c, act) // the first error counts
			done = Repaired{}
		}
	}()
	if err := b.Config.Corrections.Put(ctx, guild, done.Correction, c, act); err != nil {
		return done, fmt.Errorf("recording the correction: %w", err)
	}
	if g := l.golden; g != nil {
		g.By, g.At = act.Actor, now
		if err := putInstead(ctx, b.Golden, guild, c.Golden, *g, func(o library.Golden) bool { return sameWords(o.Question, g.Question) }, act); err != nil {
			return done, fmt.Errorf("adding the golden question: %w", err)
		}
	}
	if p := l.preference; p != nil {
		p.By, p.At = act.Actor, now
		if err := putInstead(ctx, b.Preferences, guild, c.Preference, *p, func(o library.Preference) bool { return sameWords(o.Question, p.Question) }, act); err != nil {
			return done, fmt.Errorf("adding the preference: %w", err)
		}
	}
	if c.Answer != "" && c.Kind != library.RightAnswer {
		done.Job, err = b.alignAnswer(ctx, guild, c.Answer, done.Correction)
	}
	return done, err
}

// roomForGolden refuses a golden question beyond [maxGolden] that takes nobody's place.
func (b *Bench) roomForGolden(ctx context.Context, guild, question string) error {
	all, err := b.goldens(ctx, guild)
	if err != nil || len(all) < maxGolden {
		return err
	}
	for _, o := range all {
		if sameWords(o.Value.Question, question) {
			return nil
		}
	}
	return fmt.Errorf("%w: this server has %d golden questions, and the limit is %d; drop one of them first, or leave the question empty", article.ErrTooLarge, len(all), maxGolden)
}

// sameWords reports whether two questions differ in case and white space alone. Two
// expectations of one question cannot both be met, so that the newer one stands.
func sameWords(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// putInstead puts a record in the place of those that it replaces.
func putInstead[T any](ctx context.Context, records library.Records[T], guild, id string, value T, replaces func(T) bool, act library.Act) error {
	old, err := records.List(ctx, guild)
	if err != nil {
		return err
	}
	if err := records.Put(ctx, guild, id, value, act); err != nil {
		return err
	}
	for _, o := range old {
		if replaces(o.Value) {
			if err := records.Delete(ctx, guild, o.ID, act); err != nil && !errors.Is(err, article.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}

// alignAnswer enqueues the job that brings the message of an answer in line. what makes it
// another job than those before it.
func (b *Bench) alignAnswer(ctx context.Context, guild, id, what string) (string, error) {
	args, err := json.Marshal(library.PropagateArgs{Answer: id})
	if err != nil {
		return "", fmt.Errorf("%w: the answer %q: %w", article.ErrInvalid, id, err)
	}
	job, _, err := b.Queue.Enqueue(ctx, guild, jobs.Job{
		ID: b.NewID(), Kind: library.PropagateJob, Key: library.PropagateJob + "/answer/" + id + "/" + what, Args: string(args),
	})
	if err != nil {
		return "", fmt.Errorf("changing the posted message: %w", err)
	}
	return job.ID, nil
}
