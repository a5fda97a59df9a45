package bench

import (
	"context"
	"fmt"
	"slices"

	"verbatim/internal/library"
)

// takeBack removes the records of a correction and puts back those that gave way to
// them. It may be repeated: the correction goes last, so that it can be undone again
// should a step before fail.
func (b *Bench) takeBack(ctx context.Context, guild, id string, c library.Correction, act library.Act) error {
	replaced := library.Replaced{}
	if c.Replaced != nil {
		replaced = *c.Replaced
	}
	left, err := b.handOn(ctx, guild, id, c, replaced, act)
	if err != nil {
		return err
	}
	if err := without(ctx, b.Preferences, guild, c.Preference, act); err != nil {
		return fmt.Errorf("removing the preference: %w", err)
	}
	if err := without(ctx, b.Golden, guild, c.Golden, act); err != nil {
		return fmt.Errorf("removing the golden question: %w", err)
	}
	if err := putBack(ctx, b.Preferences, guild, left.Preferences, func(p library.Preference) string { return p.Question }, act); err != nil {
		return fmt.Errorf("putting the preference back that there was before: %w", err)
	}
	if err := putBack(ctx, b.Golden, guild, left.Golden, func(g library.Golden) string { return g.Question }, act); err != nil {
		return fmt.Errorf("putting the golden question back that there was before: %w", err)
	}
	if err := without(ctx, b.Config.Corrections, guild, id, act); err != nil {
		return fmt.Errorf("removing the correction: %w", err)
	}
	return nil
}

// handOn leaves what gave way to a correction to the later ones that its own records
// gave way to: whoever undoes those gets what there was before both. It returns what is
// left to be put back now.
func (b *Bench) handOn(ctx context.Context, guild, id string, c library.Correction, replaced library.Replaced, act library.Act) (left library.Replaced, err error) {
	all, err := b.Config.Corrections.List(ctx, guild)
	if err != nil {
		return left, fmt.Errorf("listing the corrections: %w", err)
	}
	left = replaced
	for _, o := range all {
		if o.ID == id || o.Value.Replaced == nil {
			continue
		}
		later := o.Value
		golden, g := inPlaceOf(later.Replaced.Golden, c.Golden, replaced.Golden)
		preferences, p := inPlaceOf(later.Replaced.Preferences, c.Preference, replaced.Preferences)
		if g {
			left.Golden = nil
		}
		if p {
			left.Preferences = nil
		}
		if !g && !p {
			continue
		}
		later.Replaced = &library.Replaced{Golden: golden, Preferences: preferences}
		if err := b.Config.Corrections.Put(ctx, guild, o.ID, later, act); err != nil {
			return left, fmt.Errorf("changing a later correction: %w", err)
		}
	}
	return left, nil
}

// inPlaceOf puts records in the place of one, and reports whether it was there.
func inPlaceOf[T any](all []library.Record[T], id string, records []library.Record[T]) ([]library.Record[T], bool) {
	i := slices.IndexFunc(all, func(r library.Record[T]) bool { return r.ID == id })
	if id == "" || i < 0 {
		return all, false
	}
	return slices.Concat(all[:i], records, all[i+1:]), true
}

// putBack puts records back, but for those whose question another record has by now:
// the newer one stands.
func putBack[T any](ctx context.Context, records library.Records[T], guild string, back []library.Record[T], question func(T) string, act library.Act) error {
	if len(back) == 0 {
		return nil
	}
	all, err := records.List(ctx, guild)
	if err != nil {
		return err
	}
	isBack := func(o library.Record[T]) bool {
		return slices.ContainsFunc(back, func(r library.Record[T]) bool { return r.ID == o.ID })
	}
	others := slices.DeleteFunc(slices.Clone(all), isBack)
	for _, r := range back {
		taken := func(o library.Record[T]) bool { return library.SameWords(question(o.Value), question(r.Value)) }
		if slices.ContainsFunc(others, taken) {
			continue
		}
		if err := records.Put(ctx, guild, r.ID, r.Value, act); err != nil {
			return err
		}
	}
	return nil
}
