package store_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// sweepAll sweeps until nothing is left and returns how many rows went.
func sweepAll(t *testing.T, s *store.Store, now time.Time, limit int) (removed int64) {
	t.Helper()
	for {
		n, err := s.Sweep(t.Context(), now, limit)
		must(t, err)
		if n > int64(limit) {
			t.Fatalf("%d rows went where %d may", n, limit)
		}
		if n == 0 {
			return removed
		}
		removed += n
	}
}

func TestSweepAnswers(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			s := open(t, url(t))
			for i, kept := range []time.Duration{time.Hour, 2 * time.Hour, 3 * time.Hour, 30 * time.Hour, 0} {
				p := library.Posted{ID: strconv.Itoa(i), Question: strconv.Itoa(i), Expires: today().Add(kept)}
				if kept == 0 {
					p.Expires = time.Time{}
				}
				must(t, s.Post(t.Context(), "g", p, lease.Lease{}))
				must(t, s.Vote(t.Context(), "g", p.ID, "v", library.Helpful, ""))
			}
			if n := sweepAll(t, s, today(), 2); n != 0 {
				t.Errorf("%d rows went too early", n)
			}
			if n := sweepAll(t, s, today().Add(3*time.Hour), 2); n != 3 {
				t.Errorf("%d rows went, want 3", n)
			}
			for id, want := range map[string]bool{"0": false, "2": false, "3": true, "4": true} {
				_, err := s.PostedByID(t.Context(), "g", id)
				f, ferr := s.Feedback(t.Context(), "g", id)
				must(t, ferr)
				if want != (err == nil) || want != (f.Helpful == 1) {
					t.Errorf("answer %s: %v, %+v", id, err, f)
				}
			}
		})
	}
}

func TestSweepMissedAndPages(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			s := open(t, url(t))
			for i := range 5 {
				must(t, s.Miss(t.Context(), "g", library.Missed{ID: strconv.Itoa(i), Text: "?", At: today().Add(time.Duration(i) * time.Hour)}))
			}
			watched, err := s.KeepPage(t.Context(), "g", []byte("watched"))
			must(t, err)
			left, err := s.KeepPage(t.Context(), "g", []byte("left"))
			must(t, err)
			_, err = s.KeepPage(t.Context(), "h", []byte("watched")) // by another guild
			must(t, err)
			must(t, s.Watches().Put(t.Context(), "g", "1", library.Watch{Page: watched}, moderator()))

			if n := sweepAll(t, s, today().Add(library.MissedFor+2*time.Hour), 2); n != 3+2 {
				t.Errorf("%d rows went, want 3 questions and 2 pages", n)
			}
			missed, err := s.MissedQuestions(t.Context(), "g")
			if err != nil || len(missed) != 2 || missed[0].ID != "3" {
				t.Errorf("%+v, %v", missed, err)
			}
			if _, err := s.Page(t.Context(), "g", watched); err != nil {
				t.Errorf("the watched page: %v", err)
			}
			for guild, hash := range map[string]string{"g": left, "h": watched} {
				if _, err := s.Page(t.Context(), guild, hash); !errors.Is(err, article.ErrNotFound) {
					t.Errorf("a page of %s that no watch refers to: %v", guild, err)
				}
			}
		})
	}
}

// TestSweepFeed keeps the newest changes however old they are, and tells those who
// have not seen the others.
func TestSweepFeed(t *testing.T) {
	const always, beyond = 10_000, 30
	for engine, newURL := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			s := open(t, url)
			// Every second number is a change, as where other transactions lie between.
			_, err := storetest.Raw(t, url).ExecContext(t.Context(), `INSERT INTO feed (seq, guild, kind, subject, at)
			WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
			SELECT 2 * i, 'g', 'record', '', CAST($2 AS BIGINT) + i FROM n`, always+beyond, today().UnixMilli())
			must(t, err)

			if n := sweepAll(t, s, today().Add(47*time.Hour), 7); n != 0 {
				t.Errorf("%d changes of yesterday went", n)
			}
			if n := sweepAll(t, s, today().Add(49*time.Hour), 7); n != beyond {
				t.Errorf("%d changes went, want %d", n, beyond)
			}
			if _, err := s.Changes(t.Context(), 2*beyond-1, 1); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("one who has not seen the last change that went: %v", err)
			}
			changes, err := s.Changes(t.Context(), 2*beyond, 1)
			if err != nil || len(changes) != 1 || changes[0].Seq != 2*beyond+2 {
				t.Errorf("one who has seen it: %+v, %v", changes, err)
			}
		})
	}
}

// TestSweepLeases removes those of processes that are gone; a name that another
// process may take keeps its epoch.
func TestSweepLeases(t *testing.T) {
	for engine, newURL := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			s := open(t, url)
			raw := storetest.Raw(t, url)
			rows := map[string]struct {
				ago  time.Duration
				goes bool
			}{
				"process/h1a7":          {ago: 25 * time.Hour, goes: true},
				"identify/0/h1a7":       {ago: 25 * time.Hour, goes: true},
				"process/h1a7/recently": {ago: 23 * time.Hour},
				"identify/0":            {ago: 25 * time.Hour},
				"identify/h1a77":        {ago: 25 * time.Hour},
				"shard/0/h1a7":          {ago: 25 * time.Hour},
			}
			for name, row := range rows {
				l, err := s.Acquire(t.Context(), name, "h1a7", -row.ago)
				must(t, err)
				if l.Epoch != 1 {
					t.Fatal(l)
				}
			}
			if n := sweepAll(t, s, today(), 1); n != 2 {
				t.Errorf("%d leases went, want 2", n)
			}
			for name, row := range rows {
				var n int
				must(t, raw.QueryRowContext(t.Context(), `SELECT count(*) FROM leases WHERE name = $1`, name).Scan(&n))
				if row.goes != (n == 0) {
					t.Errorf("%s: %d rows", name, n)
				}
			}
		})
	}
}
