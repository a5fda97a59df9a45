package library

import (
	"context"
	"fmt"

	"verbatim/internal/article"
)

// Withdraw stops answering from an own article, and keeps it. It returns false when
// it was withdrawn already. ErrInvalid for a shipped article, which is hidden.
func (d *Desk) Withdraw(ctx context.Context, guild, key string, act Act) (changed bool, err error) {
	if err := act.check(); err != nil {
		return false, err
	}
	if _, err := d.own(ctx, guild, key, "hide it instead"); err != nil {
		return false, err
	}
	return d.setState(ctx, guild, key, true, Withdrawn, act)
}

// Hide stops answering from a shipped article. It returns false when it was hidden
// already. ErrInvalid for an own article, which is withdrawn.
func (d *Desk) Hide(ctx context.Context, guild, key string, act Act) (changed bool, err error) {
	if err := act.check(); err != nil {
		return false, err
	}
	p, err := d.find(ctx, guild, key)
	if err != nil {
		return false, err
	}
	if p.Own {
		return false, fmt.Errorf("%w: %q is an article of your own; withdraw it instead", article.ErrInvalid, key)
	}
	return d.setState(ctx, guild, key, false, Hidden, act)
}

// Restore answers from a hidden or withdrawn article again. It returns false when
// that is so already.
func (d *Desk) Restore(ctx context.Context, guild, key string, act Act) (changed bool, err error) {
	if err := act.check(); err != nil {
		return false, err
	}
	p, err := d.find(ctx, guild, key)
	if err != nil {
		return false, err
	}
	if p.Own {
		if err := d.roomFor(ctx, guild, p); err != nil {
			return false, err
		}
	}
	return d.setState(ctx, guild, key, p.Own, Published, act)
}

func (d *Desk) setState(ctx context.Context, guild, key string, own bool, s State, act Act) (bool, error) {
	changed, err := d.book.SetState(ctx, guild, key, own, s, act)
	if err != nil {
		return false, fmt.Errorf("article %q: %w", key, err)
	}
	return changed, nil
}
