package keyring

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// ringOf opens keys of these bytes, the newest first.
func ringOf(t testing.TB, newest byte, older ...byte) *Ring {
	t.Helper()
	r := new(Ring)
	var keys []key
	for _, b := range append([]byte{newest}, older...) {
		k := key{Key: Key{ID: string('a' + rune(b))}}
		copy(k.secret[:], bytes.Repeat([]byte{b}, secretBytes))
		keys = append(keys, k)
	}
	r.keys.Store(&keys)
	return r
}

func sealed(t testing.TB, r *Ring, purpose string, payload []byte) string {
	t.Helper()
	text, err := r.Seal(purpose, rand.Reader, payload)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// sealVector was worked out with Python's hmac and the package cryptography, from
// what Seal's comment says.
const sealVector = "dHdlbHZlIGJ5dGVzztBIELmAknjvCDWUZMHHC7q6ppiwQPZzmoxApnBU"

func TestSealVector(t *testing.T) {
	got, err := ringOf(t, 11).Seal("buttons", strings.NewReader("twelve bytes"), []byte("an answer's id"))
	if err != nil || got != sealVector {
		t.Errorf("sealed as %q, %v; want %q", got, err, sealVector)
	}
	if payload, ok := ringOf(t, 11).Open("buttons", sealVector); !ok || string(payload) != "an answer's id" {
		t.Errorf("opened as %q, %v", payload, ok)
	}
}

func TestSealFits(t *testing.T) {
	r := ringOf(t, 1)
	for n := range 45 {
		if text := sealed(t, r, "buttons", make([]byte, n)); len(text) > 96 || len(text) != base64.RawURLEncoding.EncodedLen(n+SealOverhead) {
			t.Errorf("%d bytes are %d characters", n, len(text))
		}
	}
}

// TestSealProperties holds sealing to what its users rely on.
func TestSealProperties(t *testing.T) {
	before, after, other := ringOf(t, 1), ringOf(t, 2, 1), ringOf(t, 2, 3)
	rapid.Check(t, func(t *rapid.T) {
		purpose, payload := rapid.String().Draw(t, "purpose"), rapid.SliceOfN(rapid.Byte(), 0, 60).Draw(t, "payload")
		text, err := before.Seal(purpose, rand.Reader, payload)
		if err != nil {
			t.Fatal(err)
		}
		for name, r := range map[string]*Ring{"the key": before, "a newer key": after} {
			if got, ok := r.Open(purpose, text); !ok || !bytes.Equal(got, payload) {
				t.Fatalf("with %s: %q, %v", name, got, ok)
			}
		}
		if twin, err := before.Seal(purpose, rand.Reader, payload); err != nil || twin == text {
			t.Fatalf("sealed twice as %q, %v", twin, err)
		}
		wrong := rapid.StringN(1, 8, -1).Draw(t, "wrong")
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		letter := rapid.SampledFrom([]byte("ABZaz09-_=\n ~\x00\xff")).Draw(t, "letter")
		for name, open := range map[string]func() ([]byte, bool){
			"another key":      func() ([]byte, bool) { return other.Open(purpose, text) },
			"another purpose":  func() ([]byte, bool) { return before.Open(purpose+wrong, text) },
			"a shorter text":   func() ([]byte, bool) { return before.Open(purpose, text[:at]) },
			"a longer text":    func() ([]byte, bool) { return before.Open(purpose, text+wrong) },
			"a text in pieces": func() ([]byte, bool) { return before.Open(purpose, text[:at]+"\n"+text[at:]) },
			"a changed text": func() ([]byte, bool) {
				if text[at] == letter {
					return nil, false
				}
				return before.Open(purpose, text[:at]+string([]byte{letter})+text[at+1:])
			},
		} {
			if got, ok := open(); ok || got != nil {
				t.Fatalf("%s opens it as %q", name, got)
			}
		}
	})
}

// TestSealHasOneForm has every other spelling of the last character refused, whose
// bits beyond the last byte no decoder needs.
func TestSealHasOneForm(t *testing.T) {
	r := ringOf(t, 1)
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for n := range 3 {
		text := sealed(t, r, "buttons", make([]byte, n))
		opens := 0
		for _, letter := range letters {
			if _, ok := r.Open("buttons", text[:len(text)-1]+string(letter)); ok {
				opens++
			}
		}
		if opens != 1 {
			t.Errorf("%d bytes: %d texts open", n, opens)
		}
	}
}

func TestSealWithoutRandomBytes(t *testing.T) {
	text, err := ringOf(t, 1).Seal("buttons", strings.NewReader("short"), nil)
	if !errors.Is(err, article.ErrUnavailable) || text != "" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestSealRotates seals with keys that come and go in their file.
func TestSealRotates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	old := sealed(t, r, "buttons", []byte("old"))
	next, err := Rotate(path, rand.Reader, newYear())
	if err != nil {
		t.Fatal(err)
	}
	fresh := sealed(t, next, "buttons", []byte("new"))
	if _, ok := r.Open("buttons", fresh); ok {
		t.Error("a ring opens what a key sealed that it has not read")
	}
	if got, ok := next.Open("buttons", old); !ok || string(got) != "old" {
		t.Errorf("after the rotation: %q, %v", got, ok)
	}
	if err := Prune(path, nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := open(t, path).Open("buttons", old); ok {
		t.Error("what a key sealed that was taken out still opens")
	}
}

func TestMACs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	r := open(t, path)
	first := r.MAC("guild", "member")
	next, err := Rotate(path, rand.Reader, newYear())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.MACs("guild", "member"); len(got) != 1 || got[0] != first {
		t.Errorf("of one key: %q", got)
	}
	if got := next.MACs("guild", "member"); len(got) != 2 || got[0] != next.MAC("guild", "member") || got[1] != first || got[0] == got[1] {
		t.Errorf("of two keys: %q", got)
	}
}

// FuzzOpen wants no text to open but those that were sealed.
func FuzzOpen(f *testing.F) {
	r := ringOf(f, 1, 2)
	f.Add("buttons", sealed(f, r, "buttons", []byte("payload")))
	f.Add("buttons", sealed(f, ringOf(f, 2), "buttons", nil))
	f.Add("", strings.Repeat("A", 96))
	f.Add("buttons", "\r\n=\x00\xff")
	f.Fuzz(func(t *testing.T, purpose, text string) {
		payload, ok := r.Open(purpose, text)
		if !ok && payload != nil {
			t.Errorf("%q is no payload", payload)
		}
		// Nobody can draw a text that opens, so it is a seed's, for a seed's purpose.
		if ok && purpose != "buttons" {
			t.Errorf("%q opens for %q", text, purpose)
		}
		mine := sealed(t, r, purpose, []byte(text))
		if got, ok := r.Open(purpose, mine); !ok || string(got) != text {
			t.Errorf("%q came back as %q", text, got)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	r := ringOf(b, 3, 2, 1)
	text := sealed(b, ringOf(b, 1), "buttons", make([]byte, 44))
	for b.Loop() {
		if _, ok := r.Open("buttons", text); !ok {
			b.Fatal("it does not open")
		}
	}
}
