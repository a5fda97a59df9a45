package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// quotedAtFirst returns what an answer quoted before it was ever corrected, nil for
// nothing: where its record shows the right passage of an earlier correction, what that
// one found.
func (b *Bench) quotedAtFirst(ctx context.Context, guild string, p library.Posted) (*library.Place, error) {
	earlier, err := b.correctionsOf(ctx, guild, p.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range slices.Backward(earlier) {
		if shows(p, o.Value) {
			return o.Value.Was, nil
		}
	}
	if p.Quoted.Article == "" {
		return nil, nil
	}
	return &p.Quoted, nil
}

// correctionsOf lists the corrections that say an answer is wrong, oldest first.
func (b *Bench) correctionsOf(ctx context.Context, guild, answer string) ([]library.Record[library.Correction], error) {
	all, err := b.Config.Corrections.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("listing the corrections: %w", err)
	}
	return slices.DeleteFunc(all, func(r library.Record[library.Correction]) bool {
		return r.Value.Answer != answer || r.Value.Kind == library.RightAnswer
	}), nil
}

// shows reports whether the record of an answer quotes the right passage of a correction,
// or what stands in its place by now, instead of what it quoted before.
func shows(p library.Posted, c library.Correction) bool {
	switch {
	case c.Right == nil || c.Was == nil || p.Quoted == *c.Was || p.Quoted.Article != c.Right.Article:
		return false
	case p.Quoted == *c.Right:
		return true
	}
	return p.Shown == library.Retracted // so is no answer that was given anew
}

// maxRepins is how often a record is tried that others change at the same moment.
const maxRepins = 5

// unpin lets the record of an answer quote again what it quoted before a correction that
// is undone. With a later correction of the answer in force, its undoing does that. An
// answer that is gone, or was given anew since, is left alone.
func (b *Bench) unpin(ctx context.Context, guild, id string, c library.Correction) error {
	if c.Answer == "" || c.Was == nil || c.Right == nil {
		return nil
	}
	all, err := b.correctionsOf(ctx, guild, c.Answer)
	if err != nil {
		return err
	}
	later := func(r library.Record[library.Correction]) bool {
		return cmp.Or(r.Value.At.Compare(c.At), strings.Compare(r.ID, id)) > 0
	}
	if slices.ContainsFunc(all, later) {
		return nil
	}
	for range maxRepins {
		if err = b.unpinOnce(ctx, guild, c); !errors.Is(err, article.ErrConflict) {
			break
		}
	}
	if err == nil || errors.Is(err, article.ErrNotFound) { // the answer, or the words that it quoted, are gone
		return nil
	}
	return fmt.Errorf("letting the answer quote what it did: %w", err)
}

func (b *Bench) unpinOnce(ctx context.Context, guild string, c library.Correction) error {
	p, err := b.Ledger.PostedByID(ctx, guild, c.Answer)
	if err != nil || !shows(p, c) {
		return err
	}
	was, err := b.Shelves.Recall(ctx, guild, *c.Was)
	if err != nil {
		return err
	}
	first := p
	first.Quoted, first.Hash, first.Decisive, first.Sure = *c.Was, library.HashOf(was.Quote.Text), article.Range{}, 0
	return b.Ledger.Repin(ctx, guild, p, first)
}
