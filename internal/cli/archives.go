package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// archives moves whole libraries for the moderators' side in Discord.
type archives struct{ store *store.Store }

// Export implements desk.Archives.
func (a archives) Export(ctx context.Context, guild string, to io.Writer, limit int64) error {
	_, err := library.Export(ctx, a.store, guild, &limitedWriter{to: to, left: limit, limit: limit})
	return err
}

// limitedWriter refuses more than a number of bytes.
type limitedWriter struct {
	to          io.Writer
	left, limit int64
}

// Write implements io.Writer.
func (w *limitedWriter) Write(b []byte) (int, error) {
	if int64(len(b)) > w.left {
		return 0, fmt.Errorf("%w: the library has more than %d MB", article.ErrTooLarge, w.limit>>20)
	}
	n, err := w.to.Write(b)
	w.left -= int64(n)
	return n, err
}

// Import implements desk.Archives. The archive is checked from end to end before it is
// kept.
func (a archives) Import(ctx context.Context, guild string, data []byte, act library.Act) (jobs.Job, error) {
	archive, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return jobs.Job{}, err
	}
	return enqueueImport(ctx, a.store, guild, act, data, archive.Hash())
}
