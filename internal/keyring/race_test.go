package keyring

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
)

// asStarter makes the test binary open the key file that it names.
const asStarter = "VERBATIM_TEST_KEY_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(asStarter); path != "" {
		os.Exit(startUp(path))
	}
	os.Exit(m.Run())
}

// startUp says that it is ready, waits to be told to go, opens the file and
// prints its fingerprint.
func startUp(path string) int {
	fmt.Println("ready")
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		return 1
	}
	r, err := Open(path, rand.Reader, time.Now())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(r.Fingerprint())
	return 0
}

// allEqual wants one fingerprint, and not none.
func allEqual(t *testing.T, prints []string) {
	t.Helper()
	for i, got := range prints {
		if got == "" || got != prints[0] {
			t.Fatalf("starter %d has %q, the first %q", i, got, prints[0])
		}
	}
}

func TestOpenByManyGoroutines(t *testing.T) {
	for range 20 {
		path := filepath.Join(t.TempDir(), "k")
		prints := make([]string, 32)
		atOnce(len(prints), func(i int) {
			r, err := Open(path, rand.Reader, newYear())
			if err != nil {
				t.Error(err)
				return
			}
			prints[i] = r.Fingerprint()
		})
		allEqual(t, prints)
	}
}

func TestOpenByManyProcesses(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "k")
	prints := make([]string, 6)
	starters := make([]starter, len(prints))
	for i := range starters {
		starters[i] = newStarter(t, self, path)
	}
	for i, s := range starters {
		if got := s.line(t); got != "ready" {
			t.Fatalf("starter %d: %s", i, got)
		}
	}
	for _, s := range starters {
		if _, err := s.in.Write([]byte("g")); err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range starters {
		prints[i] = s.line(t)
		if err := s.process.Wait(); err != nil {
			t.Errorf("starter %d: %v: %s", i, err, prints[i])
		}
	}
	allEqual(t, prints)
	if prints[0] != open(t, path).Fingerprint() {
		t.Error("the file holds another key")
	}
}

// starter is a process that opens a key file.
type starter struct {
	process *exec.Cmd
	in      io.Writer
	out     io.Reader
}

func newStarter(t *testing.T, self, path string) starter {
	t.Helper()
	process := exec.CommandContext(t.Context(), self)
	process.Env = append(os.Environ(), asStarter+"="+path)
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	return starter{process, in, out}
}

func (s starter) line(t *testing.T) string {
	t.Helper()
	var line string
	if _, err := fmt.Fscanln(s.out, &line); err != nil {
		t.Fatal(err)
	}
	return line
}

// TestRotateByMany wants every rotation that succeeded to be in the file.
func TestRotateByMany(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	first := r.MAC("x")
	var mu sync.Mutex
	ids := map[string]bool{r.Keys()[0].ID: true}
	atOnce(16, func(int) {
		next, err := Rotate(path, rand.Reader, newYear())
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			for _, k := range next.Keys() {
				ids[k.ID] = true
			}
		case !errors.Is(err, article.ErrConflict):
			t.Error(err)
		}
		if err := r.Reload(); err != nil || !r.Matches(first, "x") {
			t.Errorf("beside rotations: %v", err)
		}
	})
	if err := r.Reload(); err != nil {
		t.Fatal(err)
	}
	if got := r.Keys(); len(got) != len(ids) || len(got) < 2 {
		t.Errorf("%d keys in the file, %d were seen", len(got), len(ids))
	}
}

func atOnce(n int, do func(int)) {
	var wait sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-gate
			do(i)
		})
	}
	close(gate)
	wait.Wait()
}
