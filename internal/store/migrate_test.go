package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// empties name a new database without tables of each sort.
func empties() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.EmptyPostgres}
}

// TestMigrateAtOnce lets many open an empty database at once: this process eight
// times, and four others.
func TestMigrateAtOnce(t *testing.T) {
	for engine, url := range empties() {
		t.Run(engine, func(t *testing.T) {
			url := url(t)
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if out, err := child(t, "open", url).CombinedOutput(); err != nil {
						t.Errorf("a process: %v\n%s", err, out)
					}
				})
			}
			for range 8 {
				all.Go(func() {
					s, err := store.Open(t.Context(), store.Config{URL: url, Now: today})
					if err != nil {
						t.Error(err)
						return
					}
					if _, err := s.Head(t.Context()); err != nil {
						t.Error(err)
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			versions, applied := appliedVersions(t, url)
			if versions == 0 || applied != versions {
				t.Errorf("%d versions were applied %d times", versions, applied)
			}
		})
	}
}

// appliedVersions counts what goose wrote down.
func appliedVersions(t *testing.T, url string) (versions, applied int) {
	t.Helper()
	must(t, storetest.Raw(t, url).QueryRowContext(t.Context(),
		`SELECT count(DISTINCT version_id), count(*) FROM goose_db_version WHERE version_id > 0`).Scan(&versions, &applied))
	return versions, applied
}

// openAct opens a database and closes it, as a starting process does.
func openAct(ctx context.Context, url string) error {
	s, err := store.Open(ctx, store.Config{URL: url, Now: time.Now})
	if err != nil {
		return err
	}
	_, err = s.Head(ctx)
	return errors.Join(err, s.Close())
}

// TestNewerDatabase refuses a database that a newer program wrote.
func TestNewerDatabase(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := url(t)
			must(t, openAct(t.Context(), url))
			_, err := storetest.Raw(t, url).ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
			must(t, err)
			s, err := store.Open(t.Context(), store.Config{URL: url, Now: today})
			if !errors.Is(err, article.ErrConflict) {
				t.Errorf("error %v, want %v", err, article.ErrConflict)
			}
			if s != nil {
				t.Error("it was opened all the same", s.Close())
			}
		})
	}
}

// TestOpenRefuses wants addresses of no database to be refused in plain words, which
// do not repeat a password.
func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		url  string
		want error
	}{
		"nothing":            {"", article.ErrInvalid},
		"another engine":     {"mysql://u@h/d", article.ErrInvalid},
		"sqlite, no path":    {"sqlite:", article.ErrInvalid},
		"no port":            {"postgres://u:hunter2@h:x/d", article.ErrInvalid},
		"nobody listens":     {"postgres://u:hunter2@127.0.0.1:1/d?connect_timeout=2", article.ErrUnavailable},
		"no folder":          {fmt.Sprintf("sqlite:%s/none/verbatim.db", t.TempDir()), article.ErrUnavailable},
		"a folder":           {"sqlite:" + t.TempDir(), article.ErrUnavailable},
		"no folder of a URL": {"postgres://u:hunter2@/d?host=" + t.TempDir(), article.ErrUnavailable},
	} {
		s, err := store.Open(t.Context(), store.Config{URL: c.url, Now: today})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
		if s != nil {
			t.Errorf("%s: it was opened", name)
		}
		if err != nil && containsAny(err.Error(), "hunter2", "SQLSTATE", "dial", "pgx") {
			t.Errorf("%s: the error %q says too much", name, err)
		}
	}
}
