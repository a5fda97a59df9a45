package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// reasons collects what WriteFailed hears.
type reasons struct {
	mu  sync.Mutex
	all []string
}

func (r *reasons) failed(reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, reason)
}

// take returns what was heard since it was asked last.
func (r *reasons) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.all
	r.all = nil
	return all
}

// frozen wants an error that says that nobody can write.
func frozen(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, article.ErrUnavailable) || !errors.Is(err, lease.ErrFrozen) {
		t.Errorf("%s: error %v, want %v and %v", what, err, article.ErrUnavailable, lease.ErrFrozen)
	}
}

// cannotWrite wants writes to fail for a reason, and reads to go on.
func cannotWrite(t *testing.T, s *store.Store, heard *reasons, reason string) {
	t.Helper()
	ctx := t.Context()
	big := strings.Repeat("no room ", 1<<13)
	_, acquired := s.Acquire(ctx, "another", "me", time.Hour)
	writes := map[string]error{
		"setting": s.SetSetting(ctx, "guild", "new", big, moderator()),
		"text":    s.KeepText(ctx, "guild", library.Text{Revision: "new", Canonical: big}),
		"draft":   s.Drafts().Put(ctx, "guild", "new", library.Draft{Source: big}, moderator()),
		"answer":  s.Post(ctx, "guild", library.Posted{ID: "new", Question: "new", Channel: big}, lease.Lease{}),
	}
	if reason == "read-only" {
		writes["lease"] = acquired // when the disk is full, so small a row may find room
	}
	for name, err := range writes {
		frozen(t, name, err)
	}
	all := heard.take()
	if len(all) < len(writes) || slices.ContainsFunc(all, func(r string) bool { return r != reason }) {
		t.Errorf("heard %q, want %d times %q", all, len(writes), reason)
	}
	if settings, err := s.Settings(ctx, "guild"); err != nil || settings["old"] != "value" || settings["new"] != "" {
		t.Errorf("settings %v, %v", settings, err)
	}
	shelf, err := s.Shelf(ctx, "guild")
	if err != nil || len(shelf.Sources) != 1 {
		t.Errorf("shelf %v, %v", shelf, err)
	}
}

// fillLittle keeps something to be read later.
func fillLittle(t *testing.T, s *store.Store) {
	t.Helper()
	must(t, s.SetSetting(t.Context(), "guild", "old", "value", moderator()))
	source := "# Rest\n"
	_, err := s.Publish(t.Context(), "guild",
		library.Revision{Article: "rest", Hash: library.HashOf(source), Revision: "r", Source: source}, "", moderator())
	must(t, err)
}

// sound wants writes to go on, and the file and the audit trail to be whole.
func sound(t *testing.T, s *store.Store, url string) {
	t.Helper()
	must(t, s.SetSetting(t.Context(), "guild", "new", strings.Repeat("room ", 1<<10), moderator()))
	trail, err := s.Audit(t.Context(), "guild", 0, 100)
	must(t, err)
	must(t, library.VerifyTrail("guild", library.Entry{}, trail))
	var result string
	must(t, storetest.Raw(t, url).QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&result))
	if result != "ok" {
		t.Error(result)
	}
}

// heardOn opens a database and hears of its writes that fail.
func heardOn(t *testing.T, url string) (*store.Store, *reasons) {
	t.Helper()
	heard := new(reasons)
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: today, WriteFailed: heard.failed})
	must(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, heard
}

// TestFullFile lets SQLite run into a limit on the file's size, which it treats as a
// full disk.
func TestFullFile(t *testing.T) {
	url := storetest.SQLite(t)
	s, heard := heardOn(t, url)
	fillLittle(t, s)
	limit := func(pages string) {
		_, err := store.Writer(s).ExecContext(t.Context(), "PRAGMA max_page_count = "+pages)
		must(t, err)
	}
	limit("1") // it is never set below the file's size
	cannotWrite(t, s, heard, "full")
	limit("1000000")
	sound(t, s, url)
}

// TestFileTurnsReadOnly lets a running store find that it may write no more.
func TestFileTurnsReadOnly(t *testing.T) {
	url := storetest.SQLite(t)
	s, heard := heardOn(t, url)
	fillLittle(t, s)
	turn := func(how string) {
		_, err := store.Writer(s).ExecContext(t.Context(), "PRAGMA query_only = "+how)
		must(t, err)
	}
	turn("ON")
	cannotWrite(t, s, heard, "read-only")
	turn("OFF")
	sound(t, s, url)
}

// readAct opens a database that it may not write, and proves that it can be read. It
// runs as a user whom permissions bind.
func readAct(ctx context.Context, url string) error {
	heard := new(reasons)
	s, err := store.Open(ctx, store.Config{URL: url, Now: time.Now, WriteFailed: heard.failed})
	if err != nil {
		return err
	}
	settings, err := s.Settings(ctx, "guild")
	if err != nil || settings["old"] != "value" {
		return fmt.Errorf("settings %v, %w", settings, err)
	}
	err = s.SetSetting(ctx, "guild", "new", "value", moderator())
	if !errors.Is(err, article.ErrUnavailable) || !errors.Is(err, lease.ErrFrozen) {
		return fmt.Errorf("the write: %w", err)
	}
	if all := heard.take(); !slices.Equal(all, []string{"read-only"}) {
		return fmt.Errorf("heard %q", all)
	}
	return s.Close()
}

// readOnlyFolder makes a file read-only with its folder, and returns its address. The
// process that wrote it has closed it, so that the log is part of the file.
func readOnlyFolder(t *testing.T, log bool) string {
	t.Helper()
	folder := t.TempDir()
	url := "sqlite:" + filepath.Join(folder, "verbatim.db")
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: today})
	must(t, err)
	fillLittle(t, s)
	if log { // copied beside the file as a process leaves it that is killed
		from := folder
		folder = t.TempDir()
		url = "sqlite:" + filepath.Join(folder, "verbatim.db")
		must(t, os.CopyFS(folder, os.DirFS(from)))
	}
	must(t, s.Close())
	files, err := os.ReadDir(folder)
	must(t, err)
	for _, f := range files {
		must(t, os.Chmod(filepath.Join(folder, f.Name()), 0o444))
	}
	must(t, os.Chmod(folder, 0o555))
	must(t, os.Chmod(filepath.Dir(folder), 0o755)) // the test's own, which is closed to other users
	t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
	return url
}
