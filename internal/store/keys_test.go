package store_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

func TestUseKey(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { testUseKey(t, storetest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { testUseKey(t, storetest.Postgres(t)) })
}

func testUseKey(t *testing.T, url string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: summer})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	act := library.Act{Actor: library.Host}
	for i, step := range []struct {
		use   string
		knows string // what the process recognises
		inUse string // afterwards
		class error
	}{
		{"one", "one", "one", nil},
		{"one", "one", "one", nil},                 // a restart
		{"two", "one two", "two", nil},             // a rotation
		{"one", "one", "two", article.ErrConflict}, // an old copy of the file
		{"other", "other", "two", article.ErrConflict},
		{"", "", "two", article.ErrInvalid},
	} {
		err := s.UseKey(t.Context(), step.use, func(f string) bool { return strings.Contains(step.knows, f) }, act)
		if !errors.Is(err, step.class) {
			t.Errorf("step %d: %v, want %v", i, err, step.class)
		}
		if got, err := s.KeyInUse(t.Context()); got != step.inUse || err != nil {
			t.Errorf("step %d: in use %q, %v", i, got, err)
		}
	}
	changes, err := s.Changes(t.Context(), 0, 10)
	if err != nil || len(changes) != 2 || changes[1].Kind != library.ChangedKey || changes[1].Guild != library.Host {
		t.Errorf("changes %+v, %v", changes, err)
	}
}
