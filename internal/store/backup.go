package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"verbatim/internal/article"
)

// Backup copies a SQLite database to another file as of one moment, also while
// other processes write to it. The copy is checked, readable by its owner alone,
// and appears under its name only once it is whole and on the disk. A file of that
// name is ErrConflict and fs.ErrExist unless replace is set. Nothing is migrated.
func Backup(ctx context.Context, database, file string, replace bool) (Contents, error) {
	if source, err := filepath.EvalSymlinks(database); err == nil {
		database = source // SQLite names its other files after it
	}
	if ofDatabase(database, file) {
		return Contents{}, fmt.Errorf("%w: %s belongs to the database itself: name another file", article.ErrInvalid, file)
	}
	if _, err := os.Lstat(file); err == nil && !replace {
		return Contents{}, fileFault(file, os.ErrExist)
	}
	temp, c, err := copyDatabase(ctx, database, file)
	if err != nil {
		return Contents{}, err
	}
	defer func() { _ = os.Remove(temp) }() // what is left of it
	if err := appear(temp, file, replace); err != nil {
		return Contents{}, fileFault(file, err)
	}
	return c, syncFolder(file)
}

// sidecars are what SQLite puts beside a file, as endings of its name.
// Source: https://www.sqlite.org/tempfiles.html
func sidecars() []string { return []string{"-wal", "-shm", "-journal"} }

// ofDatabase reports whether file is the database, or a name that SQLite uses beside it.
func ofDatabase(database, file string) bool {
	return slices.ContainsFunc(append(sidecars(), ""), func(ending string) bool { return sameFile(database+ending, file) })
}

// sameFile reports whether two names are those of one file, now or once it is there.
func sameFile(a, b string) bool {
	first, errA := os.Stat(a)
	second, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(first, second)
	}
	first, errA = os.Stat(filepath.Dir(a))
	second, errB = os.Stat(filepath.Dir(b))
	return errA == nil && errB == nil && os.SameFile(first, second) && filepath.Base(a) == filepath.Base(b)
}

// copyDatabase makes a checked copy under a name of its own beside the file that
// it is to become.
func copyDatabase(ctx context.Context, database, file string) (temp string, c Contents, err error) {
	temp, err = emptyBeside(file)
	if err != nil {
		return "", c, fileFault(file, err)
	}
	if err = vacuumInto(ctx, database, temp); err == nil {
		c, err = Inspect(ctx, temp)
	}
	if err == nil {
		err = syncFile(temp)
	}
	if err != nil {
		_ = os.Remove(temp)
		return "", c, err
	}
	return temp, c, nil
}

// emptyBeside makes an empty file that only its owner may read, in the folder of file.
func emptyBeside(file string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*") // with mode 0600
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// vacuumInto writes what a database holds into an empty file.
// Source: https://www.sqlite.org/lang_vacuum.html#vacuuminto
func vacuumInto(ctx context.Context, database, file string) error {
	s, err := openFile(ctx, database)
	if err != nil {
		return err
	}
	_, err = s.writes.ExecContext(ctx, `VACUUM INTO $1`, file)
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case err != nil:
		err = notADatabase(database, s.dialect.classify(err))
	}
	return errors.Join(err, s.Close())
}

// appear gives a file its name, in place of another one only where replace is set.
func appear(temp, file string, replace bool) error {
	if !replace {
		// A link, unlike a rename, fails when its name is taken.
		if err := os.Link(temp, file); err == nil || errors.Is(err, os.ErrExist) {
			return err
		}
		if _, err := os.Lstat(file); err == nil { // a file system without links
			return os.ErrExist
		}
	}
	return os.Rename(temp, file)
}

// syncFile writes out what the system still holds of a file.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fileFault(path, err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fileFault(path, err)
	}
	return nil
}

// syncFolder makes a new name in the folder of path survive a power cut, where the
// system can: Windows opens no folders, and some file systems know no such thing.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fileFault(path, err)
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return fileFault(path, err)
	}
	return nil
}
