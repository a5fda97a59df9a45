package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/logbook"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// The kinds of job that the host's own processes do.
const (
	importJob     = "library.import" // an archive that was kept is put into a library
	purgeJob      = "guild.purge"    // a guild that left is deleted
	purgeFindJob  = "host.purge"     // guilds are looked for that left long ago
	sweepJob      = "host.sweep"     // what was kept long enough is removed
	keptAfterLeft = 30 * 24 * time.Hour
)

// jobHandlers does every kind of job that concerns the store.
func jobHandlers(s *store.Store, now func() time.Time) map[string]jobs.Handler {
	return map[string]jobs.Handler{
		importJob:    importHandler(s),
		purgeJob:     purgeHandler(s, now),
		purgeFindJob: purgeFindHandler(s, s.Queue(), now),
		sweepJob:     sweepHandler(s, now),
	}
}

// hostSchedules is what is done again and again.
func hostSchedules() []jobs.Schedule {
	return []jobs.Schedule{{Kind: sweepJob, Every: time.Hour}, {Kind: purgeFindJob, Every: 6 * time.Hour}, {Kind: logbook.ReviewsJob, Every: logbook.ReviewsEvery}}
}

// importArgs say what to import. The archive is kept as pages of the guild until
// the job has ended, so that any process can go on with it.
type importArgs struct {
	Pages  []string `json:"pages"` // hashes, in order
	Actor  string   `json:"actor"`
	Reason string   `json:"reason"`
	Whole  bool     `json:"whole"` // as [library.ImportOptions] says
}

// Each page begins with a text of its own, so that two jobs share none.
const (
	pageSize  = 8 << 20
	nonceSize = 26
)

// keepArchive keeps an archive as pages of a guild.
func keepArchive(ctx context.Context, pages library.Pages, guild string, archive []byte) (hashes []string, err error) {
	for len(archive) > 0 {
		n := min(len(archive), pageSize)
		hash, err := pages.KeepPage(ctx, guild, append([]byte(rand.Text()[:nonceSize]), archive[:n]...))
		if err != nil {
			return hashes, fmt.Errorf("keep the archive: %w", err)
		}
		hashes, archive = append(hashes, hash), archive[n:]
	}
	return hashes, nil
}

// keptArchive reads what keepArchive kept.
func keptArchive(ctx context.Context, pages library.Pages, guild string, hashes []string) ([]byte, error) {
	var archive []byte
	for _, hash := range hashes {
		page, err := pages.Page(ctx, guild, hash)
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		if len(page) < nonceSize {
			return nil, fmt.Errorf("%w: a piece of the archive is damaged", article.ErrInvalid)
		}
		archive = append(archive, page[nonceSize:]...)
	}
	return archive, nil
}

// archiveKeeper is what the handler of imports needs of the store.
type archiveKeeper interface {
	library.Mover
	library.Trail
	library.Pages
	DropPage(ctx context.Context, guild, hash string) error
}

// dropArchive removes what keepArchive kept, also when ctx has ended. What stays
// after an error goes with the pages that nothing refers to.
func dropArchive(ctx context.Context, s archiveKeeper, guild string, hashes []string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	for _, hash := range hashes {
		if err := s.DropPage(ctx, guild, hash); err != nil {
			return fmt.Errorf("remove the archive that was imported: %w", err)
		}
	}
	return nil
}

// importHandler puts an archive that was kept into the library of the job's guild.
func importHandler(s archiveKeeper) jobs.Handler {
	return func(ctx context.Context, t *jobs.Task) error {
		var args importArgs
		if err := json.Unmarshal([]byte(t.Job().Args), &args); err != nil {
			return fmt.Errorf("%w: the arguments of the import: %w", article.ErrInvalid, err)
		}
		err := importArchive(ctx, s, t, args)
		if err != nil && goesOn(ctx, err) {
			return err
		}
		dropped := dropArchive(ctx, s, t.Job().Guild, args.Pages)
		if err != nil {
			return jobs.Because(plainError(err), errors.Join(err, dropped))
		}
		return dropped
	}
}

// goesOn reports whether the job will be taken up again after this error.
func goesOn(ctx context.Context, err error) bool {
	if errors.Is(err, jobs.ErrCancelled) || errors.Is(context.Cause(ctx), jobs.ErrCancelled) {
		return false
	}
	return ctx.Err() != nil || errors.Is(err, jobs.ErrLost) || errors.Is(err, article.ErrUnavailable)
}

func importArchive(ctx context.Context, s archiveKeeper, t *jobs.Task, args importArgs) error {
	guild := t.Job().Guild
	data, err := keptArchive(ctx, s, guild, args.Pages)
	if err != nil {
		return err
	}
	archive, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	last := jobs.Progress{Cursor: t.Job().Cursor}
	report := func(done, total int64, cursor string) error {
		last = jobs.Progress{Done: done, Total: total, Cursor: cursor}
		return t.Checkpoint(ctx, last)
	}
	summary, err := archive.Import(ctx, s, s, guild, library.ImportOptions{
		Act: library.Act{Actor: args.Actor, Reason: args.Reason}, Whole: args.Whole, From: t.Job().Cursor, Progress: report,
	})
	if err != nil {
		return err
	}
	last.Note = importSentence(summary)
	return t.Checkpoint(ctx, last)
}

// importSentence says what came of an import.
func importSentence(s library.Summary) string {
	added, kept := s.Totals()
	text := "Imported " + counted(int(added), "row") + "."
	if kept > 0 {
		text += " As they were stayed " + counted(int(kept), "row") + " that were there already."
	}
	if !s.Whole {
		text += " Settings, watches, proposals and the audit trail stayed out: this server keeps its own."
	}
	return text
}

// purgeArgs say which guild is to be deleted.
type purgeArgs struct {
	Guild string `json:"guild"`
}

// gone reports whether a guild removed the bot so long ago that it is deleted.
func gone(g library.Guild, now time.Time) bool {
	return !g.Left.IsZero() && !g.Left.After(now.Add(-keptAfterLeft))
}

// purger deletes a guild that the bot left no later than before, and no other.
type purger interface {
	DeleteLeft(ctx context.Context, guild string, before time.Time) (deleted bool, err error)
}

// purgeHandler deletes a guild, unless the bot is back.
func purgeHandler(guilds purger, now func() time.Time) jobs.Handler {
	return func(ctx context.Context, t *jobs.Task) error {
		var args purgeArgs
		if err := json.Unmarshal([]byte(t.Job().Args), &args); err != nil {
			return fmt.Errorf("%w: the arguments of the deletion: %w", article.ErrInvalid, err)
		}
		deleted, err := guilds.DeleteLeft(ctx, args.Guild, now().Add(-keptAfterLeft))
		if err != nil || deleted {
			return err
		}
		return t.Checkpoint(ctx, jobs.Progress{Note: "The server has the bot again, or was deleted before, so nothing was deleted."})
	}
}

// purgeFindHandler enqueues the deletion of guilds that left long ago. It is a job
// of the host's, since a guild's own jobs are deleted with it.
func purgeFindHandler(guilds library.Guilds, q jobs.Queue, now func() time.Time) jobs.Handler {
	return func(ctx context.Context, _ *jobs.Task) error {
		all, err := guilds.Guilds(ctx)
		if err != nil {
			return err
		}
		for _, g := range all {
			if !gone(g, now()) {
				continue
			}
			args, err := json.Marshal(purgeArgs{g.ID})
			if err != nil {
				return err
			}
			key := purgeJob + "/" + g.ID + "/" + strconv.FormatInt(g.Left.UnixMilli(), 10)
			job := jobs.Job{ID: rand.Text(), Kind: purgeJob, Key: key, Args: string(args)}
			if _, _, err := q.Enqueue(ctx, library.Host, job); err != nil {
				return err
			}
		}
		return nil
	}
}

// sweepRows is how many rows go in one transaction.
const sweepRows = 500

// sweepHandler removes what has been kept long enough.
func sweepHandler(s library.Sweeper, now func() time.Time) jobs.Handler {
	return func(ctx context.Context, t *jobs.Task) error {
		var removed int64
		for {
			n, err := s.Sweep(ctx, now(), sweepRows)
			if err != nil {
				return err
			}
			if n == 0 {
				return nil
			}
			removed += n
			if err := t.Checkpoint(ctx, jobs.Progress{Done: removed}); err != nil {
				return err
			}
		}
	}
}
