package cli

import (
	"strings"
	"testing"

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
		if w := runewidth.StringWidth(strings.TrimRight(line, "\n")); w > 80 && !strings.Contains(line, "https://") {
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

// TestWrap keeps every word, in order, and the width where words allow it.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.IntRange(1, 80).Draw(t, "width")
		lines := wrap(text, width)
		if got, want := strings.Join(strings.Fields(strings.Join(lines, " ")), " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Fatalf("words changed: %q, want %q", got, want)
		}
		for _, line := range lines {
			if runewidth.StringWidth(line) > width && strings.Contains(line, " ") {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
	})
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[31mb\x07\u009bc\nd\te"); got != "a[31mbc\nd e" {
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
