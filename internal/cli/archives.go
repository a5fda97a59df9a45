package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// archives moves whole libraries for the moderators' side in Discord.
type archives struct {
	store   *store.Store
	reading chan struct{} // has room for one: an archive takes much memory while it is read
}

func newArchives(s *store.Store) archives { return archives{s, make(chan struct{}, 1)} }

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

// heldArchive names an archive that was looked at and is kept until somebody decides.
type heldArchive struct {
	Pages []string `json:"pages"`
	Hash  string   `json:"hash"`
}

// Look implements desk.Archives. One archive at a time is downloaded and read, of all
// guilds: whoever comes meanwhile is told so.
func (a archives) Look(ctx context.Context, guild string, fetch func(context.Context) ([]byte, error)) (held string, o library.Outlook, err error) {
	select {
	case a.reading <- struct{}{}:
		defer func() { <-a.reading }()
	default:
		return "", o, fmt.Errorf("%w: another library is being read just now. Try again in a minute", article.ErrConflict)
	}
	data, err := fetch(ctx)
	if err != nil {
		return "", o, err
	}
	archive, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", o, err
	}
	if o, err = archive.Look(ctx, a.store, guild); err != nil {
		return "", o, err
	}
	h := heldArchive{Hash: archive.Hash()}
	if h.Pages, err = keepArchive(ctx, a.store, guild, data); err != nil {
		return "", o, errors.Join(err, dropArchive(ctx, a.store, guild, h.Pages))
	}
	text, err := json.Marshal(h)
	return string(text), o, err
}

// Import implements desk.Archives. What somebody uploads is never taken over whole.
func (a archives) Import(ctx context.Context, guild, held string, act library.Act) (jobs.Job, error) {
	h, err := readHeld(held)
	if err != nil {
		return jobs.Job{}, err
	}
	for _, page := range h.Pages {
		if _, err := a.store.Page(ctx, guild, page); errors.Is(err, article.ErrNotFound) {
			return jobs.Job{}, fmt.Errorf("%w: this archive is not kept any more. Use /kb import with the file again", article.ErrNotFound)
		} else if err != nil {
			return jobs.Job{}, err
		}
	}
	return enqueueKept(ctx, a.store, guild, h.Hash, importArgs{Pages: h.Pages, Actor: act.Actor, Reason: act.Reason})
}

// Drop implements desk.Archives.
func (a archives) Drop(ctx context.Context, guild, held string) error {
	h, err := readHeld(held)
	if err != nil {
		return err
	}
	all, err := a.store.Queue().Jobs(ctx, guild)
	if err != nil {
		return err
	}
	for _, j := range all {
		var under importArgs
		if j.Kind == importJob && j.State.Alive() && json.Unmarshal([]byte(j.Args), &under) == nil && slices.Equal(under.Pages, h.Pages) {
			return fmt.Errorf("%w: this archive is being imported by now. /kb jobs cancels that", article.ErrConflict)
		}
	}
	return dropArchive(ctx, a.store, guild, h.Pages)
}

func readHeld(held string) (h heldArchive, err error) {
	if err := json.Unmarshal([]byte(held), &h); err != nil || h.Hash == "" || len(h.Pages) == 0 {
		return h, fmt.Errorf("%w: this names no archive. Use /kb import with the file again", article.ErrNotFound)
	}
	return h, nil
}
