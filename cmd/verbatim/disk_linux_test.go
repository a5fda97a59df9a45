package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// smallDisk mounts a file system of little room, which root alone may do.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all the room of a file system until the returned function is called.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "filler")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); ; {
		if _, err := f.Write(block); err != nil {
			break
		}
	}
	_ = f.Close()
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// metrics reads the metrics of a server, whose address is in its log.
func (s *server) metrics(t *testing.T) string {
	t.Helper()
	found := regexp.MustCompile(`metrics are offered" address=(\S+)`).FindStringSubmatch(s.log.String())
	if found == nil {
		t.Fatal("no address of metrics in the log")
	}
	return scrape(t, found[1])
}

// TestServeOnAFullDisk fills the disk under a running bot, which must go on
// answering beyond the life of its leases, say so, and record again afterwards.
func TestServeOnAFullDisk(t *testing.T) {
	dir := smallDisk(t)
	s := serve(t, "VERBATIM_DATABASE=sqlite:"+filepath.Join(dir, "verbatim.db"), "VERBATIM_LEASE_TTL=2s", "VERBATIM_METRICS=127.0.0.1:0")
	ask := func() string {
		t.Helper()
		return read(t, s.Run(s.Member("somebody"), s.general, "/ask", discordtest.Options{"question": "how big is the prostate"}))
	}
	holds(t, ask(), "walnut")
	before, _ := s.Holder(0)
	free := fill(t, dir)
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		holds(t, ask(), "walnut")
	}
	if during, ok := s.Holder(0); !ok || during != before {
		t.Errorf("the connection to Discord did not last: %v, then %v", before, during)
	}
	if found := regexp.MustCompile(`verbatim_store_failures_total\{reason="full"\} [1-9]`); !found.MatchString(s.metrics(t)) {
		t.Error("no metric tells of the full disk")
	}
	if !strings.Contains(s.log.String(), "the database could not be written") {
		t.Error("the log does not tell of the full disk")
	}
	free()
	failures := func() string {
		return regexp.MustCompile(`verbatim_ledger_failures_total \d+`).FindString(s.metrics(t))
	}
	time.Sleep(3 * time.Second) // the leases are taken anew
	settled := failures()
	holds(t, ask(), "walnut")
	if again := failures(); again != settled {
		t.Errorf("with room on the disk an answer was not recorded: %s, then %s", settled, again)
	}
}
