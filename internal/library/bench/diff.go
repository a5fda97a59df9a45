package bench

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Diff compares the Markdown of two revisions of an article, as a unified diff whose
// sides are named by the beginnings of their hashes; it is empty for one and the same.
// from and to are hashes or beginnings of hashes. Without to it is the current revision,
// and without from the one before to: of an article that was put back to an early
// revision, the latest of the others. ErrNotFound for a revision that is not there, and
// where there is none before.
func (b *Bench) Diff(ctx context.Context, guild, key, from, to string) (string, error) {
	after, err := b.Desk.Show(ctx, guild, key, to)
	if err != nil {
		return "", err
	}
	if from == "" {
		if from, err = b.before(ctx, guild, key, after.Hash, to == ""); err != nil {
			return "", err
		}
	}
	before, err := b.Desk.Show(ctx, guild, key, from)
	if err != nil {
		return "", err
	}
	return unified(before.Hash, before.Source, after.Hash, after.Source), nil
}

// before returns the hash of the revision before another one.
func (b *Bench) before(ctx context.Context, guild, key, hash string, current bool) (string, error) {
	history, err := b.Desk.History(ctx, guild, key)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(history, func(v library.Version) bool { return v.Hash == hash })
	switch last := len(history) - 1; {
	case current && at < last:
		return history[last].Hash, nil
	case at > 0:
		return history[at-1].Hash, nil
	}
	return "", fmt.Errorf("%w: %q has no revision before %s, so there is nothing to compare it with", article.ErrNotFound, key, shortHash(hash))
}

// unified is the unified diff of two texts, without the line that names the command.
func unified(from, before, to, after string) string {
	out := diff.Diff(shortHash(from), []byte(before), shortHash(to), []byte(after))
	_, out, _ = bytes.Cut(out, []byte("\n"))
	return string(out)
}

// shortHash is as much of a hash as people compare.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }
