package cli

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// readLines returns the lines of src, "!" for one that is too long.
func readLines(t interface{ Fatalf(string, ...any) }, r io.Reader, limit int) []string {
	var got []string
	for lines := newLineScanner(r, limit); ; {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return got
		case errors.Is(err, article.ErrTooLarge):
			got = append(got, "!")
		case err != nil:
			t.Fatalf("%v", err)
		default:
			got = append(got, string(line))
		}
	}
}

func TestLineScanner(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for src, want := range map[string][]string{
		"":                            nil,
		"\n":                          {""},
		"a\n\nb":                      {"a", "", "b"},
		"\ufeffa\r\n\ufeffb\r\n":      {"a", "\ufeffb"},
		"12345\n123456\n1234\n":       {"12345", "!", "1234"},
		"12345\r\n123456\r\n1":        {"12345", "!", "1"},
		long + "\na\n" + long:         {"!", "a", "!"},
		"a" + strings.Repeat("\n", 3): {"a", "", ""},
	} {
		if got := readLines(t, strings.NewReader(src), 5); !slices.Equal(got, want) {
			t.Errorf("%.40q: %q, want %q", src, got, want)
		}
	}
	failing := newLineScanner(io.MultiReader(strings.NewReader("a\n"), iotest.ErrReader(errGone)), 5)
	if line, err := failing.next(); string(line) != "a" || err != nil {
		t.Errorf("%q, %v", line, err)
	}
	if _, err := failing.next(); !errors.Is(err, errGone) {
		t.Errorf("error %v", err)
	}
}

// TestLineScanner_property compares it with strings.Split, whatever the size of the buffer.
func TestLineScanner_property(t *testing.T) {
	piece := rapid.SampledFrom([]string{"\n", "a", "bb", "é", strings.Repeat("c", 5000)})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces"), "")
		limit := rapid.IntRange(1, 12_000).Draw(t, "limit")
		var want []string
		for line := range strings.Lines(src) {
			if line = strings.TrimSuffix(line, "\n"); len(line) > limit {
				line = "!"
			}
			want = append(want, line)
		}
		if got := readLines(t, iotest.HalfReader(strings.NewReader(src)), limit); !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}
