package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"verbatim/internal/article"
)

// ProcessLease is what the names of the leases begin with that running processes
// hold for as long as they run.
const ProcessLease = "process/"

// Restored says what a restore did.
type Restored struct {
	Contents
	Aside     string // where the database is that was there before; empty when none was
	Unchecked bool   // that one could not be read, so nobody could tell whether a process uses it
}

// asideTime is how the moment of a restore stands in a file's name, in UTC.
const asideTime = "20060102T150405Z"

// Restore puts a copy of file, which [Backup] made, in the place of a SQLite
// database. It is ErrConflict when there is a database and replace is not set (then
// also fs.ErrExist), or when a process runs on it. The old database is kept beside, under a name with the
// time now. Leases of the copy count as released.
func Restore(ctx context.Context, file, database string, replace bool, now time.Time) (Restored, error) {
	if target, err := filepath.EvalSymlinks(database); err == nil {
		database = target // SQLite names its other files after it
	}
	if ofDatabase(database, file) {
		return Restored{}, fmt.Errorf("%w: %s belongs to the database itself: name a backup of it", article.ErrInvalid, file)
	}
	if _, err := Inspect(ctx, file); err != nil {
		return Restored{}, err
	}
	r := swap{database: database, aside: database + ".before-restore-" + now.UTC().Format(asideTime)}
	if err := r.refuse(ctx, replace); err != nil {
		return Restored{}, err
	}
	if err := os.MkdirAll(filepath.Dir(database), 0o700); err != nil {
		return Restored{}, fileFault(database, err)
	}
	temp, c, err := copyDatabase(ctx, file, database)
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = os.Remove(temp) }() // what is left of it
	if err := releaseAll(ctx, temp); err != nil {
		return Restored{}, err
	}
	if err := r.do(ctx, temp, replace); err != nil {
		return Restored{}, err
	}
	done := Restored{Contents: c, Unchecked: r.unreadable}
	if r.exists {
		done.Aside = r.aside
	}
	return done, nil
}

// releaseAll ends the leases of a copy: their holders never knew of it.
func releaseAll(ctx context.Context, path string) error {
	s, err := openFile(ctx, path)
	if err != nil {
		return err
	}
	if _, err = s.writes.ExecContext(ctx, `UPDATE leases SET expires = 0`); err != nil && ctx.Err() == nil {
		err = s.dialect.classify(err)
	}
	return errors.Join(err, s.Close(), syncFile(path))
}

// swap puts one file in the place of a database.
type swap struct {
	database, aside string
	exists          bool // there is a database to put aside
	unreadable      bool // and it cannot be read
}

// refuse says why the database must stay where it is, if it must.
func (r *swap) refuse(ctx context.Context, replace bool) error {
	_, err := os.Lstat(r.database)
	r.exists = err == nil
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fileFault(r.database, err)
	case !replace:
		return exists("there is a database at " + r.database + " already")
	}
	s, err := openFile(ctx, r.database)
	if err != nil {
		return r.goOnUnread(ctx, err)
	}
	defer func() { _ = s.Close() }()
	running, err := s.Live(ctx, ProcessLease)
	if err != nil {
		return r.goOnUnread(ctx, err)
	}
	if len(running) > 0 {
		return fmt.Errorf("%w: verbatim serve runs on %s (%s): stop it first; after a crash, wait half a minute",
			article.ErrConflict, r.database, running[0].Holder)
	}
	return nil
}

// goOnUnread lets a damaged database be replaced, which is what backups are for.
func (r *swap) goOnUnread(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if f, ok := errors.AsType[*fault](err); ok && (f.reason == faultBusy || f.reason == faultUnreachable) {
		return err
	}
	r.unreadable = true
	return nil
}

// do swaps the files. Until the last step the old database is in its place.
func (r *swap) do(ctx context.Context, temp string, replace bool) error {
	if err := r.refuse(ctx, replace); err != nil { // again: making the copy took its time
		return err
	}
	if r.exists {
		r.fold(ctx)
		if err := keepAside(r.database, r.aside); err != nil {
			return fileFault(r.aside, err)
		}
	}
	// Left where they are, these would be taken for those of the new file.
	for _, ending := range sidecars() {
		if err := os.Rename(r.database+ending, r.aside+ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fileFault(r.database+ending, err)
		}
	}
	if err := os.Rename(temp, r.database); err != nil {
		return fileFault(r.database, err)
	}
	return syncFolder(r.database)
}

// fold writes the -wal file into the database and takes it away, where that can be
// done; where it cannot, the file goes aside with the database.
func (r *swap) fold(ctx context.Context) {
	s, err := openFile(ctx, r.database)
	if err != nil {
		return
	}
	_, _ = s.writes.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	_ = s.Close()
}

// keepAside gives a file a second name, which must be free, or another one on a
// file system without links.
func keepAside(path, aside string) error {
	err := os.Link(path, aside)
	if err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	if _, err := os.Lstat(aside); err == nil {
		return os.ErrExist
	}
	return os.Rename(path, aside)
}
