package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

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
	if c.Replaced, err = b.givingWay(ctx, guild, l); err != nil {
		return Repaired{}, err
	}
	defer func() {
		if err != nil {
			_ = b.takeBack(context.WithoutCancel(ctx), guild, done.Correction, c, act) // the first error counts
			done = Repaired{}
		}
	}()
	if err := b.Config.Corrections.Put(ctx, guild, done.Correction, c, act); err != nil {
		return done, fmt.Errorf("recording the correction: %w", err)
	}
	if err := b.putLesson(ctx, guild, c, l, act); err != nil {
		return done, err
	}
	if c.Answer != "" && c.Kind != library.RightAnswer {
		done.Job, err = b.alignAnswer(ctx, guild, c.Answer, done.Correction)
	}
	return done, err
}

// givingWay lists the records in the very words of a lesson, nil when there is none.
func (b *Bench) givingWay(ctx context.Context, guild string, l lesson) (*library.Replaced, error) {
	var r library.Replaced
	if g := l.golden; g != nil {
		all, err := b.goldens(ctx, guild)
		if err != nil {
			return nil, err
		}
		r.Golden = slices.DeleteFunc(all, func(o library.Record[library.Golden]) bool { return !goldenOf(g.Question)(o.Value) })
	}
	if p := l.preference; p != nil {
		all, err := b.Preferences.List(ctx, guild)
		if err != nil {
			return nil, fmt.Errorf("reading the preferences: %w", err)
		}
		kept := len(all)
		r.Preferences = slices.DeleteFunc(all, func(o library.Record[library.Preference]) bool { return !preferenceOf(p.Question)(o.Value) })
		if kept >= library.MaxPreferences && len(r.Preferences) == 0 {
			return nil, fmt.Errorf("%w: this server prefers %d passages, and the limit is %d; undo a correction that is not needed any more", article.ErrTooLarge, kept, library.MaxPreferences)
		}
	}
	if len(r.Golden)+len(r.Preferences) == 0 {
		return nil, nil
	}
	return &r, nil
}

// putLesson puts what is learnt from a correction in force.
func (b *Bench) putLesson(ctx context.Context, guild string, c library.Correction, l lesson, act library.Act) error {
	if g := l.golden; g != nil {
		g.By, g.At = c.By, c.At
		if err := b.putGolden(ctx, guild, c.Golden, *g, act); err != nil {
			return err
		}
	}
	if p := l.preference; p != nil {
		p.By, p.At = c.By, c.At
		if err := putInstead(ctx, b.Preferences, guild, c.Preference, *p, preferenceOf(p.Question), act); err != nil {
			return fmt.Errorf("adding the preference: %w", err)
		}
	}
	return nil
}

func goldenOf(question string) func(library.Golden) bool {
	return func(o library.Golden) bool { return library.SameWords(o.Question, question) }
}

func preferenceOf(question string) func(library.Preference) bool {
	return func(o library.Preference) bool { return library.SameWords(o.Question, question) }
}

// roomForGolden refuses a golden question beyond [library.MaxGolden] that takes nobody's place.
func (b *Bench) roomForGolden(ctx context.Context, guild, question string) error {
	all, err := b.goldens(ctx, guild)
	if err != nil || len(all) < library.MaxGolden {
		return err
	}
	for _, o := range all {
		if library.SameWords(o.Value.Question, question) {
			return nil
		}
	}
	return fmt.Errorf("%w: this server has %d golden questions, and the limit is %d; delete one of them first", article.ErrTooLarge, len(all), library.MaxGolden)
}

// putGolden adds a golden question in the place of those in the same words: two
// expectations of one question cannot both be met, so that the newer one stands.
func (b *Bench) putGolden(ctx context.Context, guild, id string, g library.Golden, act library.Act) error {
	if err := putInstead(ctx, b.Golden, guild, id, g, goldenOf(g.Question), act); err != nil {
		return fmt.Errorf("adding the golden question: %w", err)
	}
	return nil
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
		ID: b.NewID(), Kind: library.PropagateOneJob, Key: library.PropagateJob + "/answer/" + id + "/" + what, Args: string(args),
	})
	if err != nil {
		return "", fmt.Errorf("changing the posted message: %w", err)
	}
	return job.ID, nil
}
