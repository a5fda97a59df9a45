package keyring

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"verbatim/internal/article"
)

func TestParseErrors(t *testing.T) {
	secret := strings.Repeat("a5", secretBytes)
	good := "abc " + secret + " 2026-01-31\n"
	for name, tc := range map[string]struct{ text, want string }{
		"empty":              {"", "file: the key file holds no key"},
		"notes only":         {"# a note\n\n", "file: the key file holds no key"},
		"two fields":         {good + "abd 2026-01-31\n", "file:2: a line has an id, a key and a date, and this one has 2 fields"},
		"id with a colon":    {"a:c " + secret + " 2026-01-31", "file:1: the id is not"},
		"long id":            {strings.Repeat("a", maxID+1) + " " + secret + " 2026-01-31", "file:1: the id is not"},
		"short key":          {"abc " + secret[2:] + " 2026-01-31", "file:1: the key is not 64"},
		"key that is no key": {"abc " + strings.Repeat("g", 64) + " 2026-01-31", "file:1: the key is not 64"},
		"no such day":        {"# note\nabc " + secret + " 2026-02-31", "file:2: the date is not"},
		"one id twice":       {good + "\n" + good, "file:3: the id abc is that of a line above"},
	} {
		t.Run(name, func(t *testing.T) {
			keys, err := parse("file", tc.text)
			if !errors.Is(err, article.ErrInvalid) || !strings.HasPrefix(err.Error(), tc.want) {
				t.Fatalf("%v, want %s", err, tc.want)
			}
			if keys != nil || strings.Contains(err.Error(), secret[2:]) {
				t.Errorf("keys %d, and the error gives one away: %v", len(keys), err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "k")
	r := open(t, path)
	if runtime.GOOS != "windows" {
		for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o601} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path, strings.NewReader(""), newYear())
			if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "chmod 600") {
				t.Errorf("mode %#o: %v", mode, err)
			}
			if err := r.Reload(); !errors.Is(err, article.ErrInvalid) {
				t.Errorf("Reload with mode %#o: %v", mode, err)
			}
		}
	}
	if _, err := Open(dir, strings.NewReader(""), newYear()); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a folder: %v", err)
	}
	large := filepath.Join(dir, "large")
	write(t, large, strings.Repeat("# no key file\n", maxFile/10))
	if _, err := Open(large, strings.NewReader(""), newYear()); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a large file: %v", err)
	}
	if _, err := Open(filepath.Join(path, "below"), strings.NewReader(""), newYear()); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("a file for a folder: %v", err)
	}
}

// FuzzParse wants what was read to be written and read alike, and no error to
// hold what may be a secret.
func FuzzParse(f *testing.F) {
	f.Add("# note\nabc " + strings.Repeat("a5", secretBytes) + " 2026-01-31\n")
	f.Add("abc " + strings.Repeat("a5", secretBytes) + " 2026-01-32\r\n")
	f.Add("abc def\n\n\x00")
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := parse("file", text)
		if err != nil {
			for field := range strings.FieldsSeq(text) {
				if _, notHex := hex.DecodeString(field); notHex == nil && len(field) > maxID && strings.Contains(err.Error(), field) {
					t.Fatalf("the error gives %s away: %v", field, err)
				}
			}
			return
		}
		var b strings.Builder
		for _, k := range keys {
			b.WriteString(k.line())
		}
		again, err := parse("file", b.String())
		if err != nil || len(again) != len(keys) {
			t.Fatalf("%d keys, written and read %d: %v", len(keys), len(again), err)
		}
		for i := range keys {
			if keys[i] != again[i] {
				t.Fatalf("key %d changed", i)
			}
		}
	})
}
