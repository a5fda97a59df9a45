package article

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// nastyPieces are what breaks citation formats, put together at random.
var nastyPieces = []string{
	"feet", "Toe", "and", "&", " and ", ", ", ";", "{", "}", "{}", `\`, `\textbackslash{}`, `\}`, `"`, "'", "“", "”", "‘", "’", "%", "$", "#", "_", "~", "^", "<", ">", "|",
	"@misc{", "ER  - ", "TY  - BOOK", "\n", "\r\n", "\t", "\x00", "\x1b[31m", "\u0085", "\u2028", "\u00a0", "*", "é", "e\u0301", "ß", "王", "🙂", "👩‍👩‍👧", "\ufffd", "\xff", "\xe2\x80",
	" ", " ", " ", "van", "de", "Jr.", "III", "Lee", "Ann", "J.K.", "PhD", "Society", ".", "?", "!", "...",
}

func genNasty(t *rapid.T, label string) string {
	pieces := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nastyPieces), rapid.StringN(0, 4, -1)), 0, 12)
	return strings.Join(pieces.Draw(t, label), "")
}

func genDate(t *rapid.T, label string) Date {
	if rapid.Bool().Draw(t, label+" unknown") {
		return Date{}
	}
	days := rapid.IntRange(0, 60000).Draw(t, label)
	return DateOf(time.Date(1900, 1, 1+days, 0, 0, 0, 0, time.UTC))
}

func genWork(t *rapid.T) Work {
	w := Work{
		Title: genNasty(t, "title"), Author: genNasty(t, "author"), URL: genNasty(t, "url"), Site: genNasty(t, "site"),
		Language: genNasty(t, "language"), License: genNasty(t, "license"), Section: genNasty(t, "section"), Quote: genNasty(t, "quote"),
		Updated: genDate(t, "updated"), Published: genDate(t, "published"), Accessed: genDate(t, "accessed"),
	}
	if rapid.Bool().Draw(t, "adapted") {
		w.AdaptedFrom = &Adaptation{
			Title: genNasty(t, "from title"), Author: genNasty(t, "from author"), URL: genNasty(t, "from url"), Updated: genDate(t, "from date"),
		}
	}
	return w
}

// A reference in prose is one line of visible text whatever is in the work, and
// a record has no control characters but its own line ends.
func TestNothingBreaksALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWork(t)
		for _, style := range Styles() {
			out, err := w.Reference(style)
			if err != nil {
				t.Fatal(err)
			}
			allowed := map[Style]string{StyleBibTeX: "\n", StyleCSL: "\n", StyleRIS: "\r\n"}[style]
			stray := strings.ContainsFunc(out, func(r rune) bool {
				return (unicode.IsControl(r) || r == '\u2028' || r == '\u2029') && !strings.ContainsRune(allowed, r)
			})
			if stray || !utf8.ValidString(out) || out == "" {
				t.Fatalf("%s gives %q", style, out)
			}
		}
	})
}

// The words of a title reach every style: in prose with quotation marks that
// may change, else as they are.
func TestTitleIsNeverReworded(t *testing.T) {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := Work{Title: genNasty(t, "title"), Author: "Ann Lee"}
		want := letters(w.prepare().title)
		for _, style := range []Style{StyleAPA, StyleMLA, StyleChicago, StyleRIS} {
			out, err := w.Reference(style)
			if err != nil || !strings.Contains(letters(out), want) {
				t.Fatalf("%s: %q does not hold %q, %v", style, out, want, err)
			}
		}
	})
}

// Citing is a function of the work: the same work gives the same bytes.
func TestCiteIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWork(t)
		style := rapid.SampledFrom(Styles()).Draw(t, "style")
		first, _ := w.Cite(style)
		if second, _ := w.Cite(style); first != second {
			t.Fatalf("%q, then %q", first, second)
		}
	})
}

func TestCiteURL(t *testing.T) {
	for in, want := range map[string]string{
		" https://example.org/a b\n": "https://example.org/a%20b",
		"https://example.org/{a}\\":  "https://example.org/%7Ba%7D%5C",
		"https://example.org/%7Ba":   "https://example.org/%7Ba",
		"https://example.org/é\x00?": "https://example.org/é?",
		"https://example.org/\u2028": "https://example.org/",
		"":                           "",
	} {
		if got := citeURL(in); got != want {
			t.Errorf("citeURL(%q) = %q, want %q", in, got, want)
		}
	}
}
