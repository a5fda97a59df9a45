package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

func (p *Program) libraryImportCommand() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "puts an exported library into a server's", ArgsUsage: "FILE",
		Description: "What is there already stays as it is, so the same file can be imported again.\n" +
			"A library that goes back to the server it comes from is taken over whole, as\n" +
			"long as nothing was changed there. For another server, settings, watches,\n" +
			"proposals and the audit trail stay out. The trail there says who imported it.\n\n" + guildHelp + "\n" +
			example(libraryExample("import", " library.zip")),
		Flags:  append([]cli.Flag{guildFlag()}, actFlags()...),
		Action: p.importLibrary,
	}
}

func (p *Program) importLibrary(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one file to import"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	if _, err := guildOf(c); err != nil {
		return err
	}
	path := c.Args().First()
	data, archive, err := readArchive(path)
	if err != nil {
		return err
	}
	for _, warning := range archive.Warnings() {
		fmt.Fprintf(p.Err, "verbatim: %s: %s\n", path, printable(warning))
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		ctx, release := p.interruptible(ctx)
		defer release()
		j, err := enqueueImport(ctx, s, guild, act, data, archive.Hash())
		if err != nil {
			return err
		}
		return p.workOnImport(ctx, s, j)
	})
}

// readArchive reads a file and checks it from end to end.
func readArchive(path string) ([]byte, *library.Archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s cannot be opened", article.ErrNotFound, path)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, library.MaxArchive+1))
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s cannot be read: %w", article.ErrUnavailable, path, err)
	}
	archive, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, placed(err))
	}
	return data, archive, nil
}

// placed takes the class off the message of an error that keeps it.
func placed(err error) error { return shown{err} }

type shown struct{ error }

func (s shown) Error() string { return plainError(s.error) }

// Unwrap returns the error itself.
func (s shown) Unwrap() error { return s.error }

// enqueueImport keeps an archive and adds the job that imports it, whole if that can be.
// When such an import of the same archive is under way, that is the job.
func enqueueImport(ctx context.Context, s *store.Store, guild string, act library.Act, data []byte, hash string) (jobs.Job, error) {
	pages, err := keepArchive(ctx, s, guild, data)
	if err != nil {
		return jobs.Job{}, err
	}
	return enqueueKept(ctx, s, guild, hash, importArgs{Pages: pages, Actor: act.Actor, Reason: act.Reason, Whole: true})
}

// enqueueKept adds the job that imports an archive that is kept. When an import of the
// same archive in the same way is under way, that is the job, and the copy is dropped
// that it does not need.
func enqueueKept(ctx context.Context, s *store.Store, guild, hash string, what importArgs) (jobs.Job, error) {
	args, err := json.Marshal(what)
	if err != nil {
		return jobs.Job{}, err
	}
	key := importJob + "/" + hash + "/"
	if what.Whole {
		key = importJob + "/whole/" + hash + "/"
	}
	for n := 1; ; n++ {
		job := jobs.Job{ID: rand.Text(), Kind: importJob, Key: key + strconv.Itoa(n), Args: string(args)}
		j, fresh, err := s.Queue().Enqueue(ctx, guild, job)
		if err != nil || fresh {
			return j, err
		}
		if !j.State.Alive() {
			continue
		}
		var under importArgs
		if err := json.Unmarshal([]byte(j.Args), &under); err == nil && slices.Equal(under.Pages, what.Pages) {
			return j, nil // the button was pressed twice
		}
		return j, dropArchive(ctx, s, guild, what.Pages)
	}
}

// lookAtJob is how often a job is looked at on which another process works.
const lookAtJob = time.Second

// workOnImport sees to it that an import gets done, and says how far it is.
func (p *Program) workOnImport(ctx context.Context, s *store.Store, j jobs.Job) error {
	bar := newProgress(p.Err, "import")
	runner := jobs.NewRunner(s.Queue(), "cli-"+rand.Text(), map[string]jobs.Handler{importJob: importHandler(s)}, jobs.Options{Poll: lookAtJob})
	j, err := runner.Do(ctx, j.Guild, j.ID, func(j jobs.Job) { bar.show(j.Done, j.Total) })
	bar.end()
	switch {
	case ctx.Err() != nil && j.State.Alive():
		fmt.Fprintf(p.Err, "verbatim: the import was put back at %d of %d rows; a bot that is running goes on with it, and so does the same command\n", j.Done, j.Total)
		return exitCode(exitError)
	case err != nil && ctx.Err() == nil:
		return err
	case j.State != jobs.Done:
		return fmt.Errorf("%w: nothing more is imported: %s", article.ErrInvalid, j.Note)
	}
	_, err = fmt.Fprintln(p.Out, j.Note)
	return err
}
