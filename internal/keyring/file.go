package keyring

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"verbatim/internal/article"
)

const (
	secretBytes = 32 // as long as the hash's output, as RFC 2104 section 3 recommends

	maxFile = 64 << 10 // bytes; some six hundred keys
	maxID   = 32

	othersMayRead fs.FileMode = 0o077
)

// heading is what a new file begins with.
const heading = "# Verbatim: the keys that askers are made into MACs with, the newest first.\n" +
	"# Keep this file secret, and keep a copy of it apart from the database's.\n"

// read reads a key file that nobody else may read.
func read(path string) ([]key, error) {
	text, err := readSecret(path)
	if err != nil {
		return nil, err
	}
	return parse(path, text)
}

// readSecret returns what a file holds that only its owner may read. The
// permissions are those of the very file that is read.
func readSecret(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fileError("cannot be read", path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fileError("cannot be read", path, err)
	}
	if err := checkMode(path, info); err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return "", fileError("cannot be read", path, err)
	}
	if len(text) > maxFile {
		return "", fmt.Errorf("%w: the key file %s has more than %d bytes, so it is no key file", article.ErrInvalid, path, maxFile)
	}
	return string(text), nil
}

// checkMode refuses what is no file, and a file that others may read. Windows keeps
// permissions in another way, and there nothing is checked.
func checkMode(path string, info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return fmt.Errorf("%w: the key file %s is a folder", article.ErrInvalid, path)
	case runtime.GOOS != "windows" && mode.Perm()&othersMayRead != 0:
		return fmt.Errorf("%w: others than its owner may use the key file %s (it is %#o): run chmod 600 on it", article.ErrInvalid, path, mode.Perm())
	}
	return nil
}

// fileError puts a failed operation on a key file into one of article's classes.
func fileError(what, path string, err error) error {
	class := article.ErrUnavailable
	switch {
	case errors.Is(err, fs.ErrNotExist):
		class = article.ErrNotFound
	case errors.Is(err, fs.ErrPermission):
		class = article.ErrInvalid
	}
	return fmt.Errorf("%w: the key file %s %s: %w", class, path, what, err)
}

// parse reads a key file's text: "id secret date" a line, and lines that are empty
// or begin with "#".
func parse(path, text string) ([]key, error) {
	var keys []key
	seen := map[string]bool{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if isNote(line) {
			continue
		}
		k, wrong := parseKey(line)
		if wrong == "" && seen[k.ID] {
			wrong = "the id " + k.ID + " is that of a line above"
		}
		if wrong != "" {
			return nil, damaged(path, number, wrong)
		}
		seen[k.ID] = true
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, damaged(path, 0, "the key file holds no key")
	}
	return keys, nil
}

func isNote(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// parseKey reads one line; wrong says what is wrong with it, and nothing of what it holds.
func parseKey(line string) (k key, wrong string) {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return k, fmt.Sprintf("a line has an id, a key and a date, and this one has %d fields", len(fields))
	}
	if !isID(fields[0]) {
		return k, fmt.Sprintf("the id is not 1 to %d small letters and digits", maxID)
	}
	secret, err := hex.DecodeString(fields[1])
	if err != nil || len(secret) != secretBytes {
		return k, fmt.Sprintf("the key is not %d hexadecimal digits", 2*secretBytes)
	}
	created, err := article.ParseDate(fields[2])
	if err != nil {
		return k, "the date is not one of the form 2026-01-31"
	}
	k.ID, k.Created = fields[0], created
	copy(k.secret[:], secret)
	return k, ""
}

// isID reports whether an id can stand before the colon of a MAC.
func isID(text string) bool {
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	return text != "" && len(text) <= maxID && !strings.ContainsFunc(text, other)
}

func damaged(path string, line int, message string) error {
	return &article.Problem{
		File: path, Line: line, Message: message,
		Fix: "put back a copy of the file; without its keys nobody is known again as the asker of an older answer",
	}
}

// line is how a key stands in the file.
func (k key) line() string {
	return k.ID + " " + hex.EncodeToString(k.secret[:]) + " " + k.Created.String() + "\n"
}
