package keyring

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

func newYear() time.Time { return time.Date(2027, 1, 1, 0, 30, 0, 0, time.UTC) }

func open(t *testing.T, path string) *Ring {
	t.Helper()
	r, err := Open(path, rand.Reader, newYear())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOpenMakesTheFileOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "verbatim.key")
	if _, err := Load(path); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("loading nothing: %v", err)
	}
	first, second := open(t, path), open(t, path)
	if first.Fingerprint() != second.Fingerprint() {
		t.Error("opening again made another key")
	}
	if first.Path() != path {
		t.Errorf("path %q", first.Path())
	}
	keys := first.Keys()
	if len(keys) != 1 || keys[0].Created.String() != "2027-01-01" {
		t.Errorf("keys %+v", keys)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %#o", info.Mode().Perm())
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestMACForm(t *testing.T) {
	r := open(t, filepath.Join(t.TempDir(), "k"))
	mac := r.MAC("guild", "member")
	id, sum, ok := strings.Cut(mac, ":")
	if !ok || id != r.Keys()[0].ID || len(sum) != 64 {
		t.Errorf("MAC %q", mac)
	}
	if r.Matches(r.Fingerprint()) || r.Recognises(r.MAC()) {
		t.Error("a fingerprint is a MAC of nothing")
	}
}

func TestMACVector(t *testing.T) {
	// Worked out with Python's hmac over the bytes that MAC's comment describes.
	path := filepath.Join(t.TempDir(), "k")
	write(t, path, "abc "+strings.Repeat("0b", 32)+" 2026-01-31\n")
	const want = "abc:3f37468fc656059f94064e25d2fd7b36035333992701eff902836eb9b7084377"
	if got := open(t, path).MAC("guild", "member"); got != want {
		t.Errorf("MAC %s, want %s", got, want)
	}
}

// TestMACProperties holds MACs to what their users rely on.
func TestMACProperties(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	parts := rapid.SliceOfN(rapid.String(), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		mac := r.MAC(a...)
		if !r.Matches(mac, a...) {
			t.Fatalf("%q does not match its own parts", mac)
		}
		same := len(a) == len(b)
		for i := range min(len(a), len(b)) {
			same = same && a[i] == b[i]
		}
		if r.Matches(mac, b...) != same {
			t.Fatalf("MAC of %q matches %q: %v", a, b, !same)
		}
		if r.Matches(mac, append(a, "")...) {
			t.Fatal("an empty part counts for nothing")
		}
		if glued := strings.Join(a, ""); len(a) > 1 && r.Matches(mac, glued) {
			t.Fatal("parts run together")
		}
		at := rapid.IntRange(0, len(mac)-1).Draw(t, "at")
		other := mac[:at] + string(rune(mac[at]^1)) + mac[at+1:]
		if r.Matches(other, a...) || r.Matches(mac[:at], a...) {
			t.Fatal("a changed or shortened MAC matches")
		}
	})
}

func TestRotateAndPrune(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	oldMAC, oldPrint, oldID := r.MAC("x"), r.Fingerprint(), r.Keys()[0].ID
	next, err := Rotate(path, rand.Reader, newYear().AddDate(0, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if keys := next.Keys(); len(keys) != 2 || keys[1].ID != oldID || keys[0].Created.String() != "2027-02-01" {
		t.Errorf("keys %+v", keys)
	}
	if !next.Matches(oldMAC, "x") || !next.Recognises(oldPrint) || next.MAC("x") == oldMAC || next.Fingerprint() == oldPrint {
		t.Error("the old key does not verify, or still makes MACs")
	}
	if r.Matches(next.MAC("x"), "x") || r.Recognises(next.Fingerprint()) {
		t.Error("a ring knows a key that it has not read")
	}
	if err := r.Reload(); err != nil || !r.Matches(next.MAC("x"), "x") || r.MAC("x") != next.MAC("x") {
		t.Errorf("after Reload: %v", err)
	}
	if err := Prune(path, []string{"nokey"}); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("pruning with a key that is not there: %v", err)
	}
	if err := Prune(path, []string{oldID}); err != nil || !open(t, path).Matches(oldMAC, "x") {
		t.Errorf("a kept key went: %v", err)
	}
	if err := Prune(path, nil); err != nil {
		t.Fatal(err)
	}
	if r := open(t, path); r.Matches(oldMAC, "x") || r.Fingerprint() != next.Fingerprint() {
		t.Error("pruning left the old key, or took the new one")
	}
}

func TestChangesKeepNotes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	key := "abc " + strings.Repeat("1f", 32) + " 2026-01-31"
	write(t, path, "# mine\r\n\n"+key+"\n# the end")
	if _, err := Rotate(path, rand.Reader, newYear()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(content(t, path), "\n")
	if len(lines) != 5 || lines[0] != "# mine\r" || lines[3] != key || lines[4] != "# the end" {
		t.Errorf("rotated: %q", lines)
	}
	if err := Prune(path, nil); err != nil {
		t.Fatal(err)
	}
	if got := strings.Split(content(t, path), "\n"); len(got) != 4 || got[2] != lines[2] || got[3] != "# the end" {
		t.Errorf("pruned: %q", got)
	}
}

func TestChangeIsRefusedMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	before := open(t, path).Fingerprint()
	write(t, path+".new", "half")
	_, err := Rotate(path, rand.Reader, newYear())
	if !errors.Is(err, article.ErrConflict) || !strings.Contains(err.Error(), path+".new") {
		t.Errorf("beside another change: %v", err)
	}
	if open(t, path).Fingerprint() != before || content(t, path+".new") != "half" {
		t.Error("something was changed")
	}
}

func TestFailuresChangeNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	if _, err := Open(path, strings.NewReader("short"), newYear()); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("without random bytes: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
	if _, err := Rotate(path, rand.Reader, newYear()); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("rotating nothing: %v", err)
	}
	before := open(t, path).Fingerprint()
	if _, err := Rotate(path, strings.NewReader(""), newYear()); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("rotating without random bytes: %v", err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 || open(t, path).Fingerprint() != before {
		t.Errorf("changed, or left behind: %v %v", left, err)
	}
}

// TestIDsAreNeverTwice gives a rotation the bytes that the first key was made of.
func TestIDsAreNeverTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	bytes := strings.Repeat("r", idBytes+secretBytes)
	if _, err := Open(path, strings.NewReader(bytes), newYear()); err != nil {
		t.Fatal(err)
	}
	if _, err := Rotate(path, strings.NewReader(bytes), newYear()); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("a second key with the same id: %v", err)
	}
}

func TestReloadKeepsTheKeysItHas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	before := r.MAC("x")
	write(t, path, "damaged")
	if err := r.Reload(); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a damaged file: %v", err)
	}
	if r.MAC("x") != before {
		t.Error("the ring lost its keys")
	}
}

func TestPlaceWithoutLinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	noLinks := func(string, string) error { return errors.ErrUnsupported }
	if err := place(path, "first", noLinks); err != nil {
		t.Fatal(err)
	}
	if err := place(path, "second", noLinks); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second file: %v", err)
	}
	if err := place(path, "third", os.Link); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a third file: %v", err)
	}
	if got := content(t, path); got != "first" {
		t.Errorf("holds %q", got)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
