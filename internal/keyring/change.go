package keyring

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"verbatim/internal/article"
)

// idBytes is how much of a key's id is drawn by chance. Ids of one file must
// differ, and they are looked at before they are used.
const idBytes = 4

// Open reads the key file at path. When there is none, it makes one with a key
// drawn from random, which must be fit for cryptography, and dated now; of many
// processes that do so at once one wins, and all return its key. It is
// article.ErrInvalid when others than the owner may read the file, and an
// [article.Problem] with the line when it is damaged.
func Open(path string, random io.Reader, now time.Time) (*Ring, error) {
	r, err := Load(path)
	if !errors.Is(err, article.ErrNotFound) {
		return r, err
	}
	if err := create(path, random, now); err != nil {
		return nil, err
	}
	return Load(path)
}

// Load is Open that makes no file: it is article.ErrNotFound when there is none.
func Load(path string) (*Ring, error) {
	r := &Ring{path: path}
	if err := r.Reload(); err != nil {
		return nil, err
	}
	return r, nil
}

// create makes a key file, and leaves one alone that is there by then.
func create(path string, random io.Reader, now time.Time) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError("cannot be made", path, err)
	}
	k, err := newKey(random, now)
	if err != nil {
		return err
	}
	if err := place(path, heading+k.line(), os.Link); err != nil && !errors.Is(err, fs.ErrExist) {
		return fileError("cannot be made", path, err)
	}
	return syncFolder(path)
}

// place writes a file that appears whole and replaces none: a link, unlike a
// rename, fails when its name is taken. On a file system without links the file is
// written under its own name, and whoever reads it in that moment finds it damaged.
func place(path, text string, link func(from, to string) error) error {
	temp, err := writeTemp(path, text)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp) }()
	if err := link(temp, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(writeWhole(f, text), f.Close()); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}

// Rotate puts a new key in front of those of the file at path and returns the ring
// with it. The old keys still verify. Processes that have the file open go on with
// the key they know until [Ring.Reload]. It is article.ErrConflict while another
// process changes the file.
func Rotate(path string, random io.Reader, now time.Time) (*Ring, error) {
	err := change(path, func(text string, keys []key) (string, error) {
		k, err := newKey(random, now)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(keys, func(other key) bool { return other.ID == k.ID }) {
			return "", fmt.Errorf("%w: the new key got an id that is taken; try again", article.ErrUnavailable)
		}
		return before(text, k.line()), nil
	})
	if err != nil {
		return nil, err
	}
	return Load(path)
}

// Prune removes all keys but the newest and those whose ids are in keep. What was
// made with a removed key matches nothing any more. It is article.ErrNotFound when
// keep names a key that is not there, and article.ErrConflict while another process
// changes the file.
func Prune(path string, keep []string) error {
	return change(path, func(text string, keys []key) (string, error) {
		kept := map[string]bool{keys[0].ID: true}
		for _, id := range keep {
			if !slices.ContainsFunc(keys, func(k key) bool { return k.ID == id }) {
				return "", fmt.Errorf("%w: there is no key %q in %s", article.ErrNotFound, id, path)
			}
			kept[id] = true
		}
		return only(text, kept), nil
	})
}

// change replaces the text of a key file by what edit makes of it. The new text is
// written to one name that only one process can make, so that two changes cannot
// lose one another's key; renaming it is both the change and the end of the turn.
func change(path string, edit func(text string, keys []key) (string, error)) error {
	next := path + ".new"
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: the keys are being changed by another process; when none is, remove %s, which one left behind", article.ErrConflict, next)
	}
	if err != nil {
		return fileError("cannot be changed", path, err)
	}
	err = func() error {
		text, err := readSecret(path)
		if err != nil {
			return err
		}
		keys, err := parse(path, text)
		if err != nil {
			return err
		}
		text, err = edit(text, keys)
		if err != nil {
			return err
		}
		return writeWhole(f, text)
	}()
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		_ = os.Remove(next)
		return err
	}
	return syncFolder(path)
}

// before puts line in front of the first key of text.
func before(text, line string) string {
	var b strings.Builder
	put := false
	for existing := range strings.Lines(text) {
		if !put && !isNote(existing) {
			b.WriteString(line)
			put = true
		}
		b.WriteString(existing)
	}
	return b.String()
}

// only leaves the keys out of text whose ids are not kept.
func only(text string, kept map[string]bool) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if isNote(line) || kept[strings.Fields(line)[0]] {
			b.WriteString(line)
		}
	}
	return b.String()
}

func newKey(random io.Reader, now time.Time) (key, error) {
	k := key{Key: Key{Created: article.DateOf(now.UTC())}}
	var id [idBytes]byte
	for _, into := range [][]byte{id[:], k.secret[:]} {
		if _, err := io.ReadFull(random, into); err != nil {
			return key{}, fmt.Errorf("%w: no random bytes for a key: %w", article.ErrUnavailable, err)
		}
	}
	k.ID = hex.EncodeToString(id[:])
	return k, nil
}

// writeTemp writes a file beside path that only its owner may read.
func writeTemp(path, text string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return "", err
	}
	if err := errors.Join(writeWhole(f, text), f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// writeWhole writes text so that it survives a power cut.
func writeWhole(f *os.File, text string) error {
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return f.Sync()
}

// syncFolder makes a new name in the folder of path survive a power cut, where the
// system can: Windows opens no folders, and some file systems know no such thing.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fileError("cannot be kept", path, err)
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return fileError("cannot be kept", path, err)
	}
	return nil
}
