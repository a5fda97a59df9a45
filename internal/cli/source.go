package cli

import (
	"context"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// lookTime is how long one look at the database may take that nobody waits for. It
// ends one whose connection fell silent, as behind a firewall, which TCP itself
// notices after a quarter of an hour at best.
const lookTime = 15 * time.Second

// boundedSource is a source whose calls take a limited time each.
type boundedSource struct {
	shelf.Source
	limit time.Duration
}

// Shelf implements shelf.Source.
func (b boundedSource) Shelf(ctx context.Context, guild string) (library.Shelf, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.Shelf(ctx, guild)
}

// Head implements shelf.Source.
func (b boundedSource) Head(ctx context.Context) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.Head(ctx)
}

// Changes implements shelf.Source.
func (b boundedSource) Changes(ctx context.Context, after int64, limit int) ([]library.Change, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.Changes(ctx, after, limit)
}

// Owners implements shelf.Source.
func (b boundedSource) Owners(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.Owners(ctx)
}

// AllSettings implements shelf.Source.
func (b boundedSource) AllSettings(ctx context.Context) (map[string]map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.AllSettings(ctx)
}

// Settings implements shelf.Source.
func (b boundedSource) Settings(ctx context.Context, guild string) (map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	return b.Source.Settings(ctx, guild)
}
