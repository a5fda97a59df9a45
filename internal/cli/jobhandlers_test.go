package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

const (
	movedGuild = "123456789012345678"
	stayGuild  = "123456789012345679"
)

// moment is a clock that tests move.
type moment struct {
	mu sync.Mutex
	at time.Time
}

func newMoment() *moment { return &moment{at: time.Date(2027, 6, 1, 12, 0, 0, 0, time.UTC)} }

func (m *moment) now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

func (m *moment) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = m.at.Add(d)
}

// tempStore opens a new database until the end of the test.
func tempStore(t *testing.T, m *moment) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: "sqlite:" + filepath.Join(t.TempDir(), "verbatim.db"), Now: m.now})
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

// runJobs does all jobs that are there, of those kinds in turn, and returns their ends.
func runJobs(t *testing.T, s *store.Store, m *moment, guild string) []jobs.Job {
	t.Helper()
	r := jobs.NewRunner(s.Queue(), "test", jobHandlers(s, m.now), jobs.Options{Poll: 10 * time.Millisecond})
	all, err := s.Queue().Jobs(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	for i, j := range all {
		if all[i], err = r.Do(t.Context(), guild, j.ID, nil); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestGuildsThatLeftAreDeletedAfterThirtyDays, and those that came back are not.
func TestGuildsThatLeftAreDeletedAfterThirtyDays(t *testing.T) {
	m := newMoment()
	s := tempStore(t, m)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, guild := range []string{movedGuild, stayGuild} {
		must(s.Joined(t.Context(), guild))
		must(s.SetSetting(t.Context(), guild, "language", "de", library.Act{Actor: library.Host}))
		must(s.Left(t.Context(), guild))
	}
	look := func(n int) {
		t.Helper()
		_, _, err := s.Queue().Enqueue(t.Context(), library.Host, jobs.Job{ID: fmt.Sprint("look", n), Kind: purgeFindJob, Key: fmt.Sprint(n)})
		must(err)
		r := jobs.NewRunner(s.Queue(), "test", map[string]jobs.Handler{purgeFindJob: jobHandlers(s, m.now)[purgeFindJob]}, jobs.Options{Poll: 10 * time.Millisecond})
		_, err = r.Do(t.Context(), library.Host, fmt.Sprint("look", n), nil)
		must(err)
	}
	enqueued := func() int {
		t.Helper()
		all, err := s.Queue().Jobs(t.Context(), library.Host)
		must(err)
		return len(slices.DeleteFunc(all, func(j jobs.Job) bool { return j.Kind != purgeJob }))
	}
	m.pass(keptAfterLeft - time.Millisecond)
	if look(1); enqueued() != 0 {
		t.Error("a guild is deleted too early")
	}
	m.pass(time.Millisecond)
	look(2)
	if look(3); enqueued() != 2 {
		t.Errorf("%d guilds are to be deleted", enqueued())
	}
	must(s.Joined(t.Context(), stayGuild)) // before the deletion's turn came
	for _, j := range runJobs(t, s, m, library.Host) {
		if j.State != jobs.Done {
			t.Errorf("%s ended as %s: %s", j.Key, j.State, j.Note)
		}
	}
	if _, err := s.Guild(t.Context(), movedGuild); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("the guild that left: %v", err)
	}
	if set, err := s.Settings(t.Context(), movedGuild); err != nil || len(set) != 0 {
		t.Errorf("the settings of the guild that left: %v, %v", set, err)
	}
	if set, err := s.Settings(t.Context(), stayGuild); err != nil || len(set) != 1 {
		t.Errorf("the settings of the guild that came back: %v, %v", set, err)
	}
}

// sweeps is a Sweeper with so many rows to remove.
type sweeps struct{ left, calls int64 }

func (s *sweeps) Sweep(_ context.Context, _ time.Time, limit int) (int64, error) {
	n := min(s.left, int64(limit))
	s.left -= n
	s.calls++
	return n, nil
}

func TestSweepingGoesOnUntilNothingIsLeft(t *testing.T) {
	m := newMoment()
	s := tempStore(t, m)
	if _, _, err := s.Queue().Enqueue(t.Context(), library.Host, jobs.Job{ID: "1", Kind: sweepJob, Key: "1"}); err != nil {
		t.Fatal(err)
	}
	rows := &sweeps{left: 2*sweepRows + 1}
	r := jobs.NewRunner(s.Queue(), "test", map[string]jobs.Handler{sweepJob: sweepHandler(rows, m.now)}, jobs.Options{Poll: 10 * time.Millisecond})
	j, err := r.Do(t.Context(), library.Host, "1", nil)
	if err != nil || j.State != jobs.Done || j.Done != 2*sweepRows+1 || rows.calls != 4 {
		t.Errorf("%+v after %d calls, %v", j, rows.calls, err)
	}
}

// archiveOf is an export with rows for several batches.
func archiveOf(t *testing.T, m *moment) []byte {
	t.Helper()
	s := tempStore(t, m)
	for n := range 350 {
		err := s.Bank().Put(t.Context(), movedGuild, fmt.Sprintf("%04d", n), library.BankQuestion{Question: "?"}, library.Act{Actor: library.Host})
		if err != nil {
			t.Fatal(err)
		}
	}
	return exportBytes(t, s)
}

func exportBytes(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := library.Export(t.Context(), s, movedGuild, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cutter ends a context when the nth line is written.
type cutter struct {
	bytes.Buffer
	lines int
	cut   context.CancelFunc
}

func (c *cutter) Write(p []byte) (int, error) {
	if c.lines--; c.lines == 0 {
		c.cut()
	}
	return c.Buffer.Write(p)
}

// TestInterruptedImportsGoOn ends an import at each of its lines; another process goes
// on with it, and nothing of the archive stays behind.
func TestInterruptedImportsGoOn(t *testing.T) {
	m := newMoment()
	data := archiveOf(t, m)
	archive, err := library.OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	interrupted := 0
	for lines := 1; lines <= 4; lines++ {
		s := tempStore(t, m)
		ctx, cancel := context.WithCancel(t.Context())
		out := &cutter{lines: lines, cut: cancel}
		p := &Program{Out: new(bytes.Buffer), Err: out, Now: m.now}
		j, err := enqueueImport(ctx, s, movedGuild, library.Act{Actor: library.Host}, data, archive.Hash())
		if err != nil {
			t.Fatal(err)
		}
		cut := p.workOnImport(ctx, s, j)
		cancel()
		if cut != nil {
			interrupted++
			if !strings.Contains(out.String(), "the import was put back at ") {
				t.Errorf("%v: %s", cut, out)
			}
		}
		again, err := enqueueImport(t.Context(), s, movedGuild, library.Act{Actor: library.Host}, data, archive.Hash())
		if err != nil {
			t.Fatal(err)
		}
		if (again.ID == j.ID) != (cut != nil) {
			t.Errorf("cut at line %d: %v, and the import is job %s after %s", lines, cut, again.ID, j.ID)
		}
		for _, j := range runJobs(t, s, m, movedGuild) {
			if j.State != jobs.Done {
				t.Errorf("ended as %s: %s", j.State, j.Note)
			}
		}
		onceImported(t, s, archive.Hash(), 351)
	}
	if interrupted == 0 {
		t.Error("no import was interrupted")
	}
}

// onceImported wants the questions of archiveOf, with their trail and one entry more,
// which says that they were imported, and nothing of the archive.
func onceImported(t *testing.T, s *store.Store, hash string, entries int64) {
	t.Helper()
	last, err := s.LastEntry(t.Context(), movedGuild)
	if err != nil || last.N != entries || last.Action != library.ImportAction || last.After != hash || last.Actor != library.Host {
		t.Errorf("the trail ends with %+v, %v", last, err)
	}
	if all, err := s.Bank().List(t.Context(), movedGuild); err != nil || len(all) != 350 {
		t.Errorf("%d questions, %v", len(all), err)
	}
	nothingKept(t, s)
}

// nothingKept wants the archives of all imports to be gone.
func nothingKept(t *testing.T, s *store.Store) {
	t.Helper()
	all, err := s.Queue().Jobs(t.Context(), movedGuild)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d jobs, %v", len(all), err)
	}
	for _, j := range all {
		var args importArgs
		if err := json.Unmarshal([]byte(j.Args), &args); err != nil || len(args.Pages) == 0 {
			t.Fatalf("%s: %v", j.Args, err)
		}
		for _, page := range args.Pages {
			if _, err := s.Page(t.Context(), movedGuild, page); !errors.Is(err, article.ErrNotFound) {
				t.Errorf("a piece of the archive of job %s stays: %v", j.ID, err)
			}
		}
	}
}

// TestImportsThatCannotBeDoneFail says why, and nothing of the archive stays behind.
func TestImportsThatCannotBeDoneFail(t *testing.T) {
	m := newMoment()
	s := tempStore(t, m)
	j, err := enqueueImport(t.Context(), s, movedGuild, library.Act{Actor: library.Host}, []byte("no zip"), "hash")
	if err != nil {
		t.Fatal(err)
	}
	p := &Program{Out: new(bytes.Buffer), Err: new(bytes.Buffer), Now: m.now}
	if err := p.workOnImport(t.Context(), s, j); !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "no zip archive") {
		t.Error(err)
	}
	if m, err := library.Contents(t.Context(), s, movedGuild); err != nil || m.Rows() != 0 {
		t.Errorf("%v stays, %v", m.Tables, err)
	}
	nothingKept(t, s)
	// A job that failed does not keep the archive from being imported again.
	again, err := enqueueImport(t.Context(), s, movedGuild, library.Act{Actor: library.Host}, []byte("no zip"), "hash")
	if err != nil || again.ID == j.ID {
		t.Errorf("%+v, %v", again, err)
	}
}

// TestCancelledImportsLeaveNoArchive: what was imported until then stays.
func TestCancelledImportsLeaveNoArchive(t *testing.T) {
	m := newMoment()
	data := archiveOf(t, m)
	s := tempStore(t, m)
	j, err := enqueueImport(t.Context(), s, movedGuild, library.Act{Actor: library.Host}, data, "hash")
	if err != nil {
		t.Fatal(err)
	}
	r := jobs.NewRunner(s.Queue(), "test", jobHandlers(s, m.now), jobs.Options{Poll: 10 * time.Millisecond, Observe: func(j jobs.Job) {
		if j.Done > 0 && !j.Cancelling {
			if err := s.Queue().Cancel(t.Context(), j.Guild, j.ID); err != nil {
				t.Error(err)
			}
		}
	}})
	if j, err = r.Do(t.Context(), movedGuild, j.ID, nil); err != nil || j.State != jobs.Cancelled {
		t.Errorf("%+v, %v", j, err)
	}
	if m, err := library.Contents(t.Context(), s, movedGuild); err != nil || m.Tables["audit"] == 0 {
		t.Errorf("%v, %v", m.Tables, err)
	}
	nothingKept(t, s)
}

func TestArchivesAreKeptInPieces(t *testing.T) {
	s := tempStore(t, newMoment())
	data := bytes.Repeat([]byte("0123456789"), (2*pageSize+100)/10)
	hashes, err := keepArchive(t.Context(), s, movedGuild, data)
	if err != nil || len(hashes) != 3 {
		t.Fatalf("%d pieces, %v", len(hashes), err)
	}
	got, err := keptArchive(t.Context(), s, movedGuild, hashes)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes came back, %v", len(got), err)
	}
	if err := dropArchive(t.Context(), s, movedGuild, hashes); err != nil {
		t.Fatal(err)
	}
	if _, err := keptArchive(t.Context(), s, movedGuild, hashes); !errors.Is(err, article.ErrNotFound) {
		t.Error(err)
	}
}
