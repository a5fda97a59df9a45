package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

const (
	backedUpGuild = "123456789012345678"
	setting       = "retention_days"
)

func summer() time.Time { return time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC) }

// openAt opens a database until the test ends, or the returned function is called.
func openAt(t *testing.T, path string) (*store.Store, func()) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: "sqlite:" + path, Now: summer})
	if err != nil {
		t.Fatal(err)
	}
	closed := false
	end := func() {
		if !closed {
			closed = true
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(end)
	return s, end
}

// set changes a guild's setting, which is what tells databases apart here.
func set(t *testing.T, s *store.Store, value string) {
	t.Helper()
	if err := s.SetSetting(t.Context(), backedUpGuild, setting, value, library.Act{Actor: library.Host}); err != nil {
		t.Fatal(err)
	}
}

// holds wants a database to have the setting.
func holds(t *testing.T, path, value string) {
	t.Helper()
	s, end := openAt(t, path)
	defer end()
	got, err := s.Settings(t.Context(), backedUpGuild)
	if err != nil || got[setting] != value {
		t.Errorf("%s holds %v, %v; want %q", filepath.Base(path), got, err, value)
	}
}

func namesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestBackupBesideAWriter(t *testing.T) {
	dir, copies := t.TempDir(), t.TempDir()
	path, file := filepath.Join(dir, "verbatim.db"), filepath.Join(copies, "copy.db")
	s, _ := openAt(t, path) // stays open, as in serve
	set(t, s, "30")
	c, err := store.Backup(t.Context(), path, file, false)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if c.Guilds != 1 || c.Version == 0 || c.Bytes != info.Size() {
		t.Errorf("contents %+v", c)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %#o", info.Mode().Perm())
	}
	if got := namesIn(t, copies); got != "copy.db" {
		t.Errorf("left behind: %s", got)
	}
	set(t, s, "31") // the writer goes on
	if _, err := store.Backup(t.Context(), path, file, false); !errors.Is(err, article.ErrConflict) || !errors.Is(err, os.ErrExist) {
		t.Errorf("over another file: %v", err)
	}
	holds(t, file, "30")
	if _, err := store.Backup(t.Context(), path, file, true); err != nil {
		t.Error(err)
	}
	holds(t, file, "31")
}

func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "verbatim.db")
	s, end := openAt(t, path)
	set(t, s, "30")
	end()
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	noDatabase := filepath.Join(dir, "notes.txt")
	writeFile(t, noDatabase, strings.Repeat("not a database ", 1000))
	for name, tc := range map[string]struct {
		from, to string
		class    error
	}{
		"onto itself":         {path, path, article.ErrInvalid},
		"onto itself by link": {path, link, article.ErrInvalid},
		"from a link onto it": {link, path, article.ErrInvalid},
		"onto its log":        {path, path + "-wal", article.ErrInvalid},
		"no database":         {filepath.Join(dir, "none.db"), filepath.Join(dir, "x.db"), article.ErrNotFound},
		"no folder":           {path, filepath.Join(dir, "none", "x.db"), article.ErrNotFound},
		"what is no database": {noDatabase, filepath.Join(dir, "x.db"), article.ErrInvalid},
		"a folder":            {dir, filepath.Join(dir, "x.db"), article.ErrInvalid},
	} {
		if _, err := store.Backup(t.Context(), tc.from, tc.to, true); !errors.Is(err, tc.class) {
			t.Errorf("%s: %v, want %v", name, err, tc.class)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Backup(ctx, path, filepath.Join(dir, "x.db"), false); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := namesIn(t, dir); got != "link.db notes.txt verbatim.db" {
		t.Errorf("left behind: %s", got)
	}
	holds(t, path, "30")
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func execRaw(t *testing.T, path, query string) {
	t.Helper()
	db := storetest.Raw(t, "sqlite:"+path)
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
