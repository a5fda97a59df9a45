package store_test

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// today is when these tests take place.
func today() time.Time { return time.Date(2031, 5, 1, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// engines name a new database of each sort.
func engines() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func moderator() library.Act { return library.Act{Actor: "200000000000000001", Reason: "a test"} }

func TestPuttingWhatIsThereLeavesNoEntry(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			s := open(t, url(t))
			syn := library.Synonym{Words: []string{"tank", "aquarium"}, By: "m", At: today().Add(time.Nanosecond)}
			must(t, s.Synonyms().Put(t.Context(), "g", "1", syn, moderator()))
			must(t, s.Synonyms().Put(t.Context(), "g", "1", syn, moderator()))
			syn.Related = true
			must(t, s.Synonyms().Put(t.Context(), "g", "1", syn, moderator()))
			must(t, s.Synonyms().Delete(t.Context(), "g", "1", moderator()))

			trail, err := s.Audit(t.Context(), "g", 0, 10)
			must(t, err)
			changes, err := s.Changes(t.Context(), 0, 10)
			must(t, err)
			if len(trail) != 3 || len(changes) != 3 {
				t.Fatalf("%d entries and %d changes, want 3 and 3", len(trail), len(changes))
			}
			added, changed, deleted := trail[0], trail[1], trail[2]
			if added.Action != "synonym.put" || added.Before != "" || added.After == "" {
				t.Errorf("added: %+v", added)
			}
			if changed.Before != added.After || changed.After == changed.Before {
				t.Errorf("changed: %+v after %+v", changed, added)
			}
			if deleted.Action != "synonym.delete" || deleted.Before != changed.After || deleted.After != "" {
				t.Errorf("deleted: %+v", deleted)
			}
			if changes[0].Kind != library.ChangedSynonym || changes[0].Subject != "1" {
				t.Errorf("change: %+v", changes[0])
			}
		})
	}
}

func TestDraftsHaveALimit(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			s := open(t, url(t))
			for i := range library.MaxDrafts {
				must(t, s.Drafts().Put(t.Context(), "g", strconv.Itoa(i), library.Draft{Title: "Brine"}, moderator()))
			}
			err := s.Drafts().Put(t.Context(), "g", "one more", library.Draft{}, moderator())
			if !errors.Is(err, article.ErrTooLarge) || !strings.Contains(err.Error(), "25 drafts") || !strings.Contains(err.Error(), "delete one") {
				t.Errorf("beyond the limit: %v", err)
			}
			must(t, s.Drafts().Put(t.Context(), "g", "3", library.Draft{Title: "Salt"}, moderator()))
			must(t, s.Drafts().Put(t.Context(), "h", "one more", library.Draft{}, moderator()))
		})
	}
}

// TestWhatIsKeptCanBeExported: the largest record and page that a guild can keep do
// not keep its library from being exported, and larger ones are refused.
func TestWhatIsKeptCanBeExported(t *testing.T) {
	s, ctx := open(t, storetest.SQLite(t)), t.Context()
	draft := func(n int) error { // a sign whose JSON is six times as long, wherever it is written
		return s.Drafts().Put(ctx, fromGuild, "d", library.Draft{Source: strings.Repeat("\x01", n)}, moderator())
	}
	must(t, draft(library.MaxRecord/6-100))
	if err := draft(library.MaxRecord / 6); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("a draft that is too large: %v", err)
	}
	page := make([]byte, library.MaxPage+1)
	if _, err := s.KeepPage(ctx, fromGuild, page); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("a page that is too large: %v", err)
	}
	if _, err := s.KeepPage(ctx, fromGuild, page[1:]); err != nil {
		t.Error(err)
	}
	if _, err := library.Export(ctx, s, fromGuild, io.Discard); err != nil {
		t.Errorf("export: %v", err)
	}
}
