package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

// TestPagesOfNoWatchAreNotExported: steps of dialogs and archives that wait are neither
// in an export nor counted, and stay where they are.
func TestPagesOfNoWatchAreNotExported(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			writeDown(t, s, fromGuild)
			before := exportOf(t, s)
			var kept []string
			for n := range 12 { // more than are read at once
				hash, err := s.KeepPage(t.Context(), fromGuild, fmt.Appendf(nil, "step %d", n))
				must(t, err)
				kept = append(kept, hash)
			}
			// The same bytes are watched elsewhere, which is nothing to this guild.
			watched, err := s.KeepPage(t.Context(), otherGuild, []byte("step 3"))
			must(t, err)
			must(t, s.Watches().Put(t.Context(), otherGuild, "w", library.Watch{URL: "u", Page: watched}, noted("")))
			if !bytes.Equal(before, exportOf(t, s)) {
				t.Error("the export holds pages that no watch refers to")
			}
			if m, err := library.Contents(t.Context(), s, fromGuild); err != nil || m.Tables["pages"] != 1 {
				t.Errorf("%d pages are counted, %v", m.Tables["pages"], err)
			}
			for _, hash := range kept {
				if _, err := s.Page(t.Context(), fromGuild, hash); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestLoadKeepsToTheLimits refuses the rows beyond what a guild may keep, with those that
// were loaded with them, and takes what is there already.
func TestLoadKeepsToTheLimits(t *testing.T) {
	if raceDetector {
		t.Skip("many rows and one goroutine: nothing for the race detector, and minutes of it")
	}
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			for table, most := range map[string]int{"drafts": library.MaxDrafts, "golden": library.MaxGolden, "preferences": library.MaxPreferences} {
				load := func(from, to int) (int, error) {
					rows := make([]library.Row, 0, to-from)
					for n := from; n < to; n++ {
						rows = append(rows, limitedRow(table, fmt.Sprintf("%05d", n)))
					}
					return s.Load(t.Context(), fromGuild, table, rows)
				}
				if n, err := load(0, most-1); err != nil || n != most-1 {
					t.Fatalf("%s: %d rows, %v", table, n, err)
				}
				if n, err := load(most-2, most+1); !errors.Is(err, article.ErrTooLarge) || n != 0 {
					t.Errorf("%s beyond the limit: %d rows, %v", table, n, err)
				}
				if n := rowsIn(t, s, table); n != most-1 {
					t.Errorf("%s: %d rows stay of what was refused", table, n-most+1)
				}
				if n, err := load(most-2, most); err != nil || n != 1 {
					t.Errorf("%s up to the limit: %d rows, %v", table, n, err)
				}
				if n, err := load(0, most); err != nil || n != 0 {
					t.Errorf("%s again: %d rows, %v", table, n, err)
				}
			}
		})
	}
}

// limitedRow is a row of one of the tables that have a limit.
func limitedRow(table, id string) library.Row {
	row := map[string]library.Row{
		"drafts":      {"title": "", "source": "", "base": ""},
		"golden":      {"question": "", "expect": "abstain", "article": "", "revision": "", "tier": "", "start_at": int64(0), "end_at": int64(0)},
		"preferences": {"question": "", "article": "", "revision": "", "start_at": int64(0), "end_at": int64(0)},
	}[table]
	row["id"], row["actor"], row["at"] = id, "", int64(1)
	return row
}

func rowsIn(t *testing.T, s *store.Store, table string) int {
	t.Helper()
	rows, err := s.Rows(t.Context(), fromGuild, table, 0, 10_000)
	must(t, err)
	return len(rows)
}
