package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/store"
)

func TestRestore(t *testing.T) {
	path, file := backedUp(t)
	dir := filepath.Dir(path)
	s, end := openAt(t, path)
	set(t, s, "31")
	end()

	if _, err := store.Restore(t.Context(), file, path, false, summer()); !errors.Is(err, article.ErrConflict) || !errors.Is(err, os.ErrExist) {
		t.Errorf("over a database: %v", err)
	}
	holds(t, path, "31")
	r, err := store.Restore(t.Context(), file, path, true, summer())
	if err != nil {
		t.Fatal(err)
	}
	aside := path + ".before-restore-20270601T120000Z"
	if r.Aside != aside || r.Unchecked || r.Guilds != 1 {
		t.Errorf("restored %+v", r)
	}
	if got := namesIn(t, dir); got != "verbatim.db verbatim.db.before-restore-20270601T120000Z" {
		t.Errorf("files: %s", got)
	}
	holds(t, path, "30")
	holds(t, aside, "31")
	if _, err := store.Restore(t.Context(), file, path, true, summer()); !errors.Is(err, article.ErrConflict) {
		t.Errorf("twice in one second: %v", err)
	}
	holds(t, aside, "31")

	fresh := filepath.Join(t.TempDir(), "new", "folder", "verbatim.db")
	if r, err := store.Restore(t.Context(), file, fresh, false, summer()); err != nil || r.Aside != "" {
		t.Errorf("where nothing was: %+v, %v", r, err)
	}
	holds(t, fresh, "30")
}

// backedUp makes a database with the setting 30, and a backup of it elsewhere.
func backedUp(t *testing.T) (path, file string) {
	t.Helper()
	path, file = filepath.Join(t.TempDir(), "verbatim.db"), filepath.Join(t.TempDir(), "copy.db")
	s, end := openAt(t, path)
	set(t, s, "30")
	end()
	if _, err := store.Backup(t.Context(), path, file, false); err != nil {
		t.Fatal(err)
	}
	return path, file
}

func TestRestoreLeavesARunningProcessAlone(t *testing.T) {
	path, file := filepath.Join(t.TempDir(), "verbatim.db"), filepath.Join(t.TempDir(), "copy.db")
	s, end := openAt(t, path)
	held, err := s.Acquire(t.Context(), store.ProcessLease+"one", "host/1", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Backup(t.Context(), path, file, false); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), file, path, true, summer()); !errors.Is(err, article.ErrConflict) || !strings.Contains(err.Error(), "host/1") {
		t.Errorf("under a process: %v", err)
	}
	if err := s.Release(t.Context(), held); err != nil {
		t.Fatal(err)
	}
	end()
	if _, err := store.Restore(t.Context(), file, path, true, summer()); err != nil {
		t.Fatal(err)
	}
	// The copy was made while the lease was held; whoever held it is not there.
	s, _ = openAt(t, path)
	if live, err := s.Live(t.Context(), ""); err != nil || len(live) != 0 {
		t.Errorf("leases %v, %v", live, err)
	}
	if again, err := s.Acquire(t.Context(), held.Name, "host/2", time.Hour); err != nil || again.Epoch <= held.Epoch {
		t.Errorf("next lease %+v, %v", again, err)
	}
}

// TestRestoreKeepsWhatALogHolds puts a database aside that a crash left with its
// last writes in the -wal file.
func TestRestoreKeepsWhatALogHolds(t *testing.T) {
	path, file := backedUp(t)
	s, _ := openAt(t, path)
	set(t, s, "31")
	crashed := filepath.Join(t.TempDir(), "crashed.db")
	for _, ending := range []string{"", "-wal"} {
		text, err := os.ReadFile(path + ending)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, crashed+ending, string(text))
	}
	r, err := store.Restore(t.Context(), file, crashed, true, summer())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, crashed, "30")
	holds(t, r.Aside, "31")
}

func TestRestoreOverDamage(t *testing.T) {
	_, file := backedUp(t)
	path := filepath.Join(t.TempDir(), "verbatim.db")
	damage := strings.Repeat("damaged ", 1000)
	writeFile(t, path, damage)
	r, err := store.Restore(t.Context(), file, path, true, summer())
	if err != nil || !r.Unchecked {
		t.Fatalf("restored %+v, %v", r, err)
	}
	holds(t, path, "30")
	if got, err := os.ReadFile(r.Aside); err != nil || string(got) != damage {
		t.Errorf("put aside: %d bytes, %v", len(got), err)
	}
}

// TestRestoreBesideALog finds the log of a database that somebody removed. It must
// not become that of the new one.
func TestRestoreBesideALog(t *testing.T) {
	_, file := backedUp(t)
	path := filepath.Join(t.TempDir(), "verbatim.db")
	writeFile(t, path+"-wal", "log")
	if _, err := store.Restore(t.Context(), file, path, false, summer()); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, filepath.Dir(path)); got != "verbatim.db verbatim.db.before-restore-20270601T120000Z-wal" {
		t.Errorf("files: %s", got)
	}
	holds(t, path, "30")
}

func TestRestoreRefusesFiles(t *testing.T) {
	path, file := backedUp(t)
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	writeFile(t, text, strings.Repeat("not a database ", 1000))
	torn := filepath.Join(dir, "torn.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, torn, string(whole[:len(whole)/2]))
	empty, foreign, newer := filepath.Join(dir, "empty.db"), filepath.Join(dir, "foreign.db"), filepath.Join(dir, "newer.db")
	writeFile(t, empty, "")
	execRaw(t, foreign, `CREATE TABLE recipes (name TEXT)`)
	writeFile(t, newer, string(whole))
	execRaw(t, newer, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, TRUE)`)
	for name, tc := range map[string]struct {
		file  string
		class error
		says  string
	}{
		"nothing":         {filepath.Join(dir, "none.db"), article.ErrNotFound, "there is no file"},
		"text":            {text, article.ErrInvalid, "not a database"},
		"half a file":     {torn, article.ErrInvalid, "damaged"},
		"empty":           {empty, article.ErrInvalid, "not one of Verbatim"},
		"another program": {foreign, article.ErrInvalid, "not one of Verbatim"},
		"a newer program": {newer, article.ErrConflict, "use the newer program"},
		"the database":    {path, article.ErrInvalid, "belongs to the database"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := store.Restore(t.Context(), tc.file, path, true, summer()); !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want %v that says %q", err, tc.class, tc.says)
			}
		})
	}
	if got := namesIn(t, filepath.Dir(path)); got != "verbatim.db" {
		t.Errorf("files: %s", got)
	}
	holds(t, path, "30")
}
