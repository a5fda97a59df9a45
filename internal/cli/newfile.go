package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"verbatim/internal/article"
)

// writeNewFile writes a file that only its owner can read: all of it, or none. One
// that is there already is ErrConflict, unless replace says otherwise.
func writeNewFile(path string, replace bool, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil && !replace {
		return fileExists(path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".verbatim-*")
	if err != nil {
		return fmt.Errorf("%w: %s cannot be written: %w", article.ErrUnavailable, path, err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // nothing is left to remove after the renaming
	if err := writeAndClose(f, write); err != nil {
		return err
	}
	if !replace {
		if err := claim(path); err != nil {
			return err
		}
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("%w: %s cannot be written: %w", article.ErrUnavailable, path, err)
	}
	return nil
}

// writeAndClose writes a file and waits until it is on the disk.
func writeAndClose(f *os.File, write func(io.Writer) error) error {
	err := write(f)
	if synced := f.Sync(); err == nil {
		err = synced
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// claim makes an empty file of a name that nobody else has.
func claim(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fileExists(path)
	case err != nil:
		return fmt.Errorf("%w: %s cannot be written: %w", article.ErrUnavailable, path, err)
	}
	return f.Close()
}

func fileExists(path string) error {
	return fmt.Errorf("%w: %s is there already: name another file, or move it away", article.ErrConflict, path)
}
