package bench

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"verbatim/internal/article"
)

// Note keeps what a dialog needs in its next step, for at most 30 days, under a name of
// 32 bytes, which are no text.
func (b *Bench) Note(ctx context.Context, guild string, value []byte) (name string, err error) {
	hash, err := b.Pages.KeepPage(ctx, guild, value)
	if err != nil {
		return "", fmt.Errorf("keeping a step of a dialog: %w", err)
	}
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return "", fmt.Errorf("%w: the hash %q: %w", article.ErrInvalid, hash, err)
	}
	return string(raw), nil
}

// Noted returns what was kept under a name. ErrNotFound when it is gone.
func (b *Bench) Noted(ctx context.Context, guild, name string) ([]byte, error) {
	value, err := b.Pages.Page(ctx, guild, hex.EncodeToString([]byte(name)))
	if errors.Is(err, article.ErrNotFound) {
		return nil, fmt.Errorf("%w: this dialog is too old to go on with; begin again", article.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a step of a dialog: %w", err)
	}
	return value, nil
}
