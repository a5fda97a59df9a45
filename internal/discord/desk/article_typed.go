package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
)

// What was typed into a form, and may have to be typed into it again, is kept, so that
// a button can lead back to it.

// keepTyped keeps what was typed, and returns the name that it is kept under.
func (d *Desk) keepTyped(ctx context.Context, guild string, typed any) (string, error) {
	encoded, err := json.Marshal(typed)
	if err != nil {
		return "", fmt.Errorf("keep what was typed: %w", err)
	}
	return d.Bench.Note(ctx, guild, encoded)
}

// keptTyped reads what was typed before.
func (d *Desk) keptTyped(ctx context.Context, u Use, into any) error {
	kept, err := d.Bench.Noted(ctx, u.Guild, u.On)
	if err != nil {
		return lost(err)
	}
	if err := json.Unmarshal(kept, into); err != nil {
		return fmt.Errorf("what was typed before: %w", err)
	}
	return nil
}

// again is a button that leads back to a form. There is none when nothing can be kept,
// which is logged: what was typed is attached as well.
func (d *Desk) again(ctx context.Context, u Use, a Action, typed any) render.Row {
	name, err := d.keepTyped(ctx, u.Guild, typed)
	if err != nil {
		d.Log.WarnContext(ctx, "what was typed into a form could not be kept", "error", err)
		return render.Row{}
	}
	return row(styled(u.button("Correct it", a, name, u.Page), render.Primary))
}

// lost says what to do when something is not kept any more.
func lost(err error) error {
	if errors.Is(err, article.ErrNotFound) {
		return fmt.Errorf("%w: what this button is about was kept for 30 days, and is gone; use the command again. A file in the message still has the text", article.ErrNotFound)
	}
	return err
}
