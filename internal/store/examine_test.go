package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

func TestExamineFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "verbatim.db")
	cfg := store.Config{URL: "sqlite:" + path}
	if _, err := store.Examine(t.Context(), cfg); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("no file: %v", err)
	}
	if got := namesIn(t, dir); got != "" {
		t.Errorf("made %s", got)
	}
	s, end := openAt(t, path)
	set(t, s, "30")
	if err := s.UseKey(t.Context(), "print", nil, library.Act{Actor: library.Host}); err != nil {
		t.Fatal(err)
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // beside a process, and without one
		e, err := store.Examine(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(e.Engine, "SQLite 3.") || e.Journal != "wal" || e.Frozen != "" || e.Version != e.Known || e.Guilds != 1 || e.Key != "print" {
			t.Errorf("%+v", e)
		}
		end()
	}
	if got := namesIn(t, dir); got != "verbatim.db" {
		t.Errorf("left behind: %s", got)
	}
	s, _ = openAt(t, path)
	if after, err := s.Head(t.Context()); err != nil || after != head {
		t.Errorf("the clock went from %d to %d, %v", head, after, err)
	}
}

func TestExamineDamage(t *testing.T) {
	path, _ := backedUp(t)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	// All but the first page, which says that it is a database.
	if _, err := f.WriteAt([]byte(strings.Repeat("x", int(info.Size())-4096)), 4096); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Examine(t.Context(), store.Config{URL: "sqlite:" + path}); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a damaged file: %v", err)
	}
}

func TestExaminePostgres(t *testing.T) {
	for url, migrated := range map[string]bool{storetest.EmptyPostgres(t): false, storetest.Postgres(t): true} {
		for range 2 { // the first look has made nothing
			e, err := store.Examine(t.Context(), store.Config{URL: url})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(e.Engine, "PostgreSQL 1") || e.Frozen != "" || (e.Version == e.Known) != migrated || e.Known == 0 {
				t.Errorf("migrated %v: %+v", migrated, e)
			}
		}
	}
	if _, err := store.Examine(t.Context(), store.Config{URL: "mysql://x"}); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("another engine: %v", err)
	}
}
