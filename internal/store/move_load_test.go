package store_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// TestLoadRefuses what no other port would have kept, and then keeps nothing of it.
func TestLoadRefuses(t *testing.T) {
	good := library.Row{"id": "x", "question": "q", "article": "", "actor": "", "at": int64(1)}
	with := func(name string, value any) library.Row {
		row := library.Row{name: value}
		for k, v := range good {
			if _, set := row[k]; !set {
				row[k] = v
			}
		}
		return row
	}
	without := with("question", "q")
	delete(without, "question")
	entry := library.Entry{At: summer(), Action: "x"}.Following(library.Entry{}, otherGuild)
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			for what, tc := range map[string]struct {
				table string
				row   library.Row
				class error
			}{
				"an unknown table":        {"posted", good, article.ErrInvalid},
				"a column less":           {"bank", without, article.ErrInvalid},
				"a column more":           {"bank", with("guild", "1"), article.ErrInvalid},
				"another type":            {"bank", with("at", "1"), article.ErrInvalid},
				"an int":                  {"bank", with("at", 1), article.ErrInvalid},
				"a NUL":                   {"bank", with("question", "\x00"), article.ErrInvalid},
				"not UTF-8":               {"bank", with("question", "\xff"), article.ErrInvalid},
				"an empty id":             {"bank", with("id", ""), article.ErrInvalid},
				"a long id":               {"bank", with("id", string(make([]byte, 513))), article.ErrInvalid},
				"another guild's entry":   {"audit", entryRow(entry), article.ErrConflict},
				"an entry out of nowhere": {"audit", entryRow(library.Entry{Action: "x"}.Following(library.Entry{N: 4, Hash: "h"}, fromGuild)), article.ErrConflict},
				"a source of another hash": {"revisions", library.Row{
					"article": "a", "hash": library.HashOf("y"), "revision": "r", "title": "", "source": "x", "actor": "", "note": "", "at": int64(1),
				}, article.ErrInvalid},
			} {
				n, err := s.Load(t.Context(), fromGuild, tc.table, []library.Row{tc.row})
				if !errors.Is(err, tc.class) || n != 0 {
					t.Errorf("%s: %d rows, %v", what, n, err)
				}
			}
			if n, err := s.Load(t.Context(), fromGuild, "bank", []library.Row{good, with("id", "")}); err == nil || n != 0 {
				t.Errorf("a good row and a bad one: %d rows, %v", n, err)
			}
			if m, err := library.Contents(t.Context(), s, fromGuild); err != nil || m.Rows() != 0 {
				t.Errorf("%d rows were kept, %v", m.Rows(), err)
			}
			if _, err := s.Rows(t.Context(), fromGuild, "posted", 0, 1); !errors.Is(err, article.ErrInvalid) {
				t.Errorf("rows of an unknown table: %v", err)
			}
		})
	}
}

// entryRow is an entry as it is moved.
func entryRow(e library.Entry) library.Row {
	return library.Row{
		"n": e.N, "at": e.At.UnixMilli(), "actor": e.Actor, "action": e.Action, "subject": e.Subject, "before": e.Before,
		"after": e.After, "reason": e.Reason, "prev": e.Prev, "hash": e.Hash,
	}
}

// TestLoadKeepsWhatIsThere: rows that are there are neither changed nor counted, and
// a trail that went on is not written over.
func TestLoadKeepsWhatIsThere(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			writeDown(t, s, fromGuild)
			before := exportOf(t, s)
			for _, table := range s.Tables() {
				rows, err := s.Rows(t.Context(), fromGuild, table, 0, 1000)
				if err != nil || len(rows) == 0 {
					t.Fatalf("%s: %d rows, %v", table, len(rows), err)
				}
				if n, err := s.Load(t.Context(), fromGuild, table, rows); err != nil || n != 0 {
					t.Errorf("%s: %d rows were new, %v", table, n, err)
				}
			}
			if !bytes.Equal(before, exportOf(t, s)) {
				t.Error("something was changed")
			}
			last := library.Entry{At: summer(), Action: "another"}.Following(library.Entry{}, fromGuild)
			if _, err := s.Load(t.Context(), fromGuild, "audit", []library.Row{entryRow(last)}); !errors.Is(err, article.ErrConflict) {
				t.Errorf("another first entry: %v", err)
			}
		})
	}
}

// TestLoadPropagates lets posted answers be brought in line with what is hidden by a
// library that is put in, and with nothing that was there before.
func TestLoadPropagates(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			for _, key := range []string{"shipped", "there", "other"} {
				p := library.Posted{ID: key, Question: key, Quoted: library.Place{Article: key}}
				must(t, s.Post(t.Context(), fromGuild, p, lease.Lease{}))
			}
			var rows []library.Row
			for _, key := range []string{"nobody", "shipped", "there"} {
				rows = append(rows, library.Row{"article": key, "state": "hidden", "own": false, "hash": "", "actor": "", "at": int64(1)})
			}
			load := func(want int, rows ...library.Row) {
				t.Helper()
				if n, err := s.Load(t.Context(), fromGuild, "publications", rows); err != nil || n != want {
					t.Errorf("%d rows were new, want %d, %v", n, want, err)
				}
				all, err := s.Queue().Jobs(t.Context(), fromGuild)
				if err != nil || len(all) != want || all[0].Kind != library.PropagateJob {
					t.Errorf("jobs %+v, %v", all, err)
				}
			}
			load(1, rows[2])
			_, _, err := s.Queue().Take(t.Context(), "me", []string{library.PropagateJob}, time.Hour)
			must(t, err)
			load(2, rows...)
			all, err := s.Queue().Jobs(t.Context(), fromGuild)
			if err != nil || all[1].Args != `{"article":"shipped"}` {
				t.Errorf("jobs %+v, %v", all, err)
			}
		})
	}
}

func TestDropPage(t *testing.T) {
	for name, url := range movers() {
		t.Run(name, func(t *testing.T) {
			s := openURL(t, url(t))
			for _, guild := range []string{fromGuild, otherGuild} {
				if _, err := s.KeepPage(t.Context(), guild, []byte("page")); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				if err := s.DropPage(t.Context(), fromGuild, library.HashOf("page")); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Page(t.Context(), fromGuild, library.HashOf("page")); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("the page is there: %v", err)
			}
			if _, err := s.Page(t.Context(), otherGuild, library.HashOf("page")); err != nil {
				t.Errorf("another guild's page: %v", err)
			}
		})
	}
}
