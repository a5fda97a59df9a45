package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// everything is an answer with every part filled.
func everything() answer.Answer {
	quote := answer.Quote{
		Text: "A gentle massage is safe. " + strings.Repeat("It goes on. ", 12), Title: "The gland", Section: "Safety",
		Author: "Pat Doe", AuthorBio: "A gardener.", Updated: article.Date{Year: 2017, Month: 7, Day: 19},
		AdaptedFrom: &article.Adaptation{Title: "Glands", Author: "Kim Poe"}, SourceURL: "https://example.org/" + strings.Repeat("x", 90),
	}
	return answer.Answer{
		Outcome: answer.Answered, Tier: safety.TierUrgent, Quote: &quote, More: []answer.Quote{quote},
		Cards:      []safety.Card{{Title: "Urgent", Action: "See a doctor today.", Bullets: []string{"One.", strings.Repeat("two ", 40)}}},
		Disclaimer: &safety.Card{Title: "Not medical advice", Action: "Ask a doctor."},
	}
}

func TestCardFitsEightyColumns(t *testing.T) {
	var b strings.Builder
	if err := (terminal{out: &b}).writeAnswer(everything()); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if w := runewidth.StringWidth(strings.TrimRight(line, "\n")); w > 80 {
			t.Errorf("%d columns: %q", w, line)
		}
		if strings.HasSuffix(line, " \n") {
			t.Errorf("trailing space: %q", line)
		}
	}
	order := []string{"URGENT", "NOT MEDICAL ADVICE", "│ “A gentle", "— Pat Doe", "July 19, 2017", "Also in"}
	last := -1
	for _, want := range order {
		i := strings.Index(b.String(), want)
		if i <= last {
			t.Errorf("%q is missing or out of order in\n%s", want, b.String())
		}
		last = i
	}
}

func TestColourOnlyWhereAsked(t *testing.T) {
	for _, colour := range []bool{false, true} {
		var b strings.Builder
		if err := (terminal{out: &b, colour: colour}).writeAnswer(everything()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "\x1b["); got != colour {
			t.Errorf("colour %v: escape sequences %v", colour, got)
		}
	}
	p, _, _ := program("")
	if p.terminal().colour {
		t.Error("a buffer is no terminal")
	}
}

// TestWrap keeps every character, in order, and the width where characters allow
// it; a word that fits is never broken.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.IntRange(1, 80).Draw(t, "width")
		lines := wrap(text, width)
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Fatalf("text changed: %q, want %q", got, want)
		}
		for _, line := range lines {
			if runewidth.StringWidth(line) > width && characters(line) > 1 {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		if got := strings.Fields(strings.Join(lines, " ")); widest(text) <= width && !slices.Equal(got, strings.Fields(text)) {
			t.Fatalf("words changed: %q", got)
		}
	})
}

// characters counts what people see as characters.
func characters(text string) int {
	n := 0
	for tokens := graphemes.FromString(text); tokens.Next(); {
		n++
	}
	return n
}

func widest(text string) int {
	w := 0
	for word := range strings.FieldsSeq(text) {
		w = max(w, runewidth.StringWidth(word))
	}
	return w
}

func TestWrap_longWords(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"see https://a.org/b ok", []string{"see https", "://a.org/", "b ok"}},
		{"前立腺のマッサージ", []string{"前立腺の", "マッサー", "ジ"}},
		{"ne\u0301e\u0301e\u0301e\u0301eeeee x", []string{"ne\u0301e\u0301e\u0301e\u0301eeee", "e x"}},
	} {
		if got := wrap(tc.text, 9); !slices.Equal(got, tc.want) {
			t.Errorf("%q: %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[31mb\x07\u009bc\nd\te"); got != "a[31mbc\nd e" {
		t.Errorf("%q", got)
	}
	if got := printable("a\u202ab\u202ec\u2066d\u2069e\u200df"); got != "abcde\u200df" {
		t.Errorf("%q", got)
	}
}

func TestDefaultDatabase(t *testing.T) {
	for _, tc := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_DATA_HOME": "/data", "HOME": "/home/a"}, "/data/verbatim/verbatim.db"},
		{map[string]string{"XDG_DATA_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/share/verbatim/verbatim.db"},
		{nil, ""},
	} {
		p := &Program{Getenv: func(key string) string { return tc.env[key] }}
		if got := p.defaultDatabase(); got != tc.want {
			t.Errorf("%v: %q, want %q", tc.env, got, tc.want)
		}
	}
}
