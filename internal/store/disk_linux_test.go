package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnlyFolder opens a file that may only be read, with and without the log of
// a process that was killed.
func TestReadOnlyFolder(t *testing.T) {
	for name, log := range map[string]bool{"closed": false, "killed": true} {
		t.Run(name, func(t *testing.T) {
			cmd := child(t, "read", readOnlyFolder(t, log))
			if os.Geteuid() == 0 { // permissions do not bind root
				cmd.Path = "/proc/self/exe" // where another user finds the program, whose folder may be closed
				cmd.Dir = "/"
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestFullDisk fills a small disk of its own, where the system lets the test make one.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1536k"); err != nil {
		t.Skipf("a small disk cannot be made here (root may): %v", err)
	}
	t.Cleanup(func() { // after the store is closed, which comes first
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	url := "sqlite:" + filepath.Join(folder, "verbatim.db")
	s, heard := heardOn(t, url)
	fillLittle(t, s)
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, []byte(strings.Repeat("x", 2<<20)), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	cannotWrite(t, s, heard, "full")
	must(t, os.Remove(ballast))
	sound(t, s, url)
}
