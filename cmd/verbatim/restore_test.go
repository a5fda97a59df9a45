package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestRestoreBesideServe wants a backup to be made while the bot runs, and none to be
// restored until it has left.
func TestRestoreBesideServe(t *testing.T) {
	dir := t.TempDir()
	database := "VERBATIM_DATABASE=sqlite:" + filepath.Join(dir, "verbatim.db")
	file := filepath.Join(dir, "copy.db")
	run := func(args ...string) (string, error) {
		t.Helper()
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		process := exec.CommandContext(t.Context(), self, args...)
		process.Env = append(os.Environ(), asProgram+"=1", database)
		text, err := process.CombinedOutput()
		return string(text), err
	}
	s := serve(t, database)
	if text, err := run("backup", file); err != nil {
		t.Fatalf("backup beside the bot: %v\n%s", err, text)
	}
	if text, err := run("restore", "--replace", file); err == nil || !strings.Contains(text, "verbatim serve runs on") {
		t.Errorf("restore beside the bot: %v\n%s", err, text)
	}
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.process.Wait(); err != nil {
		t.Fatal(err)
	}
	if text, err := run("restore", "--replace", file); err != nil {
		t.Errorf("restore after the bot left: %v\n%s", err, text)
	}
	if aside, err := filepath.Glob(filepath.Join(dir, "verbatim.db.before-restore-*")); err != nil || len(aside) != 1 {
		t.Errorf("put aside: %v %v", aside, err)
	}
}
