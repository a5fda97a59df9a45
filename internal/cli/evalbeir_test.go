package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestReplaceFile wants the old file to stand, and nothing beside it, when writing
// the new one fails half way.
func TestReplaceFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.run")
	write := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, _ = io.WriteString(w, text)
			return err
		}
	}
	full := errors.New("the disk is full")
	for _, step := range []struct {
		text string
		err  error
		want string
	}{{"first", nil, "first"}, {"seco", full, "first"}, {"third", nil, "third"}} {
		if err := replaceFile(path, write(step.text, step.err)); !errors.Is(err, step.err) {
			t.Errorf("%s: %v", step.text, err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != step.want {
			t.Errorf("after %s the file has %q, %v", step.text, got, err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("after %s there are %v, %v", step.text, entries, err)
		}
	}
}
